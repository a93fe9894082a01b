"""« Importer » : bring a workbook, follow it, look at what would come in, import it (art. 4.1)."""

import tempfile
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from intake.excel.refused_book import write_refused
from intake.excel.safe_book import BIGGEST_FILE, UnreadableBook
from intake.excel.staged import MOST_ROWS
from intake.excel.workbook import MEDIA_TYPE
from intake.models import CaseImport
from intake.policy.import_mapping import BadMapping
from intake.process import Refused
from intake.process.import_files import begin_import, bring, looked_at
from intake.process.importing import State
from snippets.models import TownSettings

from .room import UNPROCESSABLE, ImportingView, StepView, trail

SHOWN_IMPORTS, SHOWN_ROWS = 50, 200
LONGEST_SHEET = 31
REFRESH_SECONDS = 2
WORKING = (CaseImport.State.READING.value, CaseImport.State.APPLYING.value)


class AllView(ImportingView):
    """The workbooks brought, the latest first, and a place to bring one."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        return self._show(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep a workbook and read it; what is no workbook is said beside the field."""
        file = request.FILES.get("classeur")
        sheet = " ".join(request.POST.get("feuille", "").split())
        words = _refusal_before(file, sheet)
        if words:
            return self._show(request, words)
        try:
            brought = bring(file=file, sheet=sheet, by=self.actor, now=timezone.now())
        except UnreadableBook as unreadable:
            return self._show(request, str(unreadable))
        return redirect("intake_imports:one", brought.pk)

    def _show(self, request: HttpRequest, error: str = "") -> HttpResponse:
        context = {
            "imports": CaseImport.objects.select_related("mapping")[:SHOWN_IMPORTS],
            "error": error,
            "sheet": request.POST.get("feuille", ""),
            "most_rows": MOST_ROWS,
            "most_megabytes": BIGGEST_FILE // 1024**2,
        }
        return render(request, "intake_imports/all.html", context, status=UNPROCESSABLE if error else 200)


def _refusal_before(file: Any, sheet: str) -> str:
    """Say why a file can't even be looked at; empty when it can."""
    if file is None:
        return _("Choisissez le classeur à importer.")
    if file.size > BIGGEST_FILE:
        return _("Ce fichier est trop gros : %(most)d Mo au plus.") % {"most": BIGGEST_FILE // 1024**2}
    if len(sheet) > LONGEST_SHEET:
        return _("Le nom d'une feuille a %(most)d caractères au plus.") % {"most": LONGEST_SHEET}
    return ""


class OneView(StepView):
    """One workbook: being read, being imported, imported; else it leads to what is to be done now."""

    def is_open(self) -> bool:
        """Always: this page is where the others lead."""
        return True

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show how far it is; the page asks for itself again while a job works."""
        brought = self.brought
        if brought.state == CaseImport.State.READY.value and brought.rows:
            return redirect("intake_imports:report" if brought.content else "intake_imports:columns", brought.pk)
        context = {
            "brought": brought,
            "working": brought.state in WORKING,
            "reading": brought.state == CaseImport.State.READING.value,
            "unreadable": brought.state == CaseImport.State.UNREADABLE.value,
            "done": brought.state == CaseImport.State.DONE.value,
            "failed": brought.state == CaseImport.State.FAILED.value,
            "trail": trail(),
        }
        response = render(request, "intake_imports/one.html", context)
        if context["working"]:
            response["Refresh"] = str(REFRESH_SECONDS)
        return response


class ReportView(StepView):
    """What the import would do, row by row where something is wrong; nothing is changed."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        try:
            staged, report = looked_at(self.brought, by=self.actor, now=timezone.now())
        except BadMapping as bad:
            return self.to_columns(str(bad))
        refused = report.refused
        context = {
            **self.step_context("report"),
            "sheet": staged.sheet,
            "creates": report.count(State.CREATES),
            "already": report.count(State.ALREADY),
            "left_out": report.count(State.LEFT_OUT),
            "refused": len(refused),
            "shown": [(place, why) for row in refused[:SHOWN_ROWS] for place, why in row.problems],
            "more": max(len(refused) - SHOWN_ROWS, 0),
            "warnings": report.warnings,
        }
        return render(request, "intake_imports/report.html", context)


class ApplyView(StepView):
    """Import what can be."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Call the verb, then lead to the page that says what was done."""
        try:
            brought = begin_import(brought=self.brought, by=self.actor, clock=timezone.now)
        except BadMapping as bad:
            return self.to_columns(str(bad))
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("intake_imports:one", self.brought.pk)
        return redirect("intake_imports:one", brought.pk)


class RefusedView(StepView):
    """The rows that can't be imported, as a workbook to correct and bring again, with why in a last column."""

    def is_open(self) -> bool:
        """As long as the rows are kept, before the import and after it."""
        return bool(self.brought.rows and self.brought.content) and self.brought.state not in WORKING

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Hand it over."""
        now = timezone.now()
        try:
            staged, report = looked_at(self.brought, by=self.actor, now=now)
        except BadMapping as bad:
            return self.to_columns(str(bad))
        scratch = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
        why = {outcome.row: outcome.why for outcome in report.refused}
        write_refused(staged, why, scratch, made_at=now, town=TownSettings.load(), author=self.actor.label)
        scratch.seek(0)
        response = FileResponse(
            scratch, as_attachment=True, filename=f"lignes-refusees-{self.brought.pk}.xlsx", content_type=MEDIA_TYPE
        )
        response["Cache-Control"] = "private, no-store"
        return response
