"""What the page of a claim or of an access request shows beside the rest: the record, the clock of the law, what is missing."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from intake.models import AccessFile, Case, ClaimFile, DocumentTask
from intake.models.access import UNANSWERED
from intake.policy.claim import DamageType, gaps, notice_delay
from intake.policy.clocks import local_day
from intake.policy.legal_clocks import CitizenDelay
from intake.policy.refusal import Refusal
from intake.policy.vocabulary import Kind
from intake.process.calendar import town_calendar

from .desk import Desk
from .words import days

SOON_DAYS = 7


@dataclass(frozen=True)
class ShownClaim:
    """A claim as the clerk reads it; the delay informs, it refuses nothing."""

    record: ClaimFile
    missing: list[Refusal]
    delay: CitizenDelay | None
    is_late: bool


@dataclass(frozen=True)
class ShownAccess:
    """An access request as the clerk reads it: the record, how much time is left, what the services were asked."""

    record: AccessFile
    left: str
    tone: str
    deemed_refused: bool
    tasks: list[DocumentTask]


def legal_section(case: Case, desk: Desk) -> dict[str, Any]:
    """Return what the templates of the two kinds need; nothing for the others."""
    if case.kind_ is Kind.CLAIM:
        return {"claim": shown_claim(case)}
    if case.kind_ is Kind.ACCESS_REQUEST:
        return {"access": shown_access(case, today=desk.today)}
    return {}


def shown_claim(case: Case) -> ShownClaim | None:
    """Put the record of a claim in words; None for an older file without one."""
    record = ClaimFile.objects.filter(case=case).first()
    if record is None:
        return None
    record.case = case
    damage_type = DamageType(record.damage_type) if record.damage_type else None
    delay = notice_delay(record.event_on, damage_type, town_calendar())
    is_late = bool(delay and delay.is_late(local_day(case.received_at)))
    return ShownClaim(record, gaps(record.facts()), delay, is_late)


def shown_access(case: Case, *, today: date) -> ShownAccess | None:
    """Put the record of an access request in words; None for an older file without one."""
    record = AccessFile.objects.select_related("body").filter(case=case).first()
    if record is None:
        return None
    record.case = case
    tasks = case.document_tasks.select_related("department").prefetch_related("files").order_by("pk")
    deemed = record.is_deemed_refused(on=today)
    return ShownAccess(record, left_in_words(case, record, today), tone_of(case, record, today), deemed, list(tasks))


def left_in_words(case: Case, record: AccessFile, today: date) -> str:
    """Say how much time the law leaves: « il reste 5 jours », « dernier jour », « passé depuis 2 jours »."""
    if case.status not in UNANSWERED:
        return ""
    distance = (record.legal_on - today).days
    if distance < 0:
        return _("passé depuis %(days)s") % {"days": days(-distance)}
    return _("dernier jour") if distance == 0 else _("il reste %(days)s") % {"days": days(distance)}


def tone_of(case: Case, record: AccessFile, today: date) -> str:
    """Name the tone of the clock for the style sheet."""
    if case.status not in UNANSWERED:
        return "plain"
    if record.legal_on < today or (case.due_on and case.due_on < today):
        return "late"
    return "soon" if (record.legal_on - today).days <= SOON_DAYS else "plain"
