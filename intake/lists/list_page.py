"""One list on one page: its lines, what was answered, and where to answer without Excel (art. 4.2)."""

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
from intake.process.monthly_answers import Chosen, NotApplied, State, apply, reasons_by_label, review
from intake.process.monthly_lists import MANAGING_ROLES, ON_A_LIST, lines_for, recipient_of
from snippets.models import WaitingReason

from .line_form import LineForm
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
        """Apply the answers of the lines on this page, all or none."""
        actor = actor_for(request.user)
        monthly = visible_list(actor, month, code)
        forms = self._forms(self._page(request, monthly), data=request.POST)
        valid = [form for form in forms if form.is_valid()]
        reads = [form.read(reasons_by_label()) for form in valid]
        chosen, by_key = [], {form.line.key: form for form in valid}
        for item in review(monthly, reads, by=actor, now=timezone.now()):
            for problem in item.problems:
                by_key[item.read.key].say(problem)
            if item.state in (State.APPLIES, State.CONFLICT):
                form = by_key[item.read.key]
                chosen.append(Chosen(form.line, item.read.answer, form.cleaned_data["version"]))
        if any(form.errors for form in forms):
            return self._show(request, monthly, actor, forms=forms, status=UNPROCESSABLE)
        try:
            done = apply(monthly, chosen, by=actor, now=timezone.now(), source=LineAnswer.Source.WEB)
        except NotApplied as refused:
            messages.error(request, _("Rien n'est enregistré. %(words)s") % {"words": refused})
            return self._show(request, monthly, actor, forms=forms, status=CONFLICT)
        messages.success(request, said(done))
        return redirect(f"{_address(monthly)}?page={request.GET.get('page', '1')[:6]}")

    def _page(self, request: HttpRequest, monthly: OpenRequestsList) -> Page:
        lines = monthly.lines.filter(case__status__in=ON_A_LIST).select_related("case__waiting_reason")
        return Paginator(lines, LINES_A_PAGE).get_page(request.GET.get("page"))

    def _forms(self, page: Page, data: Any = None) -> list[LineForm]:
        reasons = list(WaitingReason.objects.offered())
        return [LineForm(data, line=line, reasons=reasons) for line in page]

    def _show(
        self,
        request: HttpRequest,
        monthly: OpenRequestsList,
        actor: Actor,
        *,
        forms: list[LineForm] | None = None,
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
        page = self._page(request, monthly)
        context |= {
            "page": page,
            "forms": forms or self._forms(page),
            "answered": _answered(monthly),
            "ended": monthly.lines.exclude(case__status__in=ON_A_LIST).select_related("case"),
        }
        return render(request, "intake_lists/list.html", context, status=status)


class WorkbookView(View):
    """The frozen workbook, as it left."""

    def get(self, request: HttpRequest, month: str, code: str) -> FileResponse:
        """Send it."""
        monthly = visible_list(actor_for(request.user), month, code)
        if not monthly.file:
            raise Http404
        return FileResponse(
            monthly.file.open(), as_attachment=True, filename=file_name(monthly), content_type=MEDIA_TYPE
        )


def _address(monthly: OpenRequestsList) -> str:
    return reverse("intake_lists:list", args=[monthly.month, monthly.department.code])


def _answered(monthly: OpenRequestsList) -> dict[int, OpenRequestsLine]:
    answered = monthly.lines.filter(answers__isnull=False).prefetch_related("answers__event").distinct()
    return {line.pk: line for line in answered}


def said(done: int) -> str:
    """Say how many answers were applied."""
    if not done:
        return _("Aucune réponse nouvelle : rien n'a changé.")
    return ngettext("%(count)d réponse enregistrée.", "%(count)d réponses enregistrées.", done) % {"count": done}
