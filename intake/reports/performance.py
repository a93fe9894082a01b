"""The director's figures (art. 4.1: « suivi de performance »), read from the files in a number of queries that never grows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from intake.models import Case, Pause
from intake.models.case import OPEN
from intake.models.choices import CHANNEL_LABELS
from intake.models.sights import sights_q
from intake.policy import clocks
from intake.policy.clocks import SOON_WORKING_DAYS, Clock, local_day, moments
from intake.policy.council import months_ending
from intake.policy.performance import (
    AGE_BANDS,
    AgeBand,
    Figures,
    Line,
    OtherCount,
    Performance,
    Reading,
    Standing,
    Tally,
    WorkingDays,
    age_band,
    delay,
    other_counts,
    reading_of,
    standing,
)
from intake.policy.periods import Period, Span, around
from intake.policy.roles import Actor
from intake.policy.vocabulary import Kind
from intake.policy.working_days import FIRST_DAY
from snippets.models import Department

# So that the same month of last year is the first of the table.
MONTHS_SHOWN = 13
WITHOUT_NATURE = "aucune"
# What is read of a request, whatever its size: no word of anyone.
FIELDS = (
    "pk",
    "department_id",
    "nature_id",
    "channel",
    "received_at",
    "completed_at",
    "done_on",
    "due_on",
    "status",
    "clock_stopped_on",
)
# Nearly every request was received within a year before it was completed; the others cost a little more.
_A_YEAR = timedelta(days=366)


@dataclass(frozen=True)
class Asked:
    """What the figures are asked for: a period, and codes that narrow it; empty: all."""

    period: Period
    department: str = ""
    nature: str = ""
    channel: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Say whether only a part of the requests is counted."""
        return bool(self.department or self.nature or self.channel)


class _Row(NamedTuple):
    pk: int
    department_id: int
    nature_id: int | None
    channel: str
    received_at: datetime
    completed_at: datetime | None
    done_on: date | None
    due_on: date | None
    status: str
    clock_stopped_on: date | None


def performance(
    *, asked: Asked, actor: Actor, now: datetime, clock: Clock, soon_working_days: int = SOON_WORKING_DAYS
) -> Performance:
    """Count for an actor what he may see (art. 4.5). Four queries, whatever the size.

    `soon_working_days` is how many working days the town calls « bientôt ».
    """
    counted = _Counted(asked, clock, local_day(now), requests_for(actor, asked), soon_working_days)
    for row in counted.rows():
        counted.add(row)
    departments, natures = _grid()
    return Performance(
        total=counted.total.figures(),
        year_before=counted.year_before.figures(),
        standings=counted.standings,
        ages=counted.ages,
        departments=tuple(_lines(counted.departments, departments)),
        natures=tuple(_lines(counted.natures, natures)),
        channels=tuple(
            _lines(counted.channels, ((value, value, str(label)) for value, label in CHANNEL_LABELS.items()))
        ),
        months=tuple(Line(month.word, "", counted.months[month.word].figures()) for month in counted.months_shown),
        others=() if asked.is_narrowed else tuple(_others(actor, asked.period)),
    )


def requests_for(actor: Actor, asked: Asked) -> QuerySet:
    """The requests that are counted for an actor: those that he sees, or all for who reads figures without files."""
    cases = Case.objects.all() if reading_of(actor) is Reading.FIGURES else Case.objects.visible_to_actor(actor)
    cases = cases.filter(kind=Kind.REQUEST.value)
    if asked.department:
        cases = cases.filter(department__code=asked.department)
    if asked.nature:
        cases = cases.filter(nature_q(asked.nature))
    return cases.filter(channel=asked.channel) if asked.channel else cases


def nature_q(code: str) -> Q:
    """The files of a nature, or those that have none yet."""
    return Q(nature__isnull=True) if code == WITHOUT_NATURE else Q(nature__code=code)


def _within(name: str, span: tuple[date, date]) -> Q:
    start, end = moments(*span)
    return Q(**{f"{name}__gte": start, f"{name}__lt": end})


@dataclass
class _Counted:
    """The rows of one reading, counted as they come."""

    asked: Asked
    clock: Clock
    today: date
    requests: QuerySet
    soon_working_days: int
    total: Tally = field(default_factory=Tally)
    year_before: Tally = field(default_factory=Tally)
    departments: dict[int, Tally] = field(default_factory=lambda: defaultdict(Tally))
    natures: dict[int | None, Tally] = field(default_factory=lambda: defaultdict(Tally))
    channels: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    months: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    standings: dict[Standing, int] = field(default_factory=lambda: dict.fromkeys(Standing, 0))
    ages: dict[AgeBand, int] = field(default_factory=lambda: dict.fromkeys(AGE_BANDS, 0))

    def __post_init__(self) -> None:
        self.before = self.asked.period.a_year_before(today=self.today)
        self.soon = self.clock.calendar.add(self.today, self.soon_working_days)

    @cached_property
    def months_shown(self) -> list[Period]:
        """The months of the table, up to the period's last one, or to this one; the calendar begins with its first year."""
        period = self.asked.period
        last = self.today if period.holds(self.today) else period.last
        months = [date(*month, 1) for month in months_ending(last.year, last.month, count=MONTHS_SHOWN)]
        return [around(Span.MONTH, first) for first in months if first >= FIRST_DAY]

    @cached_property
    def window(self) -> tuple[date, date]:
        """Every day that some figure is about."""
        first = min(self.before.first, self.months_shown[0].first)
        return first, max(self.asked.period.last, self.months_shown[-1].last)

    @cached_property
    def days(self) -> WorkingDays:
        """The working days of the window and of the year before it, counted once."""
        first, last = self.window
        return WorkingDays(self.clock.calendar, max(first - _A_YEAR, FIRST_DAY), last)

    @cached_property
    def pauses(self) -> dict[int, list[clocks.Pause]]:
        """The times during which the citizen was awaited, of what was completed."""
        completed = self.requests.filter(_within("completed_at", self.window))
        found = defaultdict(list)
        waits = Pause.objects.filter(case_id__in=completed.order_by().values("pk"))
        for case_id, started_on, ended_on in waits.values_list("case_id", "started_on", "ended_on"):
            found[case_id].append(clocks.Pause(started_on, ended_on))
        return found

    def rows(self) -> Iterator[_Row]:
        """Whatever some figure counts, read once."""
        wanted = _within("received_at", self.window) | _within("completed_at", self.window) | Q(status__in=OPEN)
        rows = self.requests.filter(wanted).order_by().values_list(*FIELDS)
        return map(_Row._make, rows.iterator(chunk_size=5_000))

    def add(self, row: _Row) -> None:
        """Count one request everywhere it belongs."""
        groups = (
            self.total,
            self.departments[row.department_id],
            self.natures[row.nature_id],
            self.channels[row.channel],
        )
        received_on = local_day(row.received_at)
        for tally in self._about(received_on, groups):
            tally.received += 1
        if row.completed_at is not None:
            self._complete(row, groups)
        if row.status in OPEN:
            self._still_open(row, received_on, groups)

    def _about(self, day: date, groups: Iterable[Tally]) -> Iterator[Tally]:
        """The tallies of a day: those of the period, of the year before, of the month."""
        if self.asked.period.holds(day):
            yield from groups
        if self.before.holds(day):
            yield self.year_before
        if self.months_shown[0].first <= day <= self.months_shown[-1].last:
            yield self.months[f"{day:%Y-%m}"]

    def _complete(self, row: _Row, groups: Iterable[Tally]) -> None:
        completed_on = local_day(row.completed_at)
        tallies = list(self._about(completed_on, groups))
        if tallies:
            done_on = row.done_on or completed_on
            zero = self.clock.day_zero(row.received_at)
            took = delay(zero, done_on, self.pauses.get(row.pk, ()), self.days)
            for tally in tallies:
                tally.complete(done_on=done_on, due_on=row.due_on, took=took)

    def _still_open(self, row: _Row, received_on: date, groups: Iterable[Tally]) -> None:
        where = standing(due_on=row.due_on, stopped=row.clock_stopped_on is not None, today=self.today, soon=self.soon)
        self.standings[where] += 1
        self.ages[age_band(received_on, self.today)] += 1
        for tally in groups:
            tally.open += 1
            tally.overdue += where is Standing.LATE


def _lines(tallies: dict, names: Iterable[tuple]) -> Iterator[Line]:
    """The rows of a table in the order of the town's grid, which says nothing of who does well (art. 4.7, 4.8)."""
    for found, key, name in names:
        if found in tallies:
            figures: Figures = tallies[found].figures()
            if figures:
                yield Line(key, name, figures)


def _grid() -> tuple[list[tuple], list[tuple]]:
    """Services, then natures, each (id, code, name) in the order of the grid, retired ones included. One query for both."""
    rows = Department.objects.order_by("sort_order", "name", "natures__code").values_list(
        "pk", "code", "name", "natures__pk", "natures__code", "natures__name"
    )
    departments: dict[int, tuple] = {}
    natures = []
    for pk, code, name, nature_id, nature_code, nature_name in rows:
        departments[pk] = (pk, code, name)
        if nature_id is not None:
            natures.append((nature_id, nature_code, f"{nature_code} {nature_name}"))
    return [*departments.values()], [*natures, (None, WITHOUT_NATURE, str(_("À classer")))]


def _others(actor: Actor, period: Period) -> Iterator[tuple[Kind, OtherCount, int]]:
    """The other kinds that the matrix lets the actor count: all of their files, or those that he sees."""
    ways = other_counts(actor)
    counted = {True: [], False: []}
    for kind, way in ways.items():
        counted[way in (OtherCount.OWN, OtherCount.OWN_MASKED)].append(kind.value)
    wanted = Q(kind__in=counted[False]) | Q(kind__in=counted[True]) & sights_q(actor)
    cases = Case.objects.filter(wanted, _within("received_at", (period.first, period.last)))
    found = dict(cases.order_by().values_list("kind").annotate(Count("pk")))
    for kind, way in ways.items():
        yield kind, way, found.get(kind.value, 0)
