"""The file itself, who filed it, and the questions people ask of many files."""

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake.policy.clocks import TOWN_ZONE, local_day
from intake.policy.references import format_reference
from intake.policy.roles import NEVER_EXPORTED, Actor, FileFacts, may_export
from intake.policy.vocabulary import (
    ANSWERED_STATUSES,
    ENDED_STATUSES,
    OPEN_STATUSES,
    Channel,
    Charge,
    Kind,
    Priority,
    Status,
)

from .actors import actor_for
from .choices import (
    CHANNEL_LABELS,
    CHARGE_LABELS,
    INQUIRY_TYPE_LABELS,
    KIND_LABELS,
    PRIORITY_LABELS,
    STATUS_LABELS,
    choices,
)
from .folding import FoldedTextField
from .sights import sights_q

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

    from snippets.models import Department

OPEN = [status.value for status in OPEN_STATUSES]
ENDED = [status.value for status in ENDED_STATUSES]
ANSWERED = [*(status.value for status in ANSWERED_STATUSES), Status.CLOSED.value]


def overdue_q(*, on: date) -> Q:
    """Open files whose target day is past; one that waits for the citizen is not late, its clock stands still."""
    return Q(status__in=OPEN, due_on__lt=on, clock_stopped_on__isnull=True)


class CaseQuerySet(models.QuerySet):
    """The questions of the policy; chainable, ordering is the caller's."""

    def visible_to(self, user: "AbstractBaseUser") -> "CaseQuerySet":
        """Files that exist for this account (art. 4.5): the same for lists, search, files, exports and counts."""
        return self.visible_to_actor(actor_for(user))

    def visible_to_actor(self, actor: Actor) -> "CaseQuerySet":
        """Files that exist for this actor; `intake.policy.roles.sees` is the same rule for one file."""
        return self.filter(sights_q(actor))

    def exportable(self) -> "CaseQuerySet":
        """Files that may ever leave as a workbook: never a complaint (art. 4.5)."""
        return self.exclude(kind__in=[kind.value for kind in NEVER_EXPORTED])

    def exportable_by(self, actor: Actor) -> "CaseQuerySet":
        """Files of the kinds that this actor takes out: requests for those who work on them, the clerk's for the clerk."""
        return self.filter(kind__in=[kind.value for kind in Kind if may_export(actor, kind)])

    def open(self) -> "CaseQuerySet":
        """Files on which something is still to be done."""
        return self.filter(status__in=OPEN)

    def open_requests(self) -> "CaseQuerySet":
        """« Requêtes non complétées » (RNC), art. 4.1 and 4.2: requests only, already routed or not."""
        return self.open().filter(kind=Kind.REQUEST.value)

    def overdue(self, *, on: date) -> "CaseQuerySet":
        """Open files whose target day is past, as `overdue_q` says."""
        return self.filter(overdue_q(on=on))

    def for_department(self, department: "Department") -> "CaseQuerySet":
        """Files of one service."""
        return self.filter(department=department)

    def completed_between(self, first: date, last: date) -> "CaseQuerySet":
        """Requests completed from one local day to another, both included."""
        start = datetime.combine(first, time.min, TOWN_ZONE)
        end = datetime.combine(last, time.max, TOWN_ZONE)
        return self.filter(kind=Kind.REQUEST.value, completed_at__range=(start, end))


class Case(models.Model):
    """Anything a citizen files (art. 4.1, 4.6). Only the verbs of intake/process write it."""

    reference = models.CharField(_("numéro"), max_length=16, unique=True)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    kind = models.CharField(_("sorte"), max_length=16, choices=choices(KIND_LABELS))
    # Empty for every other kind.
    inquiry_type = models.CharField(
        _("sorte de message"), max_length=12, blank=True, default="", choices=choices(INQUIRY_TYPE_LABELS)
    )
    status = models.CharField(_("état"), max_length=16, choices=choices(STATUS_LABELS), default=Status.RECEIVED.value)
    channel = models.CharField(_("canal"), max_length=8, choices=choices(CHANNEL_LABELS), default=Channel.WEB.value)
    department = models.ForeignKey(
        "snippets.Department", verbose_name=_("service"), on_delete=models.PROTECT, related_name="cases"
    )
    nature = models.ForeignKey(
        "snippets.RequestNature",
        verbose_name=_("nature"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cases",
    )
    nature_name = models.CharField(_("nature, comme le citoyen l'a lue"), max_length=120, blank=True)
    designation = models.ForeignKey(
        "snippets.Designation",
        verbose_name=_("Responsable"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cases",
    )
    # Art. 4.2: the process of the service on the day it was routed; open files keep it when the service changes.
    process_schema = models.CharField(_("processus"), max_length=1, blank=True)
    executor = models.ForeignKey(
        "snippets.Employee",
        verbose_name=_("exécution"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cases_to_execute",
    )
    # Who answers for a complaint (art. 4.4); None for every other kind.
    charge = models.CharField(
        _("dossier confié à"), max_length=16, null=True, blank=True, choices=choices(CHARGE_LABELS)
    )
    merged_into = models.ForeignKey(
        "self", verbose_name=_("rattachée à"), null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    # The claim or the complaint that this request was opened for; only those who see that file may follow the link.
    origin = models.ForeignKey(
        "self", verbose_name=_("ouverte pour"), null=True, blank=True, on_delete=models.PROTECT, related_name="linked"
    )
    is_complex = models.BooleanField(_("cas complexe"), default=False)
    call_back_on = models.DateField(_("à rappeler le"), null=True, blank=True)
    priority = models.CharField(
        _("priorité"), max_length=2, choices=choices(PRIORITY_LABELS), default=Priority.P3.value
    )
    facts = models.TextField(_("exposé des faits"), blank=True)
    location = models.CharField(_("lieu"), max_length=250, blank=True)

    # The promise made on receipt (art. 2.3): a later change of the grid does not touch it.
    received_at = models.DateTimeField(_("reçue le"))
    target_working_days = models.PositiveSmallIntegerField(_("délai cible, en jours ouvrés"), null=True, blank=True)
    due_on = models.DateField(_("échéance"), null=True, blank=True)
    clock_stopped_on = models.DateField(_("échéance suspendue depuis le"), null=True, blank=True)

    waiting_reason = models.ForeignKey(
        "snippets.WaitingReason",
        to_field="code",
        verbose_name=_("raison de l'attente"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    waiting_note = models.CharField(_("précision sur l'attente"), max_length=300, blank=True)
    next_action_on = models.DateField(_("prochaine action le"), null=True, blank=True)

    planned_on = models.DateField(_("intervention prévue le"), null=True, blank=True)
    done_on = models.DateField(_("faite le"), null=True, blank=True)
    completed_at = models.DateTimeField(_("complétée le"), null=True, blank=True)
    closed_at = models.DateTimeField(_("fermée le"), null=True, blank=True)
    # Annexe A, point 5: the word to the citizen is held until the citizen service has read it over.
    awaits_proofreading = models.BooleanField(_("à relire"), default=False)
    last_event_at = models.DateTimeField(_("dernière action"))

    tracking_hash = models.CharField(max_length=64, editable=False)
    # Two clicks, two tabs, a replayed form: one case (contract: a confirmed request exists once).
    submission_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    wants_survey = models.BooleanField(_("accepte un sondage"), default=False)
    # Raised by each verb; a screen that shows an older number is told what changed.
    version = models.PositiveIntegerField(default=1, editable=False)
    # What the queue searches.
    search_text = FoldedTextField(of=("facts", "location"))

    objects = CaseQuerySet.as_manager()

    # Communications staff look up who uses a nature or a page: cases must never appear there (art. 4.5).
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("demande")
        verbose_name_plural = _("demandes")
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="case_number_is_given_once_a_year"),
            models.CheckConstraint(condition=Q(number__gte=1), name="case_number_begins_at_one"),
            models.CheckConstraint(condition=Q(kind__in=list(KIND_LABELS)), name="case_kind_is_known"),
            models.CheckConstraint(condition=Q(status__in=list(STATUS_LABELS)), name="case_status_is_known"),
            models.CheckConstraint(
                condition=Q(kind="inquiry", inquiry_type__in=list(INQUIRY_TYPE_LABELS))
                | (~Q(kind="inquiry") & Q(inquiry_type="")),
                name="case_only_an_inquiry_has_a_type",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=ANSWERED) | Q(completed_at__isnull=False),
                name="case_answered_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=ENDED) | Q(closed_at__isnull=False), name="case_ended_has_its_moment"
            ),
            models.CheckConstraint(
                condition=Q(status="waiting", waiting_reason__isnull=False)
                | (~Q(status="waiting") & Q(waiting_reason__isnull=True)),
                name="case_waits_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(clock_stopped_on__isnull=True) | Q(status__in=["waiting", "incomplete", "clarifying"]),
                name="case_clock_stops_only_for_the_citizen",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["received", "merged", "out_of_scope", "withdrawn"])
                | ~Q(kind="request")
                | (Q(nature__isnull=False) & Q(designation__isnull=False)),
                name="case_routed_has_nature_and_recipient",
            ),
            models.CheckConstraint(
                condition=~Q(status="scheduled") | Q(planned_on__isnull=False), name="case_scheduled_has_its_day"
            ),
            models.CheckConstraint(
                condition=Q(status="merged", merged_into__isnull=False)
                | (~Q(status="merged") & Q(merged_into__isnull=True)),
                name="case_merged_says_into_which",
            ),
            models.CheckConstraint(
                condition=Q(kind="complaint", charge__isnull=False) | (~Q(kind="complaint") & Q(charge__isnull=True)),
                name="case_complaint_has_someone_in_charge",
            ),
            # Art. 4.5: what a complaint says is sealed in its own table; nothing here can be searched.
            models.CheckConstraint(
                condition=~Q(kind="complaint") | Q(facts="", location="", search_text=""),
                name="case_complaint_words_are_sealed_elsewhere",
            ),
            models.CheckConstraint(
                condition=Q(awaits_proofreading=False) | Q(status="completed"), name="case_proofread_once_completed"
            ),
        ]
        indexes = [
            models.Index(fields=["-received_at", "-id"], name="case_newest"),
            models.Index(fields=["status", "kind", "-received_at"], name="case_by_status"),
            models.Index(fields=["department", "status", "-received_at"], name="case_by_department"),
            models.Index(fields=["kind", "-received_at"], name="case_by_kind"),
            models.Index(fields=["due_on"], name="case_open_by_due", condition=Q(status__in=OPEN)),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def kind_(self) -> Kind:
        """The kind as the policy's word."""
        return Kind(self.kind)

    @property
    def status_(self) -> Status:
        """The status as the policy's word."""
        return Status(self.status)

    @property
    def is_open(self) -> bool:
        """Say whether something is still to be done."""
        return self.status in OPEN

    def is_overdue(self, *, on: date | None = None) -> bool:
        """The same rule as `Case.objects.overdue`, for one file."""
        day = on or timezone.localdate()
        return bool(self.is_open and self.due_on and self.due_on < day and self.clock_stopped_on is None)

    def facts_of_sight(self) -> FileFacts:
        """What decides who sees the file (intake/policy/roles.py)."""
        named = ()
        if self.kind == Kind.COMPLAINT.value:
            # Art. 4.5: he reads nothing before he has accepted to keep it confidential.
            sworn = self.investigators.filter(ended_at__isnull=True, accepted_at__isnull=False)
            named = sworn.values_list("user_id", flat=True)
        return FileFacts(
            kind=self.kind_,
            status=self.status_,
            department_id=self.department_id,
            case_id=self.pk,
            executor=self.executor.user_id if self.executor_id else None,
            charge=Charge(self.charge) if self.charge else None,
            investigators=frozenset(named),
        )

    def received_day(self) -> date:
        """The local day of the receipt."""
        return local_day(self.received_at)

    def expected_reference(self) -> str:
        """The reference that year and number make."""
        return format_reference(self.year, self.number)
