"""Writes plausible cases in bulk, for benchmarks: references without gaps, history and answers included."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice

from django.db import transaction

from intake.models import Answer, Case, CaseEvent, ComplaintFile, Intervention, ReferenceCounter, Requester
from intake.policy.clocks import local_day
from intake.policy.references import format_reference, new_tracking_code, tracking_hash
from intake.policy.vocabulary import COMPLETION_CODE, Kind, Verb

from .plausible import Generator, Rows

BATCH = 2000
EXTENSION = "2101"


class Counters:
    """Gives the numbers of each year, its counter locked until the transaction ends."""

    def __init__(self) -> None:
        self._held: dict[int, ReferenceCounter] = {}

    def number(self, case: Case) -> None:
        """Give the case the next reference of the year of its receipt, and a tracking code that nobody knows."""
        case.year = local_day(case.received_at).year
        if case.year not in self._held:
            ReferenceCounter.objects.get_or_create(year=case.year)
            self._held[case.year] = ReferenceCounter.objects.select_for_update().get(year=case.year)
        counter = self._held[case.year]
        counter.last_number += 1
        case.number, case.reference = counter.last_number, format_reference(case.year, counter.last_number)
        case.tracking_hash = tracking_hash(case.reference, new_tracking_code())

    def save(self) -> None:
        """Write how far each year is."""
        ReferenceCounter.objects.bulk_update(self._held.values(), ["last_number"])


@transaction.atomic
def generate(count: int, *, seed: int, now: datetime, progress: Callable[[int], None]) -> None:
    """Write `count` cases, all or none; `progress` hears how many are written. Raises EmptyGrid."""
    cases, counters, done = Generator(now, seed).cases(count), Counters(), 0
    for batch in _batches(cases):
        _write(batch, counters)
        done += len(batch)
        progress(done)
    counters.save()


def _batches(rows: Iterator[Rows]) -> Iterator[list[Rows]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def _write(batch: list[Rows], counters: Counters) -> None:
    for rows in batch:
        counters.number(rows.case)
    Case.objects.bulk_create(rows.case for rows in batch)
    Requester.objects.bulk_create(rows.requester for rows in batch)
    CaseEvent.objects.bulk_create(event for rows in batch for event in rows.events)
    complaints = (rows for rows in batch if rows.case.kind == Kind.COMPLAINT.value)
    ComplaintFile.objects.bulk_create(
        ComplaintFile(case=rows.case, words=rows.story.facts, target="service") for rows in complaints
    )
    Answer.objects.bulk_create(_answers(batch))
    Intervention.objects.bulk_create(_interventions(batch))


def _answers(batch: list[Rows]) -> Iterator[Answer]:
    for rows in batch:
        for position, given in enumerate(rows.story.answers):
            yield Answer(
                case=rows.case,
                position=position,
                key=given.key,
                label=given.label,
                question_type=given.question_type,
                value=given.value,
                display=given.display,
                question_id=given.question_id,
            )


def _interventions(batch: list[Rows]) -> Iterator[Intervention]:
    for rows in batch:
        for event in rows.events:
            if event.verb == Verb.COMPLETE.value:
                yield Intervention(
                    case=rows.case,
                    event=event,
                    code_id=COMPLETION_CODE,
                    done_on=rows.case.done_on,
                    phone_extension=EXTENSION,
                    internal_note=rows.story.note,
                    public_message=rows.story.message,
                )
