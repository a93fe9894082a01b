"""The survey of the citizens served (art. 4.1): who was invited, and what was answered, with nothing between the two."""

import uuid
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from intake.policy.surveys import LinkState, Opinion, link_state

from .append_only import AppendOnly, AppendOnlyQuerySet
from .case import Case
from .choices import OPINION_LABELS, choices

OPINIONS = [opinion.value for opinion in Opinion]


class SurveyInvitation(models.Model):
    """One survey mail about one file, once. Whether it was answered is known, so that the link serves once; never when."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="survey_invitation")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    # Empty once it was taken back before leaving, and for the demonstration's past.
    mail = models.OneToOneField("post_office.Email", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    invited_on = models.DateField(_("invitée le"))
    answered = models.BooleanField(_("a répondu"), default=False)
    # The proof that the person took her consent back (A-2.1, art. 53.1), through the link of this very mail.
    withdrawn_on = models.DateField(_("consentement retiré le"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("invitation à un sondage")
        verbose_name_plural = _("invitations à un sondage")
        indexes = [models.Index(fields=["invited_on"], name="survey_invited_on")]
        constraints = [
            models.CheckConstraint(
                condition=Q(token_hash__regex=r"^[0-9a-f]{64}$"),  # noqa: S106 - the form of a hash
                name="survey_token_is_hashed",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=models.F("invited_on")),
                name="survey_withdrawn_after_invited",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.invited_on}"

    def state(self, *, today: date) -> LinkState:
        """Say whether its link opens the questions on `today`, a local day."""
        return link_state(invited_on=self.invited_on, answered=self.answered, today=today)


class SurveyAnswer(models.Model):
    """Three answers that belong to nobody: a month and a service, a random key, no moment and no words (art. 4.5)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    month = models.CharField(_("mois"), max_length=7)  # 2026-11
    department = models.ForeignKey(
        "snippets.Department", verbose_name=_("service"), on_delete=models.PROTECT, related_name="survey_answers"
    )
    is_clear = models.CharField(_("réponse claire"), max_length=6, choices=choices(OPINION_LABELS))
    is_timely = models.CharField(_("délai convenable"), max_length=6, choices=choices(OPINION_LABELS))
    is_satisfied = models.CharField(_("satisfait du résultat"), max_length=6, choices=choices(OPINION_LABELS))

    objects = AppendOnlyQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("réponse à un sondage")
        verbose_name_plural = _("réponses à un sondage")
        indexes = [models.Index(fields=["month", "department"], name="survey_answers_by_month")]
        constraints = [
            AppendOnly(name="survey_answer_is_never_edited"),
            models.CheckConstraint(condition=Q(month__regex=r"^[0-9]{4}-(0[1-9]|1[0-2])$"), name="survey_month_is_one"),
            models.CheckConstraint(
                condition=Q(is_clear__in=OPINIONS, is_timely__in=OPINIONS, is_satisfied__in=OPINIONS),
                name="survey_opinions_are_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.department}"
