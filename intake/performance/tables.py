"""The tables of the page, as the screen, the paper and the workbook show them: words, numbers, and the list behind each."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.models.choices import KIND_LABELS
from intake.policy.council import masked
from intake.policy.performance import AGE_BANDS, Figures, Line, OtherCount, Performance, Standing
from intake.policy.periods import Period, period_of

from .addresses import Lists
from .words import STANDING_WORDS, age_words, in_words, number, percents


@dataclass(frozen=True)
class Cell:
    """One figure: its words, its value for a workbook, and the list behind it (empty: none)."""

    words: str
    value: int | str | None
    url: str = ""
    about: str = ""


@dataclass(frozen=True)
class Row:
    """One row: its name and its figures."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """One table; `key` names it in the page."""

    key: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class _Column:
    name: str
    heading: Promise
    show: Callable[[int | None], str] = number


_PERIOD = (
    _Column("received", gettext_lazy("Reçues")),
    _Column("completed", gettext_lazy("Complétées")),
    _Column("on_time", gettext_lazy("Dans le délai")),
    _Column("late", gettext_lazy("Après l'échéance")),
    _Column("share", gettext_lazy("Part dans le délai (%)"), percents),
    _Column("median", gettext_lazy("Délai médian (jours ouvrés)")),
    _Column("nine_in_ten", gettext_lazy("9 sur 10 en (jours ouvrés)")),
)
_TODAY = (
    _Column("open", gettext_lazy("Ouvertes aujourd'hui")),
    _Column("overdue", gettext_lazy("En retard aujourd'hui")),
)


def tables(found: Performance, lists: Lists) -> list[Table]:
    """By month, service, channel and nature; the rows in the order of the grid and of the calendar."""
    every = _PERIOD + _TODAY
    return [
        months_table(found, lists),
        _by("service", _("Par service"), _("Service"), found.departments, lists, every, total=found.total),
        _by("canal", _("Par canal"), _("Canal"), found.channels, lists, every),
        _by("nature", _("Par nature"), _("Nature"), found.natures, lists, every),
    ]


def months_table(found: Performance, lists: Lists) -> Table:
    """Thirteen months, so that the last is beside the same month of the year before."""
    rows = []
    for line in found.months:
        month = period_of(line.key)
        rows.append(Row(in_words(month), _cells(line.figures, _PERIOD, lists, in_words(month), period=month)))
    headings = (_("Mois"), *(str(column.heading) for column in _PERIOD))
    return Table("mois", _("Mois par mois"), headings, tuple(rows))


def _by(
    key: str,
    title: str,
    first: str,
    lines: Iterable[Line],
    lists: Lists,
    columns: tuple[_Column, ...],
    total: Figures | None = None,
) -> Table:
    rows = [Row(line.name, _cells(line.figures, columns, lists, line.name, **{key: line.key})) for line in lines]
    if total is not None and rows:
        rows.append(Row(_("Ensemble"), _cells(total, columns, lists, _("Ensemble"))))
    return Table(key, title, (first, *(str(column.heading) for column in columns)), tuple(rows))


def _cells(
    figures: Figures,
    columns: tuple[_Column, ...],
    lists: Lists,
    about: str,
    period: Period | None = None,
    **row: str,
) -> tuple[Cell, ...]:
    cells = []
    for column in columns:
        value = getattr(figures, column.name)
        url = lists.of_figure(column.name, period, **row) if value else ""
        cells.append(Cell(column.show(value), value, url, f"{column.heading}, {about}"))
    return tuple(cells)


def standings_table(found: Performance, lists: Lists) -> Table:
    """Where the open requests stand today; « sans échéance » only when there are some."""
    rows = [
        _count(str(STANDING_WORDS[standing]), found.standings[standing], lists.of_standing(standing))
        for standing in Standing
        if standing is not Standing.WITHOUT or found.standings[standing]
    ]
    return Table("echeances", _("Où en sont les échéances"), (_("Échéance"), _("Requêtes ouvertes")), tuple(rows))


def ages_table(found: Performance, lists: Lists, today: date) -> Table:
    """How old the open requests are."""
    rows = [_count(age_words(band), found.ages[band], lists.of_age(band, today)) for band in AGE_BANDS]
    return Table("ages", _("Depuis quand elles attendent"), (_("Reçues il y a"), _("Requêtes ouvertes")), tuple(rows))


def others_table(found: Performance, lists: Lists) -> Table:
    """Files of the other kinds received in the period, as far as the matrix lets the reader count them."""
    rows = []
    for kind, way, count in found.others:
        name = str(KIND_LABELS[kind.value])
        if way in (OtherCount.MASKED, OtherCount.OWN_MASKED):
            rows.append(Row(name, (Cell(masked(count), masked(count)),)))
        else:
            rows.append(_count(name, count, lists.of_kind(kind) if way is OtherCount.OWN else ""))
    return Table("autres", _("Autres dossiers reçus"), (_("Sorte"), _("Reçus dans la période")), tuple(rows))


def _count(name: str, count: int, url: str) -> Row:
    return Row(name, (Cell(number(count), count, url if count else "", name),))
