"""One list on one page: its lines, what was answered, and where to answer without Excel (art. 4.2)."""

import io
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from intake.excel.workbook import MEDIA_TYPE
from intake.mail.lists import file_name, month_words
from intake.models import LineAnswer, OpenRequestsLine, OpenRequestsList, actor_for
from intake.policy.roles import Actor
from intake.process.monthly_answers import NotApplied, apply
from intake.process.monthly_lines import readable_lines, workbook_without
from intake.process.monthly_lists import MANAGING_ROLES, ON_A_LIST, lines_for, recipient_of

from .posted import Posted, forms_of, posted
from .seen import visible_list

LINES_A_PAGE = 20
UNPROCESSABLE, CONFLICT = 422, 409


class ListView(View):
    """The list of one service for one month: as it would leave today, or as it left, with its answers."""

    def get(self, request: HttpRequest, month: str, code: str) -> HttpResponse:
        """Show it."""
        actor = actor_for(request.user)
        monthly = visible_list(actor, month, code)
        return self._show(request, monthly, actor)

    def post(self, request: HttpRequest, month: str, code: str) -> HttpResponse:
        """Apply the answers of the lines that the page held when it was shown, all or none."""
        actor = actor_for(request.user)
        monthly = visible_list(actor, month, code)
        came = posted(monthly, request.POST, by=actor, now=timezone.now())
        if came.references:
            _say_nothing_is_kept(request, came)
            return self._show(request, monthly, actor, came=came, status=CONFLICT)
        if came.has_errors:
            return self._show(request, monthly, actor, came=came, status=UNPROCESSABLE)
        try:
            done = apply(monthly, came.chosen, by=actor, now=timezone.now(), source=LineAnswer.Source.WEB)
        except NotApplied as refused:
            messages.error(request, _("Rien n'est enregistré. %(words)s") % {"words": refused})
            came = posted(monthly, request.POST, by=actor, now=timezone.now())
            return self._show(request, monthly, actor, came=came, status=CONFLICT)
        messages.success(request, said(done))
        return redirect(f"{_address(monthly)}?page={request.GET.get('page', '1')[:6]}")

    def _page(self, request: HttpRequest, monthly: OpenRequestsList, actor: Actor) -> Page:
        lines = readable_lines(monthly, actor).filter(case__status__in=ON_A_LIST).select_related("case__waiting_reason")
        return Paginator(lines, LINES_A_PAGE).get_page(request.GET.get("page"))

    def _show(
        self,
        request: HttpRequest,
        monthly: OpenRequestsList,
        actor: Actor,
        *,
        came: Posted | None = None,
        status: int = 200,
    ) -> HttpResponse:
        context: dict[str, Any] = {
            "monthly": monthly,
            "month_words": month_words(monthly),
            "manages": actor.has_any(MANAGING_ROLES),
            "trail": [{"url": reverse("intake_lists:month", args=[monthly.month]), "label": _("Listes du mois")}],
        }
        if monthly.sent_at is None:
            context |= {
                "preview": lines_for(monthly.department, at=timezone.now()),
                "recipient": recipient_of(monthly, on=timezone.localdate()),
            }
            return render(request, "intake_lists/preview.html", context, status=status)
        page = self._page(request, monthly, actor)
        forms = [form.shown_again() for form in came.forms] if came else []
        context |= {
            "page": page,
            "forms": forms or forms_of(page),
            "gone": came.gone if came else [],
            "answered": _answered(monthly),
            "ended": readable_lines(monthly, actor).exclude(case__status__in=ON_A_LIST).select_related("case"),
        }
        return render(request, "intake_lists/list.html", context, status=status)


class WorkbookView(View):
    """The frozen workbook, as it left, without what is no longer for who asks (art. 4.5)."""

    def get(self, request: HttpRequest, month: str, code: str) -> FileResponse:
        """Send it."""
        actor = actor_for(request.user)
        monthly = visible_list(actor, month, code)
        if not monthly.file:
            raise Http404
        rebuilt = workbook_without(monthly, actor)
        content = monthly.file.open() if rebuilt is None else io.BytesIO(rebuilt)
        return FileResponse(content, as_attachment=True, filename=file_name(monthly), content_type=MEDIA_TYPE)


def _address(monthly: OpenRequestsList) -> str:
    return reverse("intake_lists:list", args=[monthly.month, monthly.department.code])


def _say_nothing_is_kept(request: HttpRequest, came: Posted) -> None:
    words = _("Rien n'est enregistré. %(references)s : quelqu'un vient d'y travailler. Revoyez ce qui suit.")
    messages.error(request, words % {"references": ", ".join(came.references)})


def _answered(monthly: OpenRequestsList) -> dict[int, OpenRequestsLine]:
    answered = monthly.lines.filter(answers__isnull=False).prefetch_related("answers__event").distinct()
    return {line.pk: line for line in answered}


def said(done: int) -> str:
    """Say how many answers were applied."""
    if not done:
        return _("Aucune réponse nouvelle : rien n'a changé.")
    return ngettext("%(count)d réponse enregistrée.", "%(count)d réponses enregistrées.", done) % {"count": done}
