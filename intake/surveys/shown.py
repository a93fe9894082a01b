"""Figures as people read them: a small count is said in words, a share has its sign, what is hidden says so."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from intake.policy.council import SMALLEST_COUNT, masked
from intake.process.council import month_words
from intake.reports.survey import ResultLine, Results

# A no-break space before the sign, as in French.
PERCENT = "%d\u00a0%%"
NOTHING = "–"


@dataclass(frozen=True)
class Shown:
    """One table: its title, the heading of its first column, its lines of words."""

    title: str
    first_heading: str
    lines: list[tuple[str, ...]]


def heading_of() -> tuple[str, ...]:
    """The headings that both tables share."""
    return (
        _("Invitations"),
        _("Réponses"),
        _("Réponse claire"),
        _("Délai convenable"),
        _("Satisfait du résultat"),
    )


def lines_of(lines: Iterable[ResultLine], *, months: bool = False, name: str = "") -> list[tuple[str, ...]]:
    """The words of each line, in the order of the headings; `name` is that of a total."""
    return [
        (
            name or (month_words(line.name) if months else line.name),
            str(line.invited),
            _answered(line),
            *(NOTHING if share is None else PERCENT % share for share in line.shares),
        )
        for line in lines
    ]


def _answered(line: ResultLine) -> str:
    if line.answered < SMALLEST_COUNT:
        return masked(line.answered)
    return _("non montré") if line.is_hidden else str(line.answered)


def span_of(found: Results) -> str:
    """« novembre 2025 à octobre 2026 »."""
    return _("%(first)s à %(last)s") % {"first": month_words(found.months[0]), "last": month_words(found.months[-1])}
