"""The page of figures and its workbook; who may not read figures is answered 404 (art. 4.5)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from intake.excel import performance_book
from intake.excel.workbook import MEDIA_TYPE
from intake.models import actor_for
from intake.policy.performance import Performance, Reading, reading_of
from intake.policy.periods import Period, Span, around
from intake.policy.roles import Actor
from intake.process.calendar import town_clock
from intake.reports.performance import Asked, performance
from snippets.models import TownSettings

from . import charts
from .addresses import Lists
from .definitions import definitions
from .form import PeriodForm
from .satisfied import satisfaction_words
from .summary import summary
from .tables import Table, ages_table, others_table, standings_table, tables
from .words import in_words

SPANS = (
    (Span.MONTH, gettext_lazy("Mois")),
    (Span.QUARTER, gettext_lazy("Trimestre")),
    (Span.YEAR, gettext_lazy("Année")),
)


@dataclass(frozen=True)
class Found:
    """What is shown: figures, and how to reach the lists behind them."""

    asked: Asked
    figures: Performance
    lists: Lists


class FiguresView(View):
    """What the page and the workbook share: the reader, the moment, the form, the figures."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer 404 to other roles."""
        if self.reading is Reading.NONE:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def actor(self) -> Actor:
        """Who reads."""
        return actor_for(self.request.user)

    @cached_property
    def reading(self) -> Reading:
        """How far he reads."""
        return reading_of(self.actor)

    @cached_property
    def now(self) -> datetime:
        """The moment of the figures, local."""
        return timezone.localtime()

    @cached_property
    def town(self) -> TownSettings:
        """The town, read once a request with whatever else the screen asks of it."""
        return TownSettings.load(request_or_site=self.request)

    @cached_property
    def form(self) -> PeriodForm:
        """What the address asks."""
        return PeriodForm(self.request.GET, today=self.now.date())

    @cached_property
    def found(self) -> Found | None:
        """The figures; None when what is asked must first be corrected."""
        if not self.form.is_valid():
            return None
        asked = self.form.asked()
        figures = performance(
            asked=asked,
            actor=self.actor,
            now=self.now,
            clock=town_clock(self.town),
            soon_working_days=self.town.due_soon_working_days,
        )
        return Found(asked, figures, Lists(asked, exist=self.reading is Reading.FILES))


class PerformanceView(FiguresView):
    """« Suivi de performance »."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the figures, or what to correct."""
        context = {
            "form": self.form,
            "title": _("Suivi de performance"),
            "reading": self.reading.value,
            "now": self.now,
        }
        if self.found is not None:
            context |= self._shown(self.found)
        return render(request, "intake_performance/figures.html", context)

    def _shown(self, found: Found) -> dict[str, Any]:
        figures, lists, today = found.figures, found.lists, self.now.date()
        period, before = found.asked.period, found.asked.period.a_year_before(today=today)
        after = period.next_to(1)
        due, ages = standings_table(figures, lists), ages_table(figures, lists, today)
        return {
            "title": _("Suivi de performance – %(period)s") % {"period": in_words(period)},
            "period": period,
            "tabs": list(self._tabs(period)),
            "before_link": self._link(period.next_to(-1)),
            "after_link": self._link(after if after and after.first <= today else None),
            "narrowed": [self.form.words_of(name) for name in self.form.narrowing()],
            "tiles": summary(figures, lists, before),
            "year_before": in_words(before),
            "open": figures.total.open,
            "due": due,
            "due_chart": charts.lying(due, charts.standings_tones(figures)),
            "ages": ages,
            "ages_chart": charts.lying(ages, ["recues"] * len(ages.rows)),
            "months_chart": charts.months_chart(figures),
            "tables": tables(figures, lists),
            "others": others_table(figures, lists),
            "satisfaction": satisfaction_words(self.actor, department=found.asked.department, today=today),
            "definitions": definitions(),
            "workbook": f"{reverse('intake_performance:workbook')}?{self.request.GET.urlencode()}",
        }

    def _tabs(self, period: Period) -> Iterator[dict[str, Any]]:
        """The month, the quarter and the year that hold the last day shown, or today."""
        day = min(period.last, self.now.date()) if period.holds(self.now.date()) else period.last
        for span, label in SPANS:
            yield {"label": label, "current": span is period.span, **self._link(around(span, day))}

    def _link(self, period: Period | None) -> dict[str, str]:
        if period is None:
            return {}
        params = {"periode": period.word, **self.form.narrowing()}
        return {"url": f"?{urlencode(params)}", "words": in_words(period)}


class BookView(FiguresView):
    """The tables as a workbook: what the page shows, nothing more."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send it; what must first be corrected is said on the page."""
        if self.found is None:
            return PerformanceView.as_view()(request)
        found = self.found
        title = _("Suivi de performance – %(period)s") % {"period": in_words(found.asked.period)}
        content = performance_book.build(
            [_sheet(table) for table in self._tables(found)],
            list(definitions()),
            about=[title, *(self.form.words_of(name) for name in self.form.narrowing())],
            town=self.town,
            made_at=self.now,
        )
        response = HttpResponse(content, content_type=MEDIA_TYPE)
        response["Content-Disposition"] = f'attachment; filename="suivi-{found.asked.period.first:%Y-%m-%d}.xlsx"'
        response["Cache-Control"] = "private, no-store"
        return response

    def _tables(self, found: Found) -> list[Table]:
        figures, lists = found.figures, found.lists
        small = [standings_table(figures, lists), ages_table(figures, lists, self.now.date())]
        others = others_table(figures, lists)
        return [*tables(figures, lists), *small, *([others] if others.rows else [])]


def _sheet(table: Table) -> performance_book.Sheet:
    rows = [(row.name, *(cell.value for cell in row.cells)) for row in table.rows]
    return performance_book.Sheet(table.title, table.headings, rows)
