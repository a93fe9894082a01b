"""One list on one page: its lines, what was answered, and where to answer without Excel."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View

from intake.models import OpenRequestsList, actor_for
from intake.policy.roles import Actor, Role

SEEING_ALL = frozenset({Role.TECHNICIAN, Role.DIRECTOR})


def visible_list(actor: Actor, month: str, code: str) -> OpenRequestsList:
    """Return a list for whoever manages lists or receives the requests of its service, else Http404 (art. 4.5)."""
    lists = OpenRequestsList.objects.select_related("department", "designation__employee")
    monthly = lists.filter(month=month, department__code=code).first()
    if monthly is None or not (actor.has_any(SEEING_ALL) or monthly.department_id in actor.departments):
        raise Http404
    return monthly


class ListView(View):
    """The list of one service for one month."""

    def get(self, request: HttpRequest, month: str, code: str) -> HttpResponse:
        """Show it."""
        monthly = visible_list(actor_for(request.user), month, code)
        lines = monthly.lines.select_related("case").prefetch_related("answers")
        return render(request, "intake_lists/list.html", {"monthly": monthly, "lines": lines})
