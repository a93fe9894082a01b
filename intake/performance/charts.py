"""Where the bars of a chart stand, in units of its drawing; the same figures are in the table beside it.

A chart is an image with a title and a description. Two bars that stand together differ by hatching, not by colour alone
(WCAG 1.4.1), and each bears its number.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from intake.policy.performance import Line, Performance, Standing
from intake.policy.periods import period_of
from snippets.french_dates import date_format

from .tables import Table
from .words import in_words, number

# Lying bars: one a line, its name over it, its number after it.
WIDTH, LINE, NAME, BAR, ROOM_FOR_NUMBER = 380, 46, 14, 18, 70
# Standing bars: two a month, each as wide as its number needs.
GAP, THINNEST, DIGIT, HIGHEST, OVER, UNDER = 10, 22, 8, 150, 18, 20


@dataclass(frozen=True)
class Bar:
    """One bar, with its number and its name and where they are written."""

    x: int
    y: int
    width: int
    height: int
    tone: str
    number: str
    number_x: int
    number_y: int
    name: str = ""
    name_x: int = 0
    name_y: int = 0
    hatched: bool = False


@dataclass(frozen=True)
class Chart:
    """One drawing; `base` is where standing bars stand."""

    key: str
    title: str
    description: str
    width: int
    height: int
    bars: tuple[Bar, ...]
    base: int = 0


def lying(table: Table, tones: Sequence[str]) -> Chart:
    """Bars that lie under their names, one a row of a table of one column."""
    longest = max(1, *(int(row.cells[0].value) for row in table.rows))
    bars = []
    for place, (row, tone) in enumerate(zip(table.rows, tones, strict=True)):
        cell, top = row.cells[0], place * LINE
        width = _length(int(cell.value), longest, WIDTH - ROOM_FOR_NUMBER)
        bars.append(
            Bar(
                x=0,
                y=top + NAME + 6,
                width=width,
                height=BAR,
                tone=tone,
                number=cell.words,
                number_x=width + 8,
                number_y=top + NAME + 6 + BAR - 3,
                name=row.name,
                name_y=top + NAME,
                hatched=tone == Standing.STOPPED.value,
            )
        )
    told = "; ".join(f"{row.name} : {row.cells[0].words}" for row in table.rows)
    return Chart(table.key, table.title, told, WIDTH, len(table.rows) * LINE, tuple(bars))


def standings_tones(found: Performance) -> list[str]:
    """The tones of the bars of due days, in the order of their table."""
    return [standing.value for standing in Standing if standing is not Standing.WITHOUT or found.standings[standing]]


def months_chart(found: Performance) -> Chart:
    """Received and completed, month by month, side by side."""
    highest = max(1, *(max(line.figures.received, line.figures.completed) for line in found.months))
    thin = max(THINNEST, DIGIT * len(number(highest)))
    slot = 2 * thin + GAP
    bars = [bar for place, line in enumerate(found.months) for bar in _pair(place * slot, thin, line, highest)]
    told = _("%(month)s : %(received)s reçues, %(completed)s complétées")
    return Chart(
        key="mois",
        title=_("Requêtes reçues et complétées, mois par mois"),
        description="; ".join(
            told
            % {
                "month": in_words(period_of(line.key)),
                "received": number(line.figures.received),
                "completed": number(line.figures.completed),
            }
            for line in found.months
        ),
        width=slot * len(found.months),
        height=OVER + HIGHEST + UNDER,
        bars=tuple(bars),
        base=OVER + HIGHEST,
    )


def _pair(x: int, thin: int, line: Line, highest: int) -> Iterable[Bar]:
    month = period_of(line.key).first
    name = f"{date_format(month, 'N')} {date_format(month, 'y')}"
    counts = (("recues", line.figures.received, name), ("completees", line.figures.completed, ""))
    for place, (tone, count, under) in enumerate(counts):
        height, left = _length(count, highest, HIGHEST), x + GAP // 2 + place * thin
        yield Bar(
            x=left,
            y=OVER + HIGHEST - height,
            width=thin,
            height=height,
            tone=tone,
            number=number(count),
            number_x=left + thin // 2,
            number_y=OVER + HIGHEST - height - 4,
            name=under,
            name_x=x + thin + GAP // 2,
            name_y=OVER + HIGHEST + UNDER - 5,
            hatched=tone == "completees",
        )


def _length(count: int, longest: int, room: int) -> int:
    """The length of a bar; one that counts something is always seen."""
    return max(round(count * room / longest), 2) if count else 0
