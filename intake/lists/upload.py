"""The workbook that comes back (art. 4.2): shown line by line before anything changes, then confirmed."""

import re
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from intake.excel.monthly_reader import read
from intake.excel.safe_book import BIGGEST_FILE, UnreadableBook
from intake.models import AnswersUpload, LineAnswer, OpenRequestsList, actor_for
from intake.process.monthly_answers import Chosen, NotApplied, Reviewed, State, apply, reasons_by_label, review

from .list_page import UNPROCESSABLE, said
from .seen import visible_list

FOLDER = "answers"
# One field says which versions were seen, and only what a person sets apart or chooses is a field more: a list of
# thousands of lines fits in a form.
SEEN, LEFT_OUT, CHOSEN = "vues", "sauf", "ligne"
_SEEN = re.compile(r"(\d{1,9}):(\d{1,9})", re.ASCII)
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)


class UploadView(View):
    """Receive a workbook of answers and show what it would change."""

    def post(self, request: HttpRequest, month: str, code: str) -> HttpResponse:
        """Keep the file privately; nothing is applied here."""
        actor = actor_for(request.user)
        monthly = visible_list(actor, month, code)
        file = request.FILES.get("classeur")
        words = _refusal(monthly, file)
        if words:
            messages.error(request, words)
            return redirect("intake_lists:list", monthly.month, monthly.department.code)
        upload = AnswersUpload(
            list=monthly, user=request.user, by_label=actor.label, at=timezone.now(), original_name=file.name[-200:]
        )
        upload.file.save(f"{FOLDER}/{monthly.month}-{secrets.token_hex(8)}.xlsx", file, save=False)
        upload.save()
        return redirect("intake_lists:review", monthly.month, monthly.department.code, upload.pk)


def _refusal(monthly: OpenRequestsList, file: UploadedFile | None) -> str:
    """Say why a file can't be looked at; empty when it can."""
    if monthly.sent_at is None:
        return _("Cette liste n'est pas encore partie.")
    if file is None:
        return _("Choisissez le classeur à téléverser.")
    if file.size > BIGGEST_FILE:
        return _("Ce fichier est trop gros : %(most)d Mo au plus.") % {"most": BIGGEST_FILE // 1024**2}
    try:
        read(file, reasons=reasons_by_label())
    except UnreadableBook as unreadable:
        return str(unreadable)
    file.seek(0)
    return ""


class ReviewView(View):
    """What the workbook would change, line by line; confirming applies what is not set apart, in one transaction."""

    def get(self, request: HttpRequest, month: str, code: str, pk: int) -> HttpResponse:
        """Show it."""
        upload = self._upload(request, month, code, pk)
        return self._show(request, upload, self._review(request, upload))

    def post(self, request: HttpRequest, month: str, code: str, pk: int) -> HttpResponse:
        """Apply what was shown, as it was shown: a file that moved meanwhile stops everything and is shown again."""
        upload = self._upload(request, month, code, pk)
        reviewed = self._review(request, upload, rehearsing=False)
        now = timezone.now()
        try:
            chosen = _chosen(reviewed, _wanted(request))
            done = apply(upload.list, chosen, by=actor_for(request.user), now=now, source=LineAnswer.Source.WORKBOOK)
        except NotApplied as refused:
            messages.error(request, _("Rien n'est appliqué. %(words)s") % {"words": refused})
            return self._show(request, upload, self._review(request, upload), status=UNPROCESSABLE)
        upload.applied_at, upload.applied_lines = now, upload.applied_lines + done
        upload.save(update_fields=["applied_at", "applied_lines"])
        messages.success(request, said(done))
        return redirect("intake_lists:list", upload.list.month, upload.list.department.code)

    def _upload(self, request: HttpRequest, month: str, code: str, pk: int) -> AnswersUpload:
        monthly = visible_list(actor_for(request.user), month, code)
        upload = monthly.uploads.filter(pk=pk).first()
        if upload is None:
            raise Http404
        upload.list = monthly
        return upload

    def _review(self, request: HttpRequest, upload: AnswersUpload, *, rehearsing: bool = True) -> list[Reviewed]:
        with upload.file.open() as file:
            lines = read(file, reasons=reasons_by_label())
        return review(upload.list, lines, by=actor_for(request.user), now=timezone.now(), rehearsing=rehearsing)

    def _show(
        self, request: HttpRequest, upload: AnswersUpload, reviewed: list[Reviewed], *, status: int = 200
    ) -> HttpResponse:
        monthly = upload.list
        groups: dict[str, list[Reviewed]] = {state.value: [] for state in State}
        for item in reviewed:
            groups[item.state.value].append(item)
        context: dict[str, Any] = {
            "upload": upload,
            "monthly": monthly,
            "groups": groups,
            "name": CHOSEN,
            "seen": " ".join(f"{item.line.pk}:{item.version}" for item in groups[State.APPLIES.value]),
            "left_out": _left_out(request),
            "trail": [
                {"url": reverse("intake_lists:month", args=[monthly.month]), "label": _("Listes du mois")},
                {
                    "url": reverse("intake_lists:list", args=[monthly.month, monthly.department.code]),
                    "label": str(monthly.department),
                },
            ],
        }
        return render(request, "intake_lists/review.html", context, status=status)


def _left_out(request: HttpRequest) -> set[int]:
    """The lines that a person set apart."""
    return {int(text) for text in request.POST.getlist(LEFT_OUT) if _NUMBER.fullmatch(text)}


def _wanted(request: HttpRequest) -> dict[int, int]:
    """The lines to apply, with the version of each file as it was shown: all that was offered, and the conflicts chosen."""
    seen = {int(pk): int(version) for pk, version in _SEEN.findall(request.POST.get(SEEN, ""))}
    offered = {pk: version for pk, version in seen.items() if pk not in _left_out(request)}
    named = ((name.removeprefix(f"{CHOSEN}-"), version) for name, version in request.POST.items())
    chosen = {int(pk): int(version) for pk, version in named if _NUMBER.fullmatch(pk) and _NUMBER.fullmatch(version)}
    return offered | chosen


def _chosen(reviewed: Sequence[Reviewed], wanted: Mapping[int, int]) -> list[Chosen]:
    """The answers to apply. Raises NotApplied when one that was shown is no longer there to be applied."""
    offered = {
        item.line.pk: item for item in reviewed if item.state in (State.APPLIES, State.CONFLICT, State.UNCHANGED)
    }
    for item in reviewed:
        if item.line and item.line.pk in wanted and item.line.pk not in offered:
            raise NotApplied(item.read.reference, _("cette réponse ne peut plus être appliquée."))
    return [Chosen(item.line, item.read.answer, wanted[pk]) for pk, item in offered.items() if pk in wanted]
