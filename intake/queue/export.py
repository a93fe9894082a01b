"""« Exporter » : choose the columns, take the workbook at once or follow its making; the rows are those of the list."""

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

from intake.excel.columns import chosen, columns_for
from intake.excel.workbook import MEDIA_TYPE, file_name
from intake.models import CaseQuerySet, Export, actor_for, private_storage
from intake.policy.roles import EXPORTING_ROLES, Actor
from intake.process.export import Asked, file_is_kept, made_at_once, record_export, request_export, write_export

from .desk import desk_for
from .listing import PAGE, Listing, read_listing
from .searching import reference_in

COLUMN, KEEP = "c", "garder"
REFRESH_SECONDS = 2
SHOWN_EXPORTS = 50


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


class ChooseView(ExportingView):
    """Choose the columns; the address holds the list and the choice, so that both can be kept and sent."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show what would leave, and in which columns."""
        columns = columns_for(self.actor)
        picked = chosen(request.GET.getlist(COLUMN) or self._last_choice(), columns)
        rows = self.cases.count()
        context = {
            "listing": self.listing,
            "words": in_words(self.listing),
            "rows": rows,
            "left_out": self.listing.rows.count() - rows,
            "at_once": made_at_once(rows),
            "choices": [{"column": column, "picked": column in picked} for column in columns],
            "sees_identities": any(column.identity for column in columns),
            "trail": [{"url": list_address(self.list_params), "label": _("Demandes")}],
            "exports": own_exports(request)[:5],
        }
        return render(request, "intake_queue/export.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the choice in the address, hand the workbook over, or have it made."""
        keys = [column.key for column in chosen(request.POST.getlist(COLUMN), columns_for(self.actor))]
        if KEEP in request.POST:
            return redirect(self._address_with(keys))
        pks = list(self.cases.values_list("pk", flat=True))
        if not pks:
            messages.warning(request, _("Il n'y a aucune demande à exporter."))
            return redirect(self._address_with(keys))
        asked = Asked(columns=keys, cases=pks, query=self.list_params.urlencode(), words=in_words(self.listing))
        if made_at_once(len(pks)):
            return handed_over(record_export(asked=asked, by=self.actor, now=timezone.now()))
        export = request_export(asked=asked, by=self.actor, now=timezone.now())
        return redirect("intake_export:progress", export.pk)

    @cached_property
    def list_params(self) -> QueryDict:
        """The parameters of the list, without the page and the columns."""
        params = self.request.GET.copy()
        for name in (PAGE, COLUMN):
            params.pop(name, None)
        return params

    @cached_property
    def listing(self) -> Listing:
        """The list as its screen reads it."""
        return read_listing(desk_for(self.request.user), self.list_params)

    @cached_property
    def cases(self) -> CaseQuerySet:
        """The rows that may leave, in the order of the screen."""
        return self.listing.rows.exportable_by(self.actor)

    def _last_choice(self) -> list[str]:
        return own_exports(self.request).values_list("columns", flat=True).first() or []

    def _address_with(self, keys: list[str]) -> str:
        params = self.list_params.copy()
        params.setlist(COLUMN, keys)
        return f"{reverse('intake_export:choose')}?{params.urlencode()}"


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
            "again": f"{reverse('intake_export:choose')}?{export.query}",
            "trail": [
                {"url": list_address(QueryDict(export.query)), "label": _("Demandes")},
                {"url": reverse("intake_export:list"), "label": _("Vos exportations")},
            ],
        }
        response = render(request, "intake_queue/export_progress.html", context)
        if pending:
            response["Refresh"] = str(REFRESH_SECONDS)
        return response


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
    name = file_name(export.requested_at)
    response = FileResponse(file, as_attachment=True, filename=name, content_type=MEDIA_TYPE)
    response["Cache-Control"] = "private, no-store"
    return response


def list_address(params: QueryDict) -> str:
    """Return the address of the list with these parameters."""
    return f"{reverse('demandes_modeladmin_index')}?{params.urlencode()}"


def in_words(listing: Listing) -> list[str]:
    """Say in words which list this is: the view, each filter in force, the words searched."""
    searched = [_("Recherche : « %(text)s »") % {"text": listing.search}] if listing.search else []
    if reference_in(listing.search) is not None:
        return searched  # a number is found whatever the view and the filters
    words = [_("Vue : %(name)s") % {"name": listing.tab.label}]
    return words + [listing.filters.words_of(name) for name in listing.filters.chosen] + searched
