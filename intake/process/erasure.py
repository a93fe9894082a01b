"""Art. 4.4.1: a complaint that ends without foundation leaves nothing attached to the employee (docs/decisions/0012)."""

from datetime import date
from typing import Any

from intake.models import Case, CaseEvent, InvestigationEntry
from intake.policy.investigation import Entry
from intake.policy.redaction import without_names
from intake.policy.vocabulary import Status

from .calendar import set_due_on, town_clock

# « Si l'enquête ne permet pas d'obtenir des éléments de preuve » (4.4.1); all the more when none was made.
CITIZENS_WORDS = frozenset({"supplied", "supplied_files"})
ENDS_WITHOUT_FOUNDATION = frozenset({Status.UNFOUNDED, Status.INADMISSIBLE, Status.WITHDRAWN})


def is_over(case: Case) -> bool:
    """Say whether the complaint has ended without foundation: nothing is then added about anyone."""
    file = case.complaint
    return file.finding == "unfounded" or case.status_ in ENDS_WITHOUT_FOUNDATION


def without_words(changes: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """Take out of an event's changes what a citizen wrote and called his files: an event can't be sealed afterwards."""
    kept = {key: value for key, value in changes.items() if key not in CITIZENS_WORDS}
    words = changes.get("supplied", ""), *changes.get("supplied_files", ())
    return kept, "\n".join(part for part in words if part)


def write_note(event: CaseEvent, note: str, what: Entry = Entry.NOTE) -> None:
    """Keep words about a complaint in its log, sealed, where names can still go (art. 4.4.1)."""
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
    """Erase who was targeted: the rows that named him, his name in what staff wrote, the post he holds.

    The citizen's own words stay as he signed them, sealed: nobody searches them and nothing leads from a person to them.
    """
    file, names = case.complaint, case.complaint.names()
    for entry in case.investigation.exclude(what=Entry.SUPPLIED.value):
        masked = without_names(entry.note, names)
        if masked != entry.note:
            entry.note = masked
            entry.save(update_fields=["note"])
    file.internal_reasons = without_names(file.internal_reasons, names)
    file.target = ""
    file.save(update_fields=["internal_reasons", "target", "finding", "rejection"])
    case.accused.all().delete()
