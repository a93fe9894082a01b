"""The address of the list behind a figure: the filters of the queue, so that it has exactly as many rows."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.http import urlencode

from intake.policy.performance import AgeBand, Standing
from intake.policy.periods import Period
from intake.policy.vocabulary import Kind
from intake.queue.filters import KEPT, MISSED
from intake.queue.tabs import ALL, OPEN
from intake.reports.performance import Asked

_COMPLETED = {"completed": {}, "on_time": {"delai": KEPT}, "late": {"delai": MISSED}}
_OPEN = {"open": {}, "overdue": {"echeance": Standing.LATE.value}}


@dataclass(frozen=True)
class Lists:
    """The lists behind the figures of a page; there is none for who reads figures without files (§3, « M »)."""

    asked: Asked
    exist: bool

    def of_figure(self, name: str, period: Period | None = None, **row: str) -> str:
        """Address of the requests of one figure in one row; empty when there is no list.

        `period` is another than the page's; `row` is the service, nature or channel of the row.
        """
        span = period or self.asked.period
        days = {"du": span.first.isoformat(), "au": span.last.isoformat()}
        if name in _OPEN:
            return self._address(vue=OPEN, **_OPEN[name], **row)
        if name in _COMPLETED:
            return self._address(completee_du=days["du"], completee_au=days["au"], **_COMPLETED[name], **row)
        return self._address(recue_du=days["du"], recue_au=days["au"], **row) if name == "received" else ""

    def of_standing(self, standing: Standing) -> str:
        """Open requests that stand so today."""
        return self._address(vue=OPEN, echeance=standing.value)

    def of_age(self, band: AgeBand, today: date) -> str:
        """Open requests as old as this; the newest band holds whatever came since."""
        first, last = band.days(today)
        oldest = {"recue_du": first.isoformat()} if first else {}
        newest = {"recue_au": last.isoformat()} if band.newest else {}
        return self._address(vue=OPEN, **oldest, **newest)

    def of_kind(self, kind: Kind) -> str:
        """Files of another kind received in the period."""
        first, last = self.asked.period.first, self.asked.period.last
        return _queue(vue=ALL, sorte=kind.value, recue_du=first.isoformat(), recue_au=last.isoformat())

    def _address(self, **params: str) -> str:
        if not self.exist:
            return ""
        asked = {"service": self.asked.department, "nature": self.asked.nature, "canal": self.asked.channel}
        return _queue(**{"vue": ALL, "sorte": Kind.REQUEST.value, **asked, **params})


def _queue(**params: str) -> str:
    kept = {name: value for name, value in params.items() if value}
    return f"{reverse('demandes_modeladmin_index')}?{urlencode(kept)}"
