"""The investigation of a complaint (art. 4.4, 4.4.1, 4.5): who leads it, who was met and heard, and how it ends."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from intake.mail.announce import to_employee
from intake.models import AccusedEmployee, Case, InvestigationEntry, Investigator
from intake.models.actors import roles_of
from intake.policy.clocks import local_day
from intake.policy.complaint_target import Target
from intake.policy.investigation import Entry, conclusion_refusals, log_refusals
from intake.policy.refusal import Refusal
from intake.policy.roles import Actor
from intake.policy.vocabulary import Charge, Status, Verb
from snippets.models import Employee

from .access import record_access
from .barred import HOLDERS, barred_from
from .complaint_reply import reply
from .erasure import erase_link
from .naming import naming_refusals
from .steps import NotVisible, Refused, Step, begin

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

UNDERTAKING, NOTICE = "undertaking", "notice"


@transaction.atomic
def name_investigator(
    *, pk: int, user: "AbstractBaseUser | None", by: Actor, now: datetime, seen_version: int | None = None
) -> Case:
    """Name a person to the investigation (art. 4.5); a mail says that a file waits.

    Raises Refused for someone whom it targets, by name or by the post that he holds.
    """
    step = begin(pk=pk, verb=Verb.NAME_INVESTIGATOR, by=by, now=now, seen_version=seen_version)
    case = step.case
    if user is None or not user.is_active:
        raise Refused(Refusal("4.5", _("Choisissez une personne."), "investigator"))
    employee = Employee.objects.filter(user=user).first()
    if employee is not None and _is_accused(case, employee):
        raise Refused(Refusal("4.5", _("Cette personne est visée par la plainte."), "investigator"))
    if roles_of(user) & barred_from(case, Charge(case.charge)):
        words = _("La plainte vise le poste de cette personne : elle ne peut pas en être chargée.")
        raise Refused(Refusal("4.5", words, "investigator"))
    if case.investigators.filter(user=user, ended_at__isnull=True).exists():
        raise Refused(Refusal("4.5", _("Cette personne est déjà chargée de l'enquête."), "investigator"))
    Investigator.objects.create(case=case, user=user, named_at=now, named_by_label=by.label)
    event = step.record(changes={"investigator": "named"})
    if employee is not None:
        to_employee("R51", event, employee)
    return case


@transaction.atomic
def end_investigator(
    *, pk: int, investigator: Investigator | None, by: Actor, now: datetime, seen_version: int | None = None
) -> Case:
    """End someone's part in the investigation: the file no longer exists for him."""
    step = begin(pk=pk, verb=Verb.NAME_INVESTIGATOR, by=by, now=now, seen_version=seen_version)
    if investigator is None or investigator.case_id != pk or investigator.ended_at is not None:
        raise Refused(Refusal("4.5", _("Choisissez la personne dont le mandat prend fin."), "ended"))
    investigator.ended_at = now
    investigator.save(update_fields=["ended_at"])
    step.record(changes={"investigator": "ended"})
    return step.case


@transaction.atomic
def accept_undertaking(*, pk: int, by: Actor, now: datetime) -> Case:
    """Take the undertaking of confidentiality (art. 4.5); before it, the file is not read. Raises NotVisible for others."""
    named = Investigator.objects.filter(case_id=pk, user_id=by.user_id, ended_at__isnull=True)
    investigator = named.select_for_update().first()
    if by.user_id is None or investigator is None:
        raise NotVisible
    if investigator.accepted_at is None:
        investigator.accepted_at = now
        investigator.save(update_fields=["accepted_at"])
        record_access(case=investigator.case, by=by, what=UNDERTAKING, allowed=True, now=now)
    return investigator.case


def _is_accused(case: Case, employee: Employee) -> bool:
    return any(one.employee_key == str(employee.pk) for one in case.accused.all())


@dataclass(frozen=True)
class LogEntry:
    """What is added to the log. `employee` or `name` designates someone targeted; `person` is the number he then has."""

    what: Entry
    note: str = ""
    employee: Employee | None = None
    name: str = ""
    person: int | None = None
    held_on: date | None = None


@transaction.atomic
def log(*, pk: int, entry: LogEntry, by: Actor, now: datetime, seen_version: int | None = None) -> Case:
    """Add to the log of an investigation (art. 4.4). The log speaks of « personne 1 », never of a name."""
    step = begin(pk=pk, verb=Verb.LOG, by=by, now=now, seen_version=seen_version)
    refusals = log_refusals(
        entry.what,
        note=entry.note,
        names_someone=entry.employee is not None or bool(entry.name.strip()),
        person=entry.person,
        held_on=entry.held_on,
        today=local_day(now),
    )
    if refusals:
        raise Refused(*refusals)
    person = _person_of(step, entry)
    event = step.record(changes={"log": entry.what.value})
    InvestigationEntry.objects.create(
        case=step.case,
        event=event,
        what=entry.what.value,
        at=now,
        by_id=by.user_id,
        by_label=by.label,
        person=person,
        held_on=entry.held_on if entry.what in (Entry.HEARD, Entry.WITNESS) else None,
        note=entry.note.strip(),
    )
    return step.case


def _person_of(step: Step, entry: LogEntry) -> int | None:
    if entry.what is Entry.ACCUSED:
        return _inscribe(step.case, entry)
    if entry.what is not Entry.HEARD:
        return None
    accused = step.case.accused.filter(number=entry.person).first()
    if accused is None:
        raise Refused(Refusal("4.4", _("Choisissez une personne visée de ce dossier."), "person"))
    accused.met_on, accused.was_heard = entry.held_on, True
    accused.save(update_fields=["met_on", "was_heard"])
    return accused.number


def _inscribe(case: Case, entry: LogEntry) -> int:
    """Write who is targeted, in the one table where it may be; not who leads this very investigation."""
    employee = entry.employee
    if employee is not None and _is_accused(case, employee):
        raise Refused(Refusal("4.4", _("Cette personne est déjà inscrite."), "employee"))
    if employee is not None and employee.user_id is not None:
        sworn = case.investigators.filter(user_id=employee.user_id, ended_at__isnull=True)
        if sworn.exists():
            raise Refused(
                Refusal("4.5", _("Cette personne mène l'enquête : mettez d'abord fin à son mandat."), "employee")
            )
        if HOLDERS[Charge(case.charge)] in roles_of(employee.user):
            words = _("Cette personne répond de la plainte : confiez d'abord le dossier à une autre direction.")
            raise Refused(Refusal("4.5", words, "employee"))
    last = case.accused.aggregate(last=Max("number"))["last"] or 0
    accused = AccusedEmployee.objects.create(
        case=case,
        number=last + 1,
        name=str(employee) if employee else entry.name.strip(),
        email=employee.email if employee else "",
        employee_key=str(employee.pk) if employee else "",
    )
    return accused.number


@transaction.atomic
def conclude(
    *,
    pk: int,
    finding: Status | None,
    internal_reasons: str,
    conclusion: str,
    by: Actor,
    now: datetime,
    names_nobody: bool = False,
    seen_version: int | None = None,
) -> Case:
    """Conclude an investigation; the citizen reads a general conclusion (T11), never a name nor a measure (art. 4.5).

    « Non fondée »: nothing about it remains attached to the employee, and what staff wrote is destroyed, these reasons
    too (4.4.1). « Fondée » is refused while someone targeted was not met and heard. Whom the complaint names is inscribed
    first, or `names_nobody` says that it names no one. No measure is stored here.
    """
    step = begin(pk=pk, verb=Verb.CONCLUDE, by=by, now=now, seen_version=seen_version, outcome=_known(finding))
    case, file, founded = step.case, step.case.complaint, finding is Status.FOUNDED
    refusals = conclusion_refusals(
        founded=founded,
        reasons=internal_reasons,
        conclusion=conclusion,
        people=file.hearings(),
        names=file.names(),
        target=Target(file.target) if file.target else None,
        names_nobody=names_nobody,
    )
    refusals = refusals or naming_refusals(case, conclusion, "public_message")
    if refusals:
        raise Refused(*refusals)
    nobody_inscribed = not case.accused.exists()
    file.finding, file.internal_reasons = finding.value, internal_reasons.strip()
    case.completed_at = now
    case.investigators.filter(ended_at__isnull=True).update(ended_at=now)
    if founded:
        file.save()
    else:
        erase_link(case)
    event = step.record(changes={"names_nobody": True} if nobody_inscribed else None)
    reply(event, "T11", conclusion_generale=conclusion.strip())
    return case


def _known(finding: Status | None) -> Status:
    if finding is None:
        raise Refused(Refusal("4.4.1", _("Choisissez la conclusion de l'enquête."), "finding"))
    return finding


def record_notice(*, case: Case, by: Actor, now: datetime) -> None:
    """Write who printed the notice for the personnel file, and when; its text and the measure are kept nowhere (4.4.1)."""
    record_access(case=case, by=by, what=NOTICE, allowed=True, now=now)
