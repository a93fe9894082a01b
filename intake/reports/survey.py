"""The results of the survey (art. 4.1): by service and by month, figures that point at nobody (art. 4.5)."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from intake.models import SurveyAnswer, SurveyInvitation
from intake.policy.council import months_ending
from intake.policy.surveys import Opinion, hidden, month_of, share
from snippets.models import Department

QUESTIONS = ("is_clear", "is_timely", "is_satisfied")
YES = Opinion.YES.value


NO_ANSWER = (0,) * (1 + len(QUESTIONS))


@dataclass(frozen=True)
class Cell:
    """One service, by its code, in one month: `counts` are the answers, then the « oui » to each question."""

    department: str
    month: str
    invited: int = 0
    counts: tuple[int, ...] = NO_ANSWER


@dataclass(frozen=True)
class ResultLine:
    """One service, or one month; `shares` follow QUESTIONS. What is hidden has no shares, and its count is not shown."""

    key: str  # the code of the service, the month; empty for the total
    name: str
    invited: int
    answered: int
    shares: tuple[int | None, ...]
    is_hidden: bool

    @property
    def satisfied(self) -> int | None:
        """The share of « oui » to « êtes-vous satisfait du résultat? », a whole percentage; None when it is not shown."""
        return self.shares[QUESTIONS.index("is_satisfied")]


@dataclass(frozen=True)
class Results:
    """The twelve months before the one under way."""

    months: tuple[str, ...]  # 2026-11, oldest first
    by_department: tuple[ResultLine, ...]
    by_month: tuple[ResultLine, ...]  # named 2026-11, newest first
    total: ResultLine

    def of(self, department: str) -> ResultLine | None:
        """Return the line of a service by its code, of all of them when it is empty; None when it has no line."""
        if not department:
            return self.total
        return next((line for line in self.by_department if line.key == department), None)


def months_over(today: date) -> tuple[str, ...]:
    """The twelve months that are over: who reads every day does not see one answer arrive, and whose mail was last sent."""
    before = (today.year, today.month - 1) if today.month > 1 else (today.year - 1, 12)
    return tuple(f"{year:04d}-{month:02d}" for year, month in months_ending(*before))


def results(*, today: date, departments: Collection[int] | None = None) -> Results:
    """Count invitations and answers by service and by month, for some services or all (None). Three queries."""
    months = months_over(today)
    cells = _cells(months, departments)
    served = {cell.department for cell in cells}
    names = _of(Department.objects.all(), "pk", departments).values_list("code", "name")
    return Results(
        months,
        by_department=_lines([row for row in names if row[0] in served], cells, lambda cell: cell.department),
        by_month=_lines([(month, month) for month in reversed(months)], cells, lambda cell: cell.month),
        total=_lines([("", "")], cells, lambda _cell: "")[0],
    )


def _of(rows: QuerySet, field: str, departments: Collection[int] | None) -> QuerySet:
    return rows if departments is None else rows.filter(**{f"{field}__in": departments})


def _cells(months: Sequence[str], departments: Collection[int] | None) -> list[Cell]:
    """Read what was counted: never shown as it is, a service in one month is often one person."""
    answers = _of(SurveyAnswer.objects.filter(month__range=(months[0], months[-1])), "department", departments)
    yes = {f"yes_{question}": Count("pk", filter=Q(**{question: YES})) for question in QUESTIONS}
    answered = answers.values_list("department__code", "month").order_by().annotate(Count("pk"), **yes)
    first = date.fromisoformat(f"{months[0]}-01")
    invitations = _of(SurveyInvitation.objects.filter(invited_on__gte=first), "case__department", departments)
    invited = invitations.values_list("case__department__code", "invited_on").order_by().annotate(Count("pk"))
    return [
        *(Cell(department, month, counts=tuple(counts)) for department, month, *counts in answered),
        *(
            Cell(department, month_of(day), invited=count)
            for department, day, count in invited
            if month_of(day) <= months[-1]
        ),
    ]


def _lines(
    names: Iterable[tuple[str, str]], cells: Sequence[Cell], key_of: Callable[[Cell], str]
) -> tuple[ResultLine, ...]:
    """Add the cells up, one line a name."""
    names = list(names)
    invited = {key: 0 for key, _name in names}
    counts = dict.fromkeys(invited, NO_ANSWER)
    for cell in cells:
        key = key_of(cell)
        invited[key] += cell.invited
        counts[key] = tuple(one + other for one, other in zip(counts[key], cell.counts, strict=True))
    kept_back = hidden({key: answered for key, (answered, *_yes) in counts.items()})
    return tuple(_line(key, name, invited[key], counts[key], is_hidden=key in kept_back) for key, name in names)


def _line(key: str, name: str, invited: int, counts: tuple[int, ...], *, is_hidden: bool) -> ResultLine:
    answered, *yes = counts
    shares = tuple(None if is_hidden else share(count, answered) for count in yes)
    return ResultLine(key, name, invited, answered, shares, is_hidden)
