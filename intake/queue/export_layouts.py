"""Layouts of exports: name the choice of the screen, rename it, share it, delete it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from intake.excel.columns import chosen
from intake.models import ExportLayout
from intake.models.choices import FORMAT_LABELS, SHEETS_LABELS
from intake.models.exports import LONGEST_NAME
from intake.policy.exports import may_change_layout, may_delete_layout, may_share_layouts
from intake.process import NotVisible, Refused
from intake.process.export_layouts import Draft, delete_layout, rename_layout, replace_layout, save_layout

from . import export_choice
from .export import CHOOSE, UNPROCESSABLE, ExportingView, list_address
from .export_choice import Choice
from .listing import read_listing

NAME, SHARED, REPLACE, DELETE = "nom", "partager", "remplacer", "supprimer"
PAGE = "intake_queue/export_layout.html"


class LayoutFormView(ExportingView):
    """What both screens share: the name, the box to share, and what a refusal says beside them."""

    def page(
        self, choice: Choice, words: list[str], *, name: str, shared: bool, back: dict[str, str], **more: Any
    ) -> HttpResponse:
        """Show the choice in words, then the fields; `back` leads to the choice, `refused` holds those of the last try."""
        refused = more.pop("refused", None)
        context = {
            "words": words,
            "columns": choice.columns,
            "sheets": SHEETS_LABELS[choice.sheets.value],
            "format": FORMAT_LABELS[choice.format.value],
            "name": name,
            "shared": shared,
            "longest_name": LONGEST_NAME,
            "may_share": may_share_layouts(self.actor),
            "errors": {refusal.field: refusal.reason for refusal in refused.refusals} if refused else {},
            "trail": [{"url": list_address(QueryDict()), "label": _("Demandes")}, back],
        }
        return render(self.request, PAGE, context | more, status=UNPROCESSABLE if refused else 200)

    def typed(self) -> tuple[str, bool]:
        """The name and the box, as sent."""
        return self.request.POST.get(NAME, "")[: LONGEST_NAME * 2], SHARED in self.request.POST


class NewLayoutView(LayoutFormView):
    """Name the choice that the address holds, or keep it under the name of the layout in use."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show what would be kept."""
        return self._page(name="", shared=False)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep it."""
        name, shared = self.typed()
        try:
            layout = self._kept(name, shared=shared)
        except Refused as refused:
            return self._page(name=name, shared=shared, refused=refused)
        messages.success(request, _("La présentation « %(name)s » est enregistrée.") % {"name": layout.name})
        if layout.shared and self.listing.search:
            messages.info(request, _("Les mots cherchés n'y sont pas gardés : ils pourraient nommer quelqu'un."))
        address = export_choice.address_of(CHOOSE, self.list_params, self._choice(), layout=layout.pk)
        return redirect(address)

    def _back(self) -> dict[str, str]:
        """Back to the same choice."""
        in_use = self.layout.pk if self.layout else None
        address = export_choice.address_of(CHOOSE, self.list_params, self._choice(), layout=in_use)
        return {"url": address, "label": _("Exporter")}

    def _kept(self, name: str, *, shared: bool) -> ExportLayout:
        now, replaced = timezone.now(), self._own_in_use()
        if REPLACE in self.request.POST and replaced is not None:
            return replace_layout(pk=replaced.pk, draft=self._draft(), by=self.actor, now=now)
        return save_layout(draft=self._draft(), name=name, shared=shared, by=self.actor, now=now)

    def _draft(self) -> Draft:
        choice, listing = self._choice(), self.listing
        return Draft(
            columns=choice.keys,
            query=export_choice.layout_query(listing),
            search=listing.search,
            sheets=choice.sheets,
            format=choice.format,
        )

    def _choice(self) -> Choice:
        return export_choice.read_choice(self.request.GET, self.offered, otherwise=Choice(chosen([], self.offered)))

    def _own_in_use(self) -> ExportLayout | None:
        layout = self.layout
        return layout if layout and may_change_layout(self.actor, layout.owner_id) else None

    def _page(self, **more: Any) -> HttpResponse:
        words = export_choice.in_words(self.listing)
        more |= {"own_in_use": self._own_in_use(), "is_new": True, "may_change": True, "back": self._back()}
        return self.page(self._choice(), words, **more)


class LayoutView(LayoutFormView):
    """Rename, share or delete a layout: for its owner; the technician deletes a shared one."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what it holds."""
        layout = self._found(pk)
        return self._page(layout, name=layout.name, shared=layout.shared)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Change it."""
        layout = self._found(pk)
        name, shared = self.typed()
        try:
            self._change(layout, name, shared=shared)
        except NotVisible:
            raise Http404 from None
        except Refused as refused:
            return self._page(layout, name=name, shared=shared, refused=refused)
        return redirect(CHOOSE)

    def _change(self, layout: ExportLayout, name: str, *, shared: bool) -> None:
        if DELETE in self.request.POST:
            delete_layout(pk=layout.pk, by=self.actor)
            said = _("La présentation « %(name)s » est supprimée.") % {"name": layout.name}
        else:
            layout = rename_layout(pk=layout.pk, name=name, shared=shared, by=self.actor, now=timezone.now())
            said = _("La présentation « %(name)s » est modifiée.") % {"name": layout.name}
        messages.success(self.request, said)

    def _found(self, pk: int) -> ExportLayout:
        layout = get_object_or_404(ExportLayout.objects.usable_by(self.request.user), pk=pk)
        if not may_delete_layout(self.actor, layout.owner_id, shared=layout.shared):
            raise Http404
        return layout

    def _page(self, layout: ExportLayout, **more: Any) -> HttpResponse:
        listing = read_listing(self.desk, export_choice.list_of_layout(layout))
        choice = export_choice.of_layout(layout, self.offered)
        own = may_change_layout(self.actor, layout.owner_id)
        more |= {"layout": layout, "may_change": own, "back": {"url": reverse(CHOOSE), "label": _("Exporter")}}
        return self.page(choice, export_choice.in_words(listing), **more)
