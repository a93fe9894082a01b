"""Periods, numbers and bands of age in words."""

from datetime import date

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from intake.policy.performance import AgeBand, Standing
from intake.policy.periods import Period, Span
from snippets.french_dates import date_format

NOTHING = "–"
STANDING_WORDS: dict[Standing, str | Promise] = {
    Standing.LATE: gettext_lazy("En retard"),
    Standing.SOON: gettext_lazy("À faire bientôt"),
    Standing.STOPPED: gettext_lazy("En attente du citoyen, échéance suspendue"),
    Standing.LATER: gettext_lazy("Échéance plus tard"),
    Standing.WITHOUT: gettext_lazy("Sans échéance"),
}


def in_words(period: Period) -> str:
    """« novembre 2026 », « octobre à décembre 2026 », « année 2026 », « du 3 au 9 mars 2026 »."""
    match period.span:
        case Span.MONTH:
            return date_format(period.first, "F Y")
        case Span.QUARTER:
            first, last = date_format(period.first, "F"), date_format(period.last, "F Y")
            return _("%(first)s à %(last)s") % {"first": first, "last": last}
        case Span.YEAR:
            return _("année %(year)s") % {"year": period.first.year}
    if period.first == period.last:
        return _day(period.first)
    return _("du %(first)s au %(last)s") % {"first": _first_day(period), "last": _day(period.last)}


def _first_day(period: Period) -> str:
    """Leave out of the first day what the last one says too."""
    first, last = period.first, period.last
    if (first.year, first.month) == (last.year, last.month):
        return _day(first, "")
    return _day(first, " F" if first.year == last.year else " F Y")


def _day(day: date, rest: str = " F Y") -> str:
    number = _("1er") if day.day == 1 else str(day.day)
    return number + date_format(day, rest) if rest else number


def number(value: int | None) -> str:
    """« 1 234 », or a dash for what can't be counted."""
    return NOTHING if value is None else number_format(value, use_l10n=True, force_grouping=True)


def percents(value: int | None) -> str:
    """« 87 % »."""
    return NOTHING if value is None else f"{value} %"


def working_days(value: int | None) -> str:
    """« 3 jours ouvrés »."""
    if value is None:
        return NOTHING
    return ngettext("%(count)s jour ouvré", "%(count)s jours ouvrés", value) % {"count": number(value)}


def age_words(band: AgeBand) -> str:
    """« 7 jours ou moins », « De 8 à 30 jours », « Plus d'un an »."""
    if band.oldest is None:
        return _("Plus d'un an")
    if band.newest == 0:
        return _("%(days)s jours ou moins") % {"days": band.oldest}
    return _("De %(newest)s à %(oldest)s jours") % {"newest": band.newest, "oldest": band.oldest}
