"""Complaints brought to a step through the verbs."""

from datetime import timedelta

from django.utils import timezone

from intake.models import Case
from intake.policy.complaint_target import Target
from intake.policy.investigation import Entry
from intake.policy.roles import Actor, Role
from intake.policy.signature import SignatureMethod
from intake.policy.vocabulary import Kind, Status
from intake.process.complaint_filing import ComplaintDetails, Signature
from intake.process.complaints import Checklist, admit, hand_over
from intake.process.investigation import LogEntry, conclude, log
from tests.factories import DIRECTOR, TECHNICIAN, a_case

GENERAL_DIRECTOR = Actor(label="Directrice générale", roles=frozenset({Role.GENERAL_DIRECTOR}))
WORDS = "L'employé du comptoir m'a parlé sèchement devant d'autres personnes."
DECLARATION = "Je déclare que les faits rapportés sont vrais."


def today():
    return timezone.localdate()


def signed(now=None, name: str = "Marie Tremblay") -> Signature:
    now = now or timezone.now()
    return Signature(SignatureMethod.EMAIL, name, now, declaration=DECLARATION, email_proved_at=now)


def a_complaint(*, target=Target.EMPLOYEE, signature="email", days_ago=3, facts=WORDS, now=None, **changes) -> Case:
    """A complaint received by the form; signed unless `signature` is None."""
    now = now or timezone.now()
    details = ComplaintDetails(
        target=target,
        concerned=changes.pop("concerned", "Comptoir de la taxation"),
        facts_on=today() - timedelta(days=days_ago),
        signature=signed(now) if signature else None,
        to_be_signed=signature is None and changes.pop("to_be_signed", True),
        endangers=changes.pop("endangers", False),
    )
    return a_case(kind=Kind.COMPLAINT, facts=facts, location="", details=details, now=now, **changes)


def under_review(**changes) -> Case:
    case = a_complaint(**changes)
    if case.status_ is not Status.RECEIVED:
        return case
    return hand_over(pk=case.pk, checklist=Checklist(), by=TECHNICIAN, now=timezone.now())


def investigated(**changes) -> Case:
    return admit(pk=under_review(**changes).pk, by=DIRECTOR, now=timezone.now())


def add(case, what: Entry, *, by=DIRECTOR, **entry) -> Case:
    return log(pk=case.pk, entry=LogEntry(what, **entry), by=by, now=timezone.now())


def accuse(case, employee) -> Case:
    return add(case, Entry.ACCUSED, employee=employee)


def hear(case, person: int = 1, note: str = "") -> Case:
    return add(case, Entry.HEARD, person=person, held_on=today(), note=note)


def end(
    case,
    finding: Status,
    *,
    reasons="Les témoignages se contredisent.",
    conclusion="Merci de votre message.",
    names_nobody: bool | None = None,
    by=DIRECTOR,
) -> Case:
    return conclude(
        pk=case.pk,
        finding=finding,
        internal_reasons=reasons,
        conclusion=conclusion,
        names_nobody=not case.accused.exists() if names_nobody is None else names_nobody,
        by=by,
        now=timezone.now(),
    )
