"""One file on one page: what was asked, what was done, what can be done now and by whom."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View

from intake.models import Case


def visible_case(request: HttpRequest, reference: str) -> Case:
    """Return the case if it exists for this account; else Http404, whatever the reason (art. 4.5)."""
    case = Case.objects.visible_to(request.user).filter(reference=reference).first()
    if case is None:
        raise Http404
    return case


class CaseView(View):
    """The page of one case."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        """Show it."""
        case = visible_case(request, reference)
        return render(request, "intake_queue/case.html", {"case": case})
