"""Art. 4.4.1: a complaint that ends without foundation leaves nothing attached to the employee (docs/decisions/0012).

What staff wrote about it is destroyed; what the citizen wrote and the answer that he got stay, sealed.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from post_office.models import Email

from intake.models import AccusedEmployee, Case, CaseEvent, CaseMessage, Intervention, InvestigationEntry
from intake.policy.investigation import Entry
from intake.policy.redaction import without_names
from intake.policy.roles import CITIZEN
from intake.policy.vocabulary import Kind, Status
from snippets.models import Employee

from .calendar import set_due_on, town_clock

SUPPLIED = frozenset({"supplied", "supplied_files"})
# Typed freely; the file already says whose complaint it is.
NEVER_IN_AN_EVENT = SUPPLIED | {"asked_by"}
# « Si l'enquête ne permet pas d'obtenir des éléments de preuve » (4.4.1); all the more when none was made.
ENDS_WITHOUT_FOUNDATION = frozenset({Status.UNFOUNDED, Status.INADMISSIBLE, Status.WITHDRAWN})


def is_over(case: Case) -> bool:
    """Say whether the complaint has ended without foundation: nothing is then added about anyone."""
    file = case.complaint
    return file.finding == "unfounded" or case.status_ in ENDS_WITHOUT_FOUNDATION


def without_words(changes: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """Take out of a complaint's event what was typed freely: return what stays, and what the citizen wrote, to be sealed."""
    kept = {key: value for key, value in changes.items() if key not in NEVER_IN_AN_EVENT}
    words = changes.get("supplied", ""), *changes.get("supplied_files", ())
    return kept, "\n".join(part for part in words if part)


def write_note(event: CaseEvent, note: str, what: Entry = Entry.NOTE) -> None:
    """Keep words about a complaint in its log, sealed, where they can be destroyed (art. 4.4.1)."""
    if note:
        InvestigationEntry.objects.create(
            case=event.case,
            event=event,
            what=what.value,
            at=event.at,
            by_id=event.by_id,
            by_label=event.by_label,
            note=note,
        )


def settle_complaint(case: Case, target: Status, *, today: date) -> None:
    """Do what every verb owes a complaint; the caller saves the case.

    The clock runs again once the citizen is no longer awaited; at an end without foundation, the link to the employee goes.
    """
    if target is not Status.INCOMPLETE:
        stop_waiting(case, today=today)
    if target in ENDS_WITHOUT_FOUNDATION:
        erase_link(case)


def stop_waiting(case: Case, *, today: date) -> None:
    """Let the clock run again: the citizen is no longer awaited. The caller saves the case."""
    if case.clock_stopped_on is None:
        return
    case.pauses.filter(ended_on__isnull=True).update(ended_on=max(today, case.clock_stopped_on))
    case.clock_stopped_on = None
    set_due_on(case, town_clock())


def erase_link(case: Case) -> None:
    """Destroy what ties a complaint to anyone it targets; the rows of the log stay, without a word.

    What goes: every word of staff, who was inscribed, the post targeted, whom the citizen designated, the names that his
    files came with, and any part that those targeted had in the investigation. What stays, sealed: his account, his
    answers and what he added himself, and the answer of the town.
    """
    file, accused = case.complaint, list(case.accused.all())
    _destroy(case.investigation.exclude(what=Entry.SUPPLIED.value, by__isnull=True, by_label=CITIZEN.label))
    _forget_part_taken(case, accused)
    _mask_linked(case, file.names())
    file.designate_nobody()
    file.save()
    case.accused.all().delete()


def _destroy(entries: Iterable[InvestigationEntry]) -> None:
    keys = [entry.pk for entry in entries if entry.note]
    models.QuerySet(InvestigationEntry).filter(pk__in=keys).update(note="")


def _forget_part_taken(case: Case, accused: Sequence[AccusedEmployee]) -> None:
    """Take away that one of those targeted was, for a time, named to the investigation, and the mail that told him."""
    keys = [one.employee_key for one in accused if one.employee_key]
    employees = list(Employee.objects.filter(pk__in=keys))
    addresses = {address for one in (*accused, *employees) if (address := one.email)}
    users = [employee.user_id for employee in employees if employee.user_id]
    case.investigators.filter(user_id__in=users).delete()
    told = CaseMessage.objects.filter(case=case, code="R51", recipient__in=addresses)
    mails = list(told.values_list("mail_id", flat=True))
    told.delete()
    Email.objects.filter(pk__in=mails).delete()


def _mask_linked(case: Case, names: Sequence[str]) -> None:
    """Mask those targeted in the requests left to a service, which needs the rest, and the place as it is (art. 4.1)."""
    for linked in Case.objects.select_for_update().filter(origin=case).exclude(kind=Kind.COMPLAINT.value):
        masked = without_names(linked.facts, names)
        if masked != linked.facts:
            linked.facts = masked
            linked.save(update_fields=["facts", "search_text"])


def seal_history(case: Case) -> None:
    """Take into the sealed log what staff noted, and what the citizen added, before the file was a complaint (art. 4.5).

    The events stay, without those words: only a sealed note can be destroyed at the end (4.4.1).
    """
    for act in Intervention.objects.filter(case=case).select_related("event"):
        write_note(act.event, _as_a_note(act))
    models.QuerySet(Intervention).filter(case=case).delete()
    spoke = Q(changes__has_any_keys=sorted(SUPPLIED)) | ~Q(internal_note="")
    for event in CaseEvent.objects.filter(spoke, case=case):
        kept, supplied = without_words(event.changes)
        write_note(event, event.internal_note.strip())
        write_note(event, supplied, what=Entry.SUPPLIED)
        emptied = {"changes": {}} if kept != event.changes else {}
        models.QuerySet(CaseEvent).filter(pk=event.pk).update(internal_note="", **emptied)


def _as_a_note(act: Intervention) -> str:
    """An act of Annexe A in words, less what its event already says."""
    said = (act.event.internal_note, act.event.public_message)
    words = [word for word in (act.internal_note, act.public_message) if word and word not in said]
    return "\n".join([f"{act.code_id} – {act.done_on:%Y-%m-%d} – {act.phone_extension}", *words])
