"""The months that were published, one month on its page, and its two files; nothing here names anyone (art. 4.1)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from intake.excel import council_book
from intake.excel.workbook import MEDIA_TYPE
from intake.letters import council as council_pdf
from intake.models import CouncilList, actor_for
from intake.policy.council import CouncilData, totals
from intake.policy.roles import Actor, Role
from intake.process.council import month_words
from snippets.models import TownSettings

READING_ROLES = frozenset({Role.COUNCIL, Role.TECHNICIAN, Role.DIRECTOR, Role.GENERAL_DIRECTOR, Role.EXPERIENCE})
PDF = "application/pdf"


def reads_lists(actor: Actor) -> bool:
    """Say whether the officials' lists exist for the actor."""
    return actor.has_any(READING_ROLES)


def _reader(request: HttpRequest) -> None:
    if not reads_lists(actor_for(request.user)):
        raise Http404


def _published(month: str) -> tuple[CouncilList, CouncilData]:
    published = CouncilList.objects.filter(month=month).first()
    if published is None:
        raise Http404
    return published, CouncilData.from_json(published.data)


class MonthsView(View):
    """Every month that was published, newest first."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        _reader(request)
        months = [{"list": row, "words": month_words(row.month)} for row in CouncilList.objects.defer("data")]
        return render(request, "intake_council/months.html", {"months": months, "title": _("Listes aux élus")})


class MonthView(View):
    """One month: figures by service, then the two lists."""

    def get(self, request: HttpRequest, month: str) -> HttpResponse:
        """Show it."""
        _reader(request)
        published, data = _published(month)
        context = {
            "published": published,
            "data": data,
            "title": _("Suivi des requêtes – %(month)s") % {"month": month_words(month)},
            "made_on": council_pdf.day_words(data.made_on),
            "total": totals(data.departments, _("Tous les services")),
            "trail": [{"url": reverse("intake_council:months"), "label": _("Listes aux élus")}],
        }
        return render(request, "intake_council/month.html", context)


class FileView(View):
    """The list as a workbook or a PDF, made again from what was frozen: always the same."""

    def get(self, request: HttpRequest, month: str, kind: str) -> HttpResponse:
        """Send it."""
        _reader(request)
        published, data = _published(month)
        town = TownSettings.load()
        if kind == "xlsx":
            content = council_book.build(data, town=town, made_at=published.published_at)
        else:
            title = _("Suivi des requêtes – %(month)s") % {"month": month_words(month)}
            content = council_pdf.as_pdf(data, town, title=title, day=council_pdf.day_words(data.made_on))
        response = HttpResponse(content, content_type=MEDIA_TYPE if kind == "xlsx" else PDF)
        response["Content-Disposition"] = f'attachment; filename="requetes-{month}.{kind}"'
        return response
