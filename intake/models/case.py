"""The file itself, who filed it, and the questions people ask of many files."""

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake.policy.clocks import TOWN_ZONE
from intake.policy.references import format_reference
from intake.policy.roles import NEVER_EXPORTED, Actor, Reach, sights_of
from intake.policy.vocabulary import OPEN_STATUSES, Channel, Kind, Priority, Status

from .actors import actor_for
from .choices import CHANNEL_LABELS, KIND_LABELS, PRIORITY_LABELS, STATUS_LABELS, WAITING_LABELS, choices
from .folding import FoldedTextField

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

    from snippets.models import Department

OPEN = [status.value for status in OPEN_STATUSES]


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
        if actor.everything:
            return self
        # One condition a reach, not one a sight: the database then finds its index.
        kinds: dict[tuple[Reach, frozenset[Status]], list[str]] = {}
        for sight in sights_of(actor):
            kinds.setdefault((sight.reach, sight.statuses), []).append(sight.kind.value)
        allowed = Q(pk__in=[])
        for (reach, statuses), seen in kinds.items():
            rule = Q(kind__in=seen)
            if statuses:
                rule &= Q(status__in=[status.value for status in statuses])
            if reach is Reach.OWN:
                rule &= Q(department_id__in=actor.departments)
            allowed |= rule
        return self.filter(allowed)

    def exportable(self) -> "CaseQuerySet":
        """Files that may ever leave as a workbook: never a complaint (art. 4.5)."""
        return self.exclude(kind__in=[kind.value for kind in NEVER_EXPORTED])

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

    waiting_reason = models.CharField(
        _("raison de l'attente"), max_length=20, blank=True, choices=choices(WAITING_LABELS)
    )
    waiting_note = models.CharField(_("précision sur l'attente"), max_length=300, blank=True)
    next_action_on = models.DateField(_("prochaine action le"), null=True, blank=True)

    done_on = models.DateField(_("faite le"), null=True, blank=True)
    completed_at = models.DateTimeField(_("complétée le"), null=True, blank=True)
    closed_at = models.DateTimeField(_("fermée le"), null=True, blank=True)
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
                condition=Q(status__in=["completed", "closed"], completed_at__isnull=False)
                | ~Q(status__in=["completed", "closed"]),
                name="case_completed_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(status="closed", closed_at__isnull=False) | ~Q(status="closed"),
                name="case_closed_has_its_moment",
            ),
            models.CheckConstraint(
                condition=(Q(status="waiting") & ~Q(waiting_reason="")) | (~Q(status="waiting") & Q(waiting_reason="")),
                name="case_waits_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(clock_stopped_on__isnull=True) | Q(status="waiting", waiting_reason="citizen"),
                name="case_clock_stops_only_for_the_citizen",
            ),
            models.CheckConstraint(
                condition=Q(status="received")
                | ~Q(kind="request")
                | (Q(nature__isnull=False) & Q(designation__isnull=False)),
                name="case_routed_has_nature_and_recipient",
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

    def expected_reference(self) -> str:
        """The reference that year and number make."""
        return format_reference(self.year, self.number)


class Requester(models.Model):
    """Identity and contact of whoever filed, in a table of its own: it may be masked or destroyed apart (art. 4.5)."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="requester")
    first_name = models.CharField(_("prénom"), max_length=80, blank=True)
    last_name = models.CharField(_("nom"), max_length=80)
    email = models.EmailField(_("courriel"), blank=True)
    phone = models.CharField(_("téléphone"), max_length=40, blank=True)
    phone_digits = models.CharField(max_length=20, blank=True, editable=False)
    address = models.CharField(_("adresse"), max_length=200, blank=True)
    city = models.CharField(_("municipalité"), max_length=100, blank=True)
    postal_code = models.CharField(_("code postal"), max_length=7, blank=True)
    search_text = FoldedTextField(of=("first_name", "last_name", "address", "city", "postal_code", "email"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("demandeur")
        verbose_name_plural = _("demandeurs")
        indexes = [
            models.Index(fields=["last_name", "first_name"], name="requester_by_name"),
            models.Index(fields=["phone_digits"], name="requester_by_phone"),
            models.Index(fields=["email"], name="requester_by_email"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """First and last name, as one writes them."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def full_address(self) -> str:
        """Street, town and postal code on one line."""
        return ", ".join(part for part in (self.address, self.city) if part) + (
            f"  {self.postal_code}" if self.postal_code else ""
        )


class Pause(models.Model):
    """The target stood still while the citizen was awaited (policy/clocks.py)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="pauses")
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("suspension de l'échéance")
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(ended_on__isnull=True), name="one_open_pause_a_case"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=models.F("started_on")),
                name="pause_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.started_on}–{self.ended_on or ''}"
