"""Plausible cases, drawn by the thousand: the rows that the verbs would have left, unsaved (bulk.py writes them)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import TypeVar

from intake.models import Case, CaseEvent, Requester
from intake.policy.clocks import TOWN_ZONE, Clock
from intake.policy.vocabulary import Channel, Charge, InquiryType, Kind, Priority, Status, Verb
from intake.process import Contact
from intake.process.calendar import town_clock
from snippets.models import Designation, RequestNature, TownSettings

from .people import People
from .stories import Stories, Story

T = TypeVar("T")

YEARS = 3  # the cases spread over so many years, up to now
STORIES_A_NATURE = 6
KINDS = ((Kind.REQUEST, 88), (Kind.INQUIRY, 6), (Kind.COMPLAINT, 2), (Kind.CLAIM, 2), (Kind.ACCESS_REQUEST, 2))
# The way each status was reached; most cases of three years are closed.
PATHS: dict[Status, tuple[Verb, ...]] = {
    Status.RECEIVED: (),
    Status.ROUTED: (Verb.ROUTE,),
    Status.IN_PROGRESS: (Verb.ROUTE, Verb.TAKE),
    Status.WAITING: (Verb.ROUTE, Verb.TAKE, Verb.WAIT),
    Status.COMPLETED: (Verb.ROUTE, Verb.TAKE, Verb.COMPLETE),
    Status.CLOSED: (Verb.ROUTE, Verb.TAKE, Verb.COMPLETE, Verb.CLOSE),
}
REACHED = {
    Verb.ROUTE: Status.ROUTED,
    Verb.TAKE: Status.IN_PROGRESS,
    Verb.WAIT: Status.WAITING,
    Verb.COMPLETE: Status.COMPLETED,
    Verb.CLOSE: Status.CLOSED,
    Verb.ANSWER: Status.CLOSED,
}
SHARES = ((Status.CLOSED, 86), (Status.COMPLETED, 3), (Status.IN_PROGRESS, 4), (Status.ROUTED, 3), (Status.WAITING, 2))
CHANNELS = ((Channel.WEB, 50), (Channel.PHONE, 30), (Channel.COUNTER, 10), (Channel.EMAIL, 8), (Channel.FIELD, 2))
ANSWERED, ACCEPTS_SURVEY = 0.9, 0.3
# A case that the town works on is not older than this.
OPEN_AT_MOST = timedelta(days=120)


class EmptyGrid(Exception):
    """There is no nature to file under, or a service without Responsable: the grid comes first."""


@dataclass
class Rows:
    """One case and what belongs to it, unsaved; the case has no reference yet."""

    case: Case
    requester: Requester
    events: list[CaseEvent]
    story: Story


@dataclass
class Generator:
    """Draws cases; the same seed and the same `now` give the same cases."""

    now: datetime
    seed: int
    clock: Clock = field(default_factory=town_clock)
    _due: dict[tuple[date, int], date] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rng = Random(self.seed)  # noqa: S311 - invented cases
        self.people = People(self.rng)
        self.inquiry_target = TownSettings.load().default_target_working_days
        designations = Designation.objects.effective_on(self.now.astimezone(TOWN_ZONE).date())
        self.designations = {designation.department_id: designation for designation in designations}
        self.tellers = self._tellers()

    def _tellers(self) -> list[tuple[RequestNature, list[Story]]]:
        """Each nature with a handful of stories, drawn once: 100,000 cases need not be 100,000 novels."""
        told = Stories(self.rng)
        today = self.now.astimezone(TOWN_ZONE).date()
        natures = [nature for nature in told.natures if nature.department_id in self.designations]
        if not natures:
            raise EmptyGrid
        return [(n, [told.request(n, today) for _ in range(STORIES_A_NATURE)]) for n in natures]

    def cases(self, count: int) -> Iterator[Rows]:
        """Yield cases in the order of their receipt, without a reference yet."""
        span = timedelta(days=365 * YEARS).total_seconds()
        moments = sorted(self.now - timedelta(seconds=self.rng.random() * span) for _ in range(count))
        return (self._rows(moment.replace(microsecond=0)) for moment in moments)

    def _rows(self, at: datetime) -> Rows:
        kind = _draw(self.rng, KINDS)
        nature, told = self.rng.choice(self.tellers)
        story = self.rng.choice(told) if kind is Kind.REQUEST else Story(self.rng.choice(told).facts)
        contact = self.people.contact(kind)
        status = self._status(kind, at)
        case = self._case(kind, nature, status, story, at)
        return Rows(case, _requester(case, contact), self._events(case, status), story)

    def _status(self, kind: Kind, at: datetime) -> Status:
        old = self.now - at > OPEN_AT_MOST
        if kind is Kind.INQUIRY:
            return Status.CLOSED if old or self.rng.random() < ANSWERED else Status.RECEIVED
        if kind is not Kind.REQUEST:
            return Status.RECEIVED
        if old:
            return Status.CLOSED
        return Status.RECEIVED if self.now - at < timedelta(days=1) else _draw(self.rng, SHARES)

    def _case(self, kind: Kind, nature: RequestNature, status: Status, story: Story, at: datetime) -> Case:
        is_request = kind is Kind.REQUEST
        target = nature.target_working_days if is_request else self.inquiry_target
        case = Case(
            kind=kind.value,
            inquiry_type=InquiryType.COMMENT.value if kind is Kind.INQUIRY else "",
            status=status.value,
            channel=_draw(self.rng, CHANNELS).value,
            department=nature.department,
            nature=nature if is_request else None,
            nature_name=nature.name if is_request else "",
            designation=self.designations[nature.department_id]
            if is_request and status is not Status.RECEIVED
            else None,
            charge=Charge.DIRECTOR.value if kind is Kind.COMPLAINT else None,
            priority=nature.priority if is_request else Priority.P3.value,
            # The words of a complaint are sealed in a table of their own (art. 4.5).
            facts="" if kind is Kind.COMPLAINT else story.facts,
            location=self.people.place() if nature.asks_location and kind is not Kind.COMPLAINT else "",
            received_at=at,
            last_event_at=at,
            target_working_days=target,
            due_on=self._due_on(at, target),
            wants_survey=self.rng.random() < ACCEPTS_SURVEY,
        )
        if status is Status.WAITING:
            case.waiting_reason_id, case.waiting_note = "material", "Pièce commandée."
        return case

    def _due_on(self, at: datetime, target: int) -> date:
        start = self.clock.day_zero(at)
        if (start, target) not in self._due:
            self._due[start, target] = self.clock.calendar.add(start, target)
        return self._due[start, target]

    def _events(self, case: Case, status: Status) -> list[CaseEvent]:
        """The history that leads to the status; sets the case's own moments on the way."""
        verbs = (Verb.ANSWER,) if case.kind == Kind.INQUIRY.value and status is Status.CLOSED else PATHS[status]
        at, source = case.received_at, Status.RECEIVED
        step = min(timedelta(days=4), (self.now - at) / (len(verbs) + 1))
        events = [_event(case, Verb.RECEIVE, "", source, at, "Citoyen")]
        for verb in verbs:
            at += step * self.rng.uniform(0.2, 0.95)
            target = REACHED[verb]
            events.append(_event(case, verb, source.value, target, at, "Technicien du Service aux citoyens"))
            if verb in {Verb.COMPLETE, Verb.ANSWER}:
                case.completed_at = at
            if verb is Verb.COMPLETE:
                case.done_on = at.astimezone(TOWN_ZONE).date()
            if target is Status.CLOSED:
                case.closed_at = at
            source = target
        case.last_event_at, case.version = at, len(events)
        return events


def _event(case: Case, verb: Verb, source: str, target: Status, at: datetime, who: str) -> CaseEvent:
    return CaseEvent(case=case, verb=verb.value, from_status=source, to_status=target.value, at=at, by_label=who)


def _requester(case: Case, contact: Contact) -> Requester:
    return Requester(
        case=case,
        first_name=contact.first_name,
        last_name=contact.last_name,
        email=contact.email,
        phone=contact.phone,
        phone_digits="".join(filter(str.isdigit, contact.phone)),
        address=contact.address,
        city=contact.city,
        postal_code=contact.postal_code,
    )


def _draw(rng: Random, shares: tuple[tuple[T, int], ...]) -> T:
    values, weights = zip(*shares, strict=True)
    return rng.choices(values, weights)[0]
