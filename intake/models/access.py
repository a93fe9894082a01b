"""What the clerk keeps of an access request (art. 4.6), and what a service is asked to look for, without knowing for whom."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from intake.policy.access import REASONED
from intake.policy.legal_clocks import EXTENSION_DAYS
from intake.policy.roles import Actor
from intake.policy.vocabulary import ACCESS_DECISIONS, Kind, Status

from .case import Case
from .choices import STATUS_LABELS, choices
from .stored_file import CheckedFile

ACCESS_OUTCOMES = {status.value: STATUS_LABELS[status.value] for status in ACCESS_DECISIONS}
# The citizen has no answer yet; someone may still give it, even late (A-2.1 art. 52).
UNANSWERED = [
    status.value
    for status in (
        Status.RECEIVED,
        Status.SEARCHING,
        Status.CLARIFYING,
        Status.THIRD_PARTY_NOTICE,
        *ACCESS_DECISIONS,
    )
]


class AccessFile(models.Model):
    """The working record of an access request. Dates of the law are computed by the verbs, never typed."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="access_file")
    # What is looked for: the citizen's words at first, then what was made precise with him.
    wanted = models.TextField(_("documents demandés"), blank=True)
    told_on = models.DateField(_("date dite au citoyen"))
    legal_on = models.DateField(_("échéance légale"))
    clarify_question = models.TextField(_("précision demandée"), blank=True)
    clarify_asked_on = models.DateField(_("précision demandée le"), null=True, blank=True)

    extension_days = models.PositiveSmallIntegerField(_("jours de prolongation"), null=True, blank=True)
    extension_reason = models.TextField(_("motif de la prolongation"), blank=True)
    extension_notified_on = models.DateField(_("avis de prolongation donné le"), null=True, blank=True)

    third_party = models.CharField(_("tiers avisé"), max_length=200, blank=True)
    third_party_notified_on = models.DateField(_("tiers avisé le"), null=True, blank=True)
    third_party_heard_until = models.DateField(_("le tiers peut répondre jusqu'au"), null=True, blank=True)
    third_party_heard_on = models.DateField(_("observations du tiers reçues le"), null=True, blank=True)

    decision = models.CharField(_("décision"), max_length=16, blank=True, choices=choices(ACCESS_OUTCOMES))
    decided_on = models.DateField(_("décidée le"), null=True, blank=True)
    decided_by = models.CharField(_("décidée par"), max_length=170, blank=True)
    explanation = models.TextField(_("motifs, en mots simples"), blank=True)
    given = models.TextField(_("documents remis"), blank=True)
    withheld = models.TextField(_("documents refusés"), blank=True)
    provisions = models.ManyToManyField(
        "snippets.LegalProvision", verbose_name=_("dispositions de la loi"), blank=True, related_name="+"
    )
    body = models.ForeignKey(
        "snippets.CompetentBody",
        verbose_name=_("organisme compétent"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    posted_on = models.DateField(_("réponse postée le"), null=True, blank=True)
    review_asked_on = models.DateField(_("révision demandée le"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("demande d'accès")
        verbose_name_plural = _("demandes d'accès")
        constraints = [
            # Art. 4.6: « une période n'excédant pas dix (10) jours », by written notice.
            models.CheckConstraint(
                condition=Q(extension_days__isnull=True, extension_notified_on__isnull=True, extension_reason="")
                | (
                    Q(extension_days__range=(1, EXTENSION_DAYS), extension_notified_on__isnull=False)
                    & ~Q(extension_reason="")
                ),
                name="access_extension_is_whole_and_short",
            ),
            models.CheckConstraint(
                condition=Q(third_party_notified_on__isnull=True, third_party_heard_until__isnull=True, third_party="")
                | (
                    Q(third_party_notified_on__isnull=False, third_party_heard_until__isnull=False) & ~Q(third_party="")
                ),
                name="access_third_party_has_its_delay",
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_on__isnull=True, decided_by="")
                | (Q(decision__in=list(ACCESS_OUTCOMES), decided_on__isnull=False) & ~Q(decided_by="")),
                name="access_decision_says_who_and_when",
            ),
            # « Motiver tout refus ou tout refus partiel »; the provisions are held by the policy (a list of rows).
            models.CheckConstraint(
                condition=~Q(decision__in=[status.value for status in REASONED])
                | (~Q(explanation="") & ~Q(withheld="")),
                name="access_refusal_is_reasoned",
            ),
            models.CheckConstraint(
                condition=~Q(decision=Status.TRANSFERRED.value) | Q(body__isnull=False),
                name="access_transfer_names_the_body",
            ),
            models.CheckConstraint(
                condition=Q(posted_on__isnull=True) | Q(posted_on__gte=F("decided_on")),
                name="access_answer_is_posted_after_it_is_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}"

    def is_deemed_refused(self, *, on: date) -> bool:
        """The same rule as `deemed_refused_q`, for one file."""
        return self.case.status in UNANSWERED and self.legal_on < on

    @property
    def decision_(self) -> Status | None:
        """The decision as the policy's word; None before it."""
        return Status(self.decision) if self.decision else None


def deemed_refused_q(*, on: date) -> Q:
    """Access requests left without an answer beyond the legal day (A-2.1 art. 52); they may still be answered."""
    return Q(kind=Kind.ACCESS_REQUEST.value, status__in=UNANSWERED, access_file__legal_on__lt=on)


class DocumentTaskQuerySet(models.QuerySet):
    """Questions about what services are asked for."""

    def for_actor(self, actor: Actor) -> "DocumentTaskQuerySet":
        """Tasks of the services that this person receives for or directs; nobody else has any."""
        if actor.user_id is None:
            return self.none()
        return self.filter(Q(department_id__in=actor.departments) | Q(department__head__user_id=actor.user_id))

    def to_answer(self) -> "DocumentTaskQuerySet":
        """Tasks that still wait for the service."""
        return self.filter(answered_at__isnull=True, withdrawn_at__isnull=True)


class DocumentTask(models.Model):
    """« Fournir le document »: a service looks, and says what it has. It never reads the case, nor who asks.

    The matrix of rights: « task "fournir le document", no requester ».
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="document_tasks")
    department = models.ForeignKey(
        "snippets.Department", verbose_name=_("service"), on_delete=models.PROTECT, related_name="+"
    )
    wanted = models.TextField(_("documents à fournir"))
    due_on = models.DateField(_("réponse attendue le"))
    asked_at = models.DateTimeField(_("demandés le"))
    asked_by = models.CharField(_("demandés par"), max_length=170)
    held = models.BooleanField(_("le service a ces documents"), null=True, blank=True)
    note = models.TextField(_("note du service"), blank=True)
    answered_at = models.DateTimeField(_("répondu le"), null=True, blank=True)
    answered_by = models.CharField(_("répondu par"), max_length=170, blank=True)
    answered_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # The case was decided, withdrawn or reclassified: nothing is expected any more.
    withdrawn_at = models.DateTimeField(_("retirée le"), null=True, blank=True)

    objects = DocumentTaskQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("document demandé à un service")
        verbose_name_plural = _("documents demandés aux services")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(wanted=""), name="document_task_says_what"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, held__isnull=True, answered_by="")
                | (Q(answered_at__isnull=False, held__isnull=False) & ~Q(answered_by="")),
                name="document_task_answer_is_whole",
            ),
        ]
        indexes = [models.Index(fields=["department", "due_on"], name="document_task_by_department")]

    def __str__(self) -> str:
        return f"{self.department}: {self.due_on}"


class TaskFile(CheckedFile):
    """A document that a service handed over, in private storage; only those who see the case read it."""

    task = models.ForeignKey(DocumentTask, on_delete=models.PROTECT, related_name="files")

    class Meta(CheckedFile.Meta):
        verbose_name = _("document fourni")
        constraints = [models.UniqueConstraint(fields=["file"], name="task_file_has_its_own_file")]
