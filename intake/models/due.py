"""What was said of due days, to whom and when: the memory of the reminders, so that none leaves twice (art. 2.3)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from intake.policy.due_reminders import DueStep

from .case import Case

STEP_LABELS = {
    DueStep.DUE_SOON.value: _("Rappel au Responsable : l'échéance approche"),
    DueStep.OVERDUE.value: _("Rappel au Responsable : l'échéance est passée"),
    DueStep.ESCALATED.value: _("Signalée à la direction du service"),
}


class DueMessage(models.Model):
    """One mail about due days: a person gets one of a sort a day, whatever the number of requests and of workers."""

    code = models.CharField(max_length=8)
    recipient = models.EmailField(_("à"))
    on = models.DateField(_("le"))
    mail = models.OneToOneField("post_office.Email", on_delete=models.PROTECT, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("message sur des échéances")
        constraints = [
            models.UniqueConstraint(fields=["code", "recipient", "on"], name="due_message_is_one_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.code} → {self.recipient}"


class DueNotice(models.Model):
    """A request was named in a message: once a step, for ever. `due_on` is the day it was due then."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="due_notices")
    step = models.CharField(_("étape"), max_length=10, choices=list(STEP_LABELS.items()))
    due_on = models.DateField(_("échéance"))
    message = models.ForeignKey(DueMessage, on_delete=models.PROTECT, related_name="notices")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("rappel d'échéance")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "step"], name="due_notice_is_given_once_a_step"),
            models.CheckConstraint(condition=models.Q(step__in=list(STEP_LABELS)), name="due_notice_step_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.step}"
