"""What a director reads in a minute: four figures of the period beside those of the year before."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from intake.policy.performance import Performance
from intake.policy.periods import Period

from .addresses import Lists
from .words import number, percents, working_days


@dataclass(frozen=True)
class Part:
    """Words of a tile, with the list behind them (empty: none)."""

    words: str
    url: str = ""


@dataclass(frozen=True)
class Tile:
    """One figure in large, what it is made of, and the same of the year before."""

    name: str
    figure: Part
    before: Part
    change: str = ""
    details: tuple[Part, ...] = ()


def summary(found: Performance, lists: Lists, before: Period) -> list[Tile]:
    """Received, completed, share within the delay, delay; `before` is the period of the year before."""
    now, then = found.total, found.year_before

    def counted(key: str, name: str) -> Tile:
        here, there = getattr(now, key), getattr(then, key)
        return Tile(
            name,
            Part(number(here), lists.of_figure(key) if here else ""),
            Part(number(there), lists.of_figure(key, before) if there else ""),
            change=_change(here - there),
        )

    on_time = Part(_("%(count)s dans le délai") % {"count": number(now.on_time)}, lists.of_figure("on_time"))
    late = Part(_("%(count)s après l'échéance") % {"count": number(now.late)}, lists.of_figure("late"))
    nine = Part(_("9 sur 10 en %(days)s ou moins") % {"days": working_days(now.nine_in_ten)})
    return [
        counted("received", _("Requêtes reçues")),
        counted("completed", _("Requêtes complétées")),
        Tile(
            _("Part dans le délai"),
            Part(percents(now.share)),
            Part(percents(then.share)),
            details=tuple(part for part, count in ((on_time, now.on_time), (late, now.late)) if count),
        ),
        Tile(
            _("Délai médian"),
            Part(working_days(now.median)),
            Part(working_days(then.median)),
            details=(nine,) if now.completed else (),
        ),
    ]


def _change(difference: int) -> str:
    """« +12 », « −3 », « même nombre »."""
    if not difference:
        return _("même nombre")
    return f"+{number(difference)}" if difference > 0 else f"−{number(-difference)}"
