"""The board of a month: each service's list, whether it left, to whom, and what was answered (art. 4.2)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from intake.models import Case, OpenRequestsList, actor_for
from intake.policy.monthly import Month
from intake.policy.roles import Actor
from intake.policy.vocabulary import Kind
from intake.policy.working_days import YearOutOfRange
from intake.process import Refused
from intake.process.monthly_lists import (
    MANAGING_ROLES,
    ON_A_LIST,
    hold_list,
    month_on,
    plan_lists,
    send_again,
    send_list,
)
from snippets.french_dates import date_format

from .seen import READING_ALL, SEEING_ALL, has_lists, lists_of, visible_list

HOLD, SEND, AGAIN = "retenir", "envoyer", "renvoyer"


@dataclass(frozen=True)
class BoardRow:
    """One list on the board: how many lines, how many answered."""

    monthly: OpenRequestsList
    lines: int
    answered: int


class MonthView(View):
    """The lists of a month, of today's by default."""

    def get(self, request: HttpRequest, month: str = "") -> HttpResponse:
        """Show the board, or the one list of a Responsable."""
        actor = actor_for(request.user)
        if not has_lists(actor):
            raise Http404
        dates = _month_named(month)
        if dates.name == month_on(timezone.localdate()).name and actor.has_any(SEEING_ALL):
            plan_lists(dates)
        rows = board_rows(actor, dates)
        if len(rows) == 1 and not actor.has_any(SEEING_ALL | READING_ALL):
            return redirect("intake_lists:list", dates.name, rows[0].monthly.department.code)
        context: dict[str, Any] = {
            "dates": dates,
            "title": _("Listes de %(month)s") % {"month": date_format(dates.due_on, "F Y")},
            "rows": rows,
            "manages": actor.has_any(MANAGING_ROLES),
            "before": _neighbour(dates, -1),
            "after": _neighbour(dates, 1),
        }
        return render(request, "intake_lists/month.html", context)


def board_rows(actor: Actor, dates: Month) -> list[BoardRow]:
    """Read the lists of a month that exist for the actor, with their counts, in three queries."""
    lists = (
        lists_of(actor)
        .filter(month=dates.name)
        .annotate(
            frozen=Count("lines", distinct=True),
            answered=Count("lines", filter=Q(lines__answers__isnull=False), distinct=True),
        )
    )
    waiting = dict(
        Case.objects.filter(kind=Kind.REQUEST.value, status__in=ON_A_LIST)
        .values_list("department")
        .annotate(Count("pk"))
        .values_list("department", "pk__count")
    )
    return [
        BoardRow(row, row.frozen if row.sent_at else waiting.get(row.department_id, 0), row.answered) for row in lists
    ]


def _month_named(text: str) -> Month:
    try:
        return month_on(date.fromisoformat(f"{text}-01") if text else timezone.localdate())
    except (ValueError, YearOutOfRange) as error:
        raise Http404 from error


def _neighbour(dates: Month, step: int) -> str:
    place = dates.year * 12 + dates.month - 1 + step
    return f"{place // 12:04d}-{place % 12 + 1:02d}"


class ActView(View):
    """Hold a list, send it now, or send it again."""

    def post(self, request: HttpRequest, month: str, code: str, act: str) -> HttpResponse:
        """Call the verb and say what was done."""
        actor = actor_for(request.user)
        monthly = visible_list(actor, month, code)
        now = timezone.now()
        try:
            if act == HOLD:
                hold_list(pk=monthly.pk, by=actor, now=now)
                messages.success(request, _("La liste est retenue : elle ne partira que lorsque vous l'enverrez."))
            elif act == SEND:
                self._send(request, monthly, actor)
            else:
                send_again(pk=monthly.pk, by=actor, now=now)
                messages.success(request, _("La liste est renvoyée, telle qu'elle était partie."))
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect("intake_lists:month", monthly.month)

    def _send(self, request: HttpRequest, monthly: OpenRequestsList, actor: Actor) -> None:
        if not actor.has_any(MANAGING_ROLES):
            messages.error(request, _("Seul le Technicien du Service aux citoyens envoie les listes (art. 4.2)."))
        elif send_list(pk=monthly.pk, by=actor, now=timezone.now()):
            messages.success(request, _("La liste est envoyée."))
        else:
            messages.info(request, _("Cette liste était déjà partie."))
