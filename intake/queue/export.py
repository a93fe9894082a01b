"""« Exporter » : choose the columns, take the file at once or follow its making; the rows are those of the list."""

import tempfile
from typing import Any

from django.contrib import messages
from django.db.models.fields.json import KeyTransform
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View

from intake.excel import csv_file, workbook
from intake.excel.column import Column
from intake.excel.columns import chosen, columns_for
from intake.models import CaseQuerySet, Export, ExportLayout, actor_for, private_storage
from intake.models.choices import FORMAT_LABELS, SHEETS_LABELS
from intake.policy.exports import FileFormat, may_delete_layout
from intake.policy.roles import EXPORTING_ROLES, Actor
from intake.process.export import (
    Asked,
    file_is_kept,
    kept_until,
    made_at_once,
    record_export,
    request_export,
    write_export,
)

from . import export_choice
from .desk import Desk, desk_for
from .export_choice import Choice, Line
from .listing import Listing, read_listing

KEEP, SAVE = "garder", "nommer"
REFRESH_SECONDS = 2
UNPROCESSABLE = 422
SHOWN_EXPORTS = 50
MEDIA_TYPES = {FileFormat.XLSX.value: workbook.MEDIA_TYPE, FileFormat.CSV.value: csv_file.MEDIA_TYPE}
CHOOSE, NAME_IT = "intake_export:choose", "intake_export:new_layout"


class ExportingView(View):
    """A screen that does not exist for whoever may not export (art. 4.5)."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer 404 to other roles."""
        if not self.actor.has_any(EXPORTING_ROLES):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def actor(self) -> Actor:
        """Who asks."""
        return actor_for(self.request.user)

    @cached_property
    def offered(self) -> list[Column]:
        """The columns that exist for whoever asks."""
        return columns_for(self.actor)

    @cached_property
    def list_params(self) -> QueryDict:
        """The parameters of the list, without the page and the choice."""
        return export_choice.list_params(self.request.GET)

    @cached_property
    def desk(self) -> Desk:
        """Who asks, today."""
        return desk_for(self.request.user)

    @cached_property
    def listing(self) -> Listing:
        """The list as its screen reads it."""
        return read_listing(self.desk, self.list_params)

    @cached_property
    def layouts(self) -> list[ExportLayout]:
        """The layouts that may be used, one's own and the shared ones."""
        return list(ExportLayout.objects.usable_by(self.request.user))

    @cached_property
    def layout(self) -> ExportLayout | None:
        """The layout in use, as the address says; None when it does not exist for whoever asks."""
        wanted = self.request.GET.get(export_choice.LAYOUT, "")
        return next((layout for layout in self.layouts if str(layout.pk) == wanted), None)


class ChooseView(ExportingView):
    """Choose the columns; the address holds the list and the choice, so that both can be kept and sent."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show what would leave, in which columns, on which sheets."""
        choice = export_choice.read_choice(request.GET, self.offered, otherwise=self._last_choice())
        return self._page(choice, export_choice.lines(choice, self.offered))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the choice in the address, name it, hand the file over, or have it made."""
        before = export_choice.read_choice(request.GET, self.offered, otherwise=self._last_choice())
        choice = export_choice.read_choice(request.POST, self.offered, otherwise=before)
        typed = export_choice.typed_lines(request.POST, self.offered)
        if any(line.error for line in typed):
            return self._page(choice, typed, status=UNPROCESSABLE)
        in_use = self.layout.pk if self.layout else None
        if SAVE in request.POST:
            return redirect(export_choice.address_of(NAME_IT, self.list_params, choice, layout=in_use))
        back = export_choice.address_of(CHOOSE, self.list_params, choice, layout=in_use)
        if KEEP in request.POST:
            return redirect(back)
        pks = list(self.cases.values_list("pk", flat=True))
        if not pks:
            messages.warning(request, _("Il n'y a aucune demande à exporter."))
            return redirect(back)
        return self._taken_out(choice, pks)

    def _taken_out(self, choice: Choice, pks: list[int]) -> HttpResponse:
        asked = Asked(
            columns=choice.keys,
            cases=pks,
            query=self.list_params.urlencode(),
            words=export_choice.in_words(self.listing),
            sheets=choice.sheets,
            format=choice.format,
            layout=self.layout.name if self.layout else "",
        )
        if made_at_once(len(pks)):
            return handed_over(record_export(asked=asked, by=self.actor, now=timezone.now()))
        export = request_export(asked=asked, by=self.actor, now=timezone.now())
        return redirect("intake_export:progress", export.pk)

    def _page(self, choice: Choice, lines: list[Line], *, status: int = 200) -> HttpResponse:
        params, rows = self.request.GET, self.cases.count()
        context = {
            "words": export_choice.in_words(self.listing),
            "rows": rows,
            "left_out": self.listing.rows.count() - rows,
            "at_once": made_at_once(rows),
            "not_read": export_choice.left_out(
                params, params.getlist(export_choice.COLUMN), self.listing, self.offered
            ),
            "lines": lines,
            "wrong": any(line.error for line in lines),
            "shown": ",".join(line.column.key for line in lines),
            "last_rank": export_choice.LAST_RANK,
            "sheets": export_choice.labelled(export_choice.SHEETS_WORDS, SHEETS_LABELS, choice.sheets),
            "formats": export_choice.labelled(export_choice.FORMATS, FORMAT_LABELS, choice.format),
            "layouts": [self._shown_layout(layout) for layout in self.layouts],
            "layout": self.layout,
            "layout_is_gone": bool(params.get(export_choice.LAYOUT)) and self.layout is None,
            "sees_identities": any(column.identity for column in self.offered),
            "trail": [{"url": list_address(self.list_params), "label": _("Demandes")}],
            "exports": own_exports(self.request)[:5],
        }
        return render(self.request, "intake_queue/export.html", context, status=status)

    def _shown_layout(self, layout: ExportLayout) -> dict[str, Any]:
        return {
            "layout": layout,
            "url": export_choice.address_of_layout(layout),
            "is_own": layout.owner_id == self.actor.user_id,
            "may_tidy": may_delete_layout(self.actor, layout.owner_id, shared=layout.shared),
        }

    @cached_property
    def cases(self) -> CaseQuerySet:
        """The rows that may leave, in the order of the screen."""
        return self.listing.rows.exportable_by(self.actor)

    def _last_choice(self) -> Choice:
        last = own_exports(self.request).only("columns", "sheets", "format").first()
        return export_choice.of_layout(last, self.offered) if last else Choice(chosen([], self.offered))


class ListView(ExportingView):
    """One's own exports, the latest first: what was asked, when, how many rows."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        trail = [{"url": list_address(QueryDict()), "label": _("Demandes")}]
        context = {"exports": own_exports(request)[:SHOWN_EXPORTS], "trail": trail}
        return render(request, "intake_queue/exports.html", context)


class ProgressView(ExportingView):
    """How far a long export is; the page asks for itself again until it is made."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it to its owner."""
        export = get_object_or_404(own_exports(request), pk=pk)
        pending = export.state == Export.State.PENDING
        context = {
            "export": export,
            "pending": pending,
            "failed": export.state == Export.State.FAILED,
            "kept": file_is_kept(export, now=timezone.now()),
            "until": kept_until(export),
            "written_to": request.user.email,
            "again": self._again(export),
            "trail": [
                {"url": list_address(QueryDict(export.query)), "label": _("Demandes")},
                {"url": reverse("intake_export:list"), "label": _("Vos exportations")},
            ],
        }
        response = render(request, "intake_queue/export_progress.html", context)
        if pending:
            response["Refresh"] = str(REFRESH_SECONDS)
        return response

    def _again(self, export: Export) -> str:
        """The address that asks for the same again: the list, the columns, the sheets, the format."""
        choice = export_choice.of_layout(export, self.offered)
        return export_choice.address_of(CHOOSE, QueryDict(export.query), choice)


class FileView(ExportingView):
    """The workbook of a long export: for its owner, for 24 hours."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Give it; once it is gone, the page of the export says so."""
        export = get_object_or_404(own_exports(request), pk=pk)
        if not file_is_kept(export, now=timezone.now()):
            return redirect("intake_export:progress", export.pk)
        return _attachment(private_storage().open(export.file.name), export)


def own_exports(request: HttpRequest) -> Any:
    """The exports of the account, without their long lists of rows; nobody else's exist for it."""
    exports = Export.objects.filter(user=request.user).defer("filters")
    return exports.annotate(words=KeyTransform("words", "filters"), query=KeyTransform("query", "filters"))


def handed_over(export: Export) -> HttpResponse:
    """Return the workbook of a recorded export as the answer."""
    scratch = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    write_export(export=export, out=scratch, clock=timezone.now)
    scratch.seek(0)
    return _attachment(scratch, export)


def _attachment(file: Any, export: Export) -> FileResponse:
    name = workbook.file_name(export.requested_at, export.format)
    response = FileResponse(file, as_attachment=True, filename=name, content_type=MEDIA_TYPES[export.format])
    response["Cache-Control"] = "private, no-store"
    return response


def list_address(params: QueryDict) -> str:
    """Return the address of the list with these parameters."""
    return f"{reverse('demandes_modeladmin_index')}?{params.urlencode()}"
