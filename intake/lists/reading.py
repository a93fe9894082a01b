"""One list to read only: its requests by number, nature and days (§3 of the domain notes: « R », « O »; art. 4.5)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from intake.mail.lists import month_words
from intake.models import Case, OpenRequestsLine, OpenRequestsList, actor_for
from intake.policy.roles import Actor
from intake.policy.vocabulary import Kind

from .list_page import ListView
from .seen import READING_ALL, answers, executed_by, readable_list


class ListDoor(View):
    """The address of a list: the page where it is answered for who has its files, the page to read for the others."""

    def dispatch(self, request: HttpRequest, month: str, code: str) -> HttpResponse:
        """Lead there, or raise Http404 when the list does not exist for this account."""
        actor = actor_for(request.user)
        view = ListView if answers(actor, readable_list(actor, month, code)) else ReadingView
        return view.as_view()(request, month=month, code=code)


class ReadingView(View):
    """A list as it left, for the general director, citizen experience and whoever executes; nothing to change."""

    def get(self, request: HttpRequest, month: str, code: str) -> HttpResponse:
        """Show it."""
        actor = actor_for(request.user)
        monthly = readable_list(actor, month, code)
        context: dict[str, Any] = {
            "monthly": monthly,
            "month_words": month_words(monthly),
            "lines": read_lines(actor, monthly),
            "executes": not actor.has_any(READING_ALL),
            "trail": [{"url": reverse("intake_lists:month", args=[monthly.month]), "label": _("Listes du mois")}],
        }
        return render(request, "intake_lists/reading.html", context)


def read_lines(actor: Actor, monthly: OpenRequestsList) -> list[OpenRequestsLine]:
    """The lines that the actor reads: all that are still requests, or those that he executes; `opens` says whose file he may open."""
    lines = monthly.lines.filter(case__kind=Kind.REQUEST.value).select_related("case")
    if not actor.has_any(READING_ALL):
        lines = lines.filter(case__in=executed_by(actor))
    seen = set(Case.objects.visible_to_actor(actor).filter(monthly_lines__list=monthly).values_list("pk", flat=True))
    found = list(lines)
    for line in found:
        line.opens = line.case_id in seen
    return found
