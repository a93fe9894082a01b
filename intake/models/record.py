"""What was asked and answered, what was sent, what was done: the record of a file, only added to."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .append_only import AppendOnly, AppendOnlyQuerySet
from .case import Case
from .choices import STATUS_LABELS, VERB_LABELS, choices
from .stored_file import CheckedFile, private_storage

__all__ = ["Answer", "Attachment", "CaseEvent", "CaseMessage", "Intervention", "private_storage"]  # migrations say so


class Answer(models.Model):
    """One question as it was asked and its answer as it was given, whatever the form or the nature becomes."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="answers")
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=60)
    label = models.CharField(_("question"), max_length=250)
    question_type = models.CharField(max_length=20)
    value = models.JSONField(_("valeur"), null=True)
    display = models.TextField(_("réponse"), blank=True)
    # Set when the question is one of the grid: it can then be retired, no longer erased.
    question = models.ForeignKey(
        "snippets.Question", null=True, blank=True, on_delete=models.PROTECT, related_name="answers"
    )

    objects = AppendOnlyQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("réponse")
        ordering = ["position"]
        constraints = [
            AppendOnly(name="answer_is_never_edited"),
            models.UniqueConstraint(fields=["case", "key"], name="answer_is_given_once"),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.display}"


class CaseEvent(models.Model):
    """Who, when, which verb, from what to what, why. `public_message` is for the citizen, `internal_note` never.

    Never edited; a request that becomes a complaint has its notes and the citizen's precisions taken into the sealed log.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    verb = models.CharField(_("action"), max_length=20, choices=choices(VERB_LABELS))
    at = models.DateTimeField(_("le"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(_("par"), max_length=170)
    from_status = models.CharField(max_length=16, blank=True, choices=choices(STATUS_LABELS))
    to_status = models.CharField(max_length=16, choices=choices(STATUS_LABELS))
    internal_note = models.TextField(_("note interne"), blank=True)
    public_message = models.TextField(_("information disponible pour le demandeur"), blank=True)
    changes = models.JSONField(_("ce qui a changé"), default=dict, blank=True)

    objects = AppendOnlyQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("événement")
        ordering = ["at", "pk"]
        constraints = [AppendOnly(name="event_is_never_edited", erasable=("internal_note", "changes"))]
        indexes = [models.Index(fields=["case", "at"], name="event_by_case")]

    def __str__(self) -> str:
        return f"{self.case}: {self.verb}"


class Intervention(models.Model):
    """An act on a file (Annexe A): code, dates, whom to call, the note and the word to the citizen."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="interventions")
    event = models.OneToOneField(CaseEvent, on_delete=models.PROTECT, related_name="intervention")
    code = models.ForeignKey(
        "snippets.InterventionCode",
        to_field="code",
        verbose_name=_("code"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    planned_on = models.DateField(_("date prévue"), null=True, blank=True)
    done_on = models.DateField(_("date effectuée"))
    phone_extension = models.CharField(_("numéro de poste"), max_length=6)
    internal_note = models.TextField(_("note interne"))
    public_message = models.TextField(_("information disponible pour le demandeur"), blank=True)

    objects = AppendOnlyQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("intervention")
        constraints = [
            AppendOnly(name="intervention_is_never_edited"),
            models.CheckConstraint(
                condition=~Q(phone_extension="") & ~Q(internal_note=""), name="intervention_says_who_and_what"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.code_id}"


class Attachment(CheckedFile):
    """A file that the citizen sent, in private storage; who may read it is asked of the case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="attachments")

    class Meta(CheckedFile.Meta):
        verbose_name = _("fichier joint")
        constraints = [models.UniqueConstraint(fields=["file"], name="attachment_has_its_own_file")]


class CaseMessage(models.Model):
    """A message that an event caused: one a code, event and recipient. The mail itself is a row of the outbox."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="messages")
    event = models.ForeignKey(CaseEvent, on_delete=models.PROTECT, related_name="messages")
    code = models.CharField(max_length=8)
    audience = models.CharField(max_length=8, choices=[("citizen", _("citoyen")), ("staff", _("personnel"))])
    recipient = models.EmailField(_("à"))
    mail = models.OneToOneField("post_office.Email", on_delete=models.PROTECT, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("message")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "code", "recipient"], name="message_is_sent_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} → {self.case}"
