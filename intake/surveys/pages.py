"""The page of the results and its workbook; for whoever may not read them they do not exist (art. 4.5)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View

from intake.excel import survey_book
from intake.excel.workbook import MEDIA_TYPE
from intake.models import actor_for
from intake.policy.clocks import local_day
from intake.policy.surveys import LINK_LASTS, departments_read, reads_all, reads_results
from intake.reports.survey import Results, results
from snippets.models import TownSettings

from .shown import Shown, heading_of, lines_of, span_of


class SurveyResults(View):
    """What the page and the workbook share: who reads, and how far."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Answer 404 to other roles."""
        if not reads_results(actor_for(request.user)):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def is_partial(self) -> bool:
        """Say whether only some services are shown."""
        return not reads_all(actor_for(self.request.user))

    @cached_property
    def results(self) -> Results:
        """The figures: every service, or those whose requests the person receives."""
        own = departments_read(actor_for(self.request.user))
        return results(today=local_day(timezone.now()), departments=own)

    def tables(self) -> list[Shown]:
        """By service, then by month."""
        total = lines_of([self.results.total], name=str(_("Total")))
        return [
            Shown(_("Par service"), _("Service"), [*lines_of(self.results.by_department), *total]),
            Shown(_("Par mois"), _("Mois"), [*lines_of(self.results.by_month, months=True), *total]),
        ]


class ResultsView(SurveyResults):
    """« Sondages »."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        context = {
            "title": _("Sondages"),
            "span": span_of(self.results),
            "is_partial": self.is_partial,
            "headings": heading_of(),
            "tables": self.tables(),
            "link_days": LINK_LASTS.days,
            "is_empty": not self.results.total.invited and not self.results.total.answered,
        }
        return render(request, "intake_surveys/results.html", context)


class WorkbookView(SurveyResults):
    """The same figures in Excel: what is hidden on the page is hidden there."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send it."""
        content = survey_book.build(
            [(table.title, (table.first_heading, *heading_of()), table.lines) for table in self.tables()],
            title=_("Sondages – %(span)s") % {"span": span_of(self.results)},
            town=TownSettings.load(),
            made_at=timezone.localtime(),
        )
        response = HttpResponse(content, content_type=MEDIA_TYPE)
        response["Content-Disposition"] = f'attachment; filename="sondages-{self.results.months[-1]}.xlsx"'
        return response
