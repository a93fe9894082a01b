"""The files of another system (art. 4.1, 1: « un point d'entrée unique »): looked at, then written as if received here.

What the verbs of a received file would have written one by one is written many at a time: case, requester, event and old
reference. Nobody is told anything: no notice of receipt, no word to the Responsable. Decision 0014 says what differs.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from django.db import transaction

from intake.excel.staged import Staged
from intake.models import Case, CaseEvent, OldReference, Requester, fold, hold_references, next_references
from intake.policy.clocks import local_day
from intake.policy.import_mapping import ImportMapping, Target
from intake.policy.import_rows import Incoming, Problem, RowReader
from intake.policy.list_answers import folded
from intake.policy.references import new_tracking_code, tracking_hash
from intake.policy.refusal import Refusal
from intake.policy.roles import Actor, Role
from intake.policy.vocabulary import ENDED_STATUSES, Kind, Priority, Status, Verb

from .import_town import ImportTown, read_town
from .receive import phone_digits, type_of
from .steps import Refused

# A request that has no Responsable (art. 4.1): nobody works on it here.
UNROUTED = (Status.RECEIVED, Status.WITHDRAWN, Status.OUT_OF_SCOPE)
# A killed import loses one chunk, whose rows are then not there yet: the same file again brings the rest.
CHUNK = 500
IMPORTING_ROLES = frozenset({Role.TECHNICIAN})
# Called after each chunk, in its transaction: how many rows were treated so far, how many of the chunk were written.
Progress = Callable[[int, int], None]


class State(Enum):
    """What would become of one row."""

    CREATES = "creates"
    ALREADY = "already"
    LEFT_OUT = "left_out"
    REFUSED = "refused"


@dataclass(frozen=True)
class Outcome:
    """One row as it would be treated; `place` of a problem is its cell, « C12 »."""

    row: int
    reference: str
    state: State
    incoming: Incoming | None = None
    problems: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def why(self) -> str:
        """Every reason of a refusal on one line."""
        return " ".join(f"{place} : {reason}" for place, reason in self.problems)


@dataclass(frozen=True)
class Report:
    """What an import did, or would do."""

    outcomes: Sequence[Outcome]
    applied: bool = False

    def count(self, state: State) -> int:
        """How many rows have this outcome."""
        return sum(outcome.state is state for outcome in self.outcomes)

    @property
    def refused(self) -> list[Outcome]:
        """The rows that can't be taken."""
        return [outcome for outcome in self.outcomes if outcome.state is State.REFUSED]

    @property
    def warnings(self) -> list[tuple[str, int]]:
        """What is to be known of rows that are taken, with how many of them, the most frequent first."""
        taken = (outcome for outcome in self.outcomes if outcome.state is State.CREATES)
        return Counter(words for outcome in taken for words in outcome.warnings).most_common()


def import_cases(
    *,
    staged: Staged,
    mapping: ImportMapping,
    by: Actor,
    now: datetime,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Bring in the rows that can be, and say of each what became of it; with `dry_run`, say it and write nothing.

    Chunks of 500 rows, each in its transaction: a file killed in the middle and brought again gives each row once.
    Raises Refused for other roles and BadMapping when a column is missing.
    """
    if not by.has_any(IMPORTING_ROLES):
        raise Refused(Refusal("4.1", "Seul le Technicien du Service aux citoyens importe des demandes."))
    system = known_system(mapping.system)
    town = read_town(now=now)
    outcomes = list(_review(staged, mapping, town, system, now))
    if dry_run:
        return Report(outcomes)
    done = []
    for start in range(0, len(outcomes), CHUNK):
        chunk = outcomes[start : start + CHUNK]
        with transaction.atomic():
            written = _write(chunk, town, system, by, now)
            if progress is not None:
                progress(start + len(chunk), sum(outcome.state is State.CREATES for outcome in written))
        done += written
    return Report(done, applied=True)


def known_system(name: str) -> str:
    """Return the spelling under which a system is known already: « prioris » and « Prioris » are the same one."""
    systems = OldReference.objects.order_by("system").values_list("system", flat=True).distinct()
    known = {folded(system): system for system in systems}
    return known.get(folded(name), name)


def _review(staged: Staged, mapping: ImportMapping, town: ImportTown, system: str, now: datetime) -> Iterator[Outcome]:
    reader = RowReader(mapping, staged.headings, town.vocabulary, town.recipients, now)
    places = reader.places
    there = set(OldReference.objects.filter(system=system).order_by().values_list("folded", flat=True))
    seen: dict[str, int] = {}

    def placed(problem: Problem, row: int) -> tuple[str, str]:
        return staged.place(places.get(problem.target) if problem.target else None, row), problem.reason

    for row in staged.rows:
        read = reader.read(row.values)
        key = key_of(read.reference)
        if read.left_out:
            yield Outcome(row.number, read.reference, State.LEFT_OUT)
        elif key and key in there:
            yield Outcome(row.number, read.reference, State.ALREADY)
        elif key in seen:
            twice = Problem(Target.REFERENCE, f"Ce numéro est déjà à la ligne {seen[key]}.")
            yield Outcome(row.number, read.reference, State.REFUSED, problems=(placed(twice, row.number),))
        elif read.problems:
            problems = tuple(placed(problem, row.number) for problem in read.problems)
            yield Outcome(row.number, read.reference, State.REFUSED, problems=problems)
        else:
            seen[key] = row.number
            yield Outcome(row.number, read.reference, State.CREATES, read.incoming, warnings=read.warnings)


def key_of(reference: str) -> str:
    """The form under which an old reference is compared, the one that the database stores."""
    return fold(reference)


def _write(chunk: Sequence[Outcome], town: ImportTown, system: str, by: Actor, now: datetime) -> list[Outcome]:
    """Write the rows of a chunk that create a case; one that another import brought meanwhile is already there."""
    wanted = [outcome for outcome in chunk if outcome.state is State.CREATES]
    if not wanted:
        return list(chunk)
    year = local_day(now).year
    # Whoever imports at the same moment waits here, then sees what this one wrote.
    hold_references(year)
    keys = [key_of(outcome.reference) for outcome in wanted]
    there = set(OldReference.objects.filter(system=system, folded__in=keys).values_list("folded", flat=True))
    kept = {outcome.row for outcome, key in zip(wanted, keys, strict=True) if key not in there}
    incomings = [outcome.incoming for outcome in wanted if outcome.row in kept]
    if incomings:
        _add(incomings, town, system, by, now)
    return [
        replace(outcome, state=State.ALREADY, incoming=None, warnings=())
        if outcome.state is State.CREATES and outcome.row not in kept
        else outcome
        for outcome in chunk
    ]


def _add(incomings: Sequence[Incoming], town: ImportTown, system: str, by: Actor, now: datetime) -> None:
    year = local_day(now).year
    numbers = next_references(year, len(incomings))
    cases = Case.objects.bulk_create(
        _case(incoming, town, year=year, taken=taken, now=now)
        for incoming, taken in zip(incomings, numbers, strict=True)
    )
    pairs = list(zip(cases, incomings, strict=True))
    Requester.objects.bulk_create(_requester(case, incoming) for case, incoming in pairs if incoming.contact)
    CaseEvent.objects.bulk_create(_event(case, incoming, system, by, now) for case, incoming in pairs)
    OldReference.objects.bulk_create(
        OldReference(case=case, system=system, reference=incoming.reference) for case, incoming in pairs
    )


def _case(incoming: Incoming, town: ImportTown, *, year: int, taken: tuple[str, int], now: datetime) -> Case:
    """Build the case as `receive`, then the verbs that lead to its status, would have left it.

    The number is of the year in which it enters here: those of past years are given, in their order, without gaps.
    """
    reference, number = taken
    nature, department = town.nature(incoming), town.department(incoming)
    target = nature.target_working_days if nature else town.default_target
    status, done_at = incoming.status, incoming.done_at
    designation = town.designations.get(department.code) if _is_routed(incoming) else None
    return Case(
        reference=reference,
        year=year,
        number=number,
        kind=incoming.kind.value,
        inquiry_type=type_of(incoming.kind, None),
        status=status.value,
        channel=incoming.channel.value,
        department=department,
        nature=nature,
        nature_name=nature.name if nature else "",
        designation=designation,
        process_schema=department.process_schema_id if designation else "",
        priority=nature.priority if nature else Priority.P3.value,
        facts=incoming.facts,
        location=incoming.location,
        received_at=incoming.received_at,
        target_working_days=target,
        due_on=town.due_on(incoming.received_at, target),
        waiting_reason_id=incoming.waiting_reason or None,
        done_on=local_day(done_at) if done_at and _is_request_done(incoming) else None,
        completed_at=done_at if status in (Status.COMPLETED, Status.CLOSED) else None,
        closed_at=done_at if status in ENDED_STATUSES else None,
        last_event_at=now,
        # Nobody was given the code: only the staff follows this file.
        tracking_hash=tracking_hash(reference, new_tracking_code()),
    )


def _is_routed(incoming: Incoming) -> bool:
    return incoming.kind is Kind.REQUEST and incoming.status not in UNROUTED


def _is_request_done(incoming: Incoming) -> bool:
    return incoming.kind is Kind.REQUEST and incoming.status in (Status.COMPLETED, Status.CLOSED)


def _requester(case: Case, incoming: Incoming) -> Requester:
    return Requester(case=case, phone_digits=phone_digits(incoming.contact["phone"]), **incoming.contact)


def _event(case: Case, incoming: Incoming, system: str, by: Actor, now: datetime) -> CaseEvent:
    return CaseEvent(
        case=case,
        verb=Verb.IMPORT.value,
        at=now,
        by_id=by.user_id,
        by_label=by.label,
        to_status=case.status,
        internal_note=incoming.note,
        changes={
            "channel": case.channel,
            "received_at": case.received_at.isoformat(),
            "system": system,
            "old_reference": incoming.reference,
        },
    )
