"""Deleting a row of the grid: refused with the list of who uses it, one row or several at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError, RestrictedError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from wagtail.actions.delete import DeleteAction, DeletePermissionError
from wagtail.actions.registry import ActionRegistry
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.views.snippets import DeleteView

from snippets.message_codes import MESSAGE_CODES
from snippets.models import Closure, Department, Designation, Employee, MessageText, RequestNature

from .in_use import Uses, is_used, uses_of

# What to do instead of deleting: the row stays for the files that name it, and is no longer offered.
INSTEAD: dict[type[models.Model], Promise] = {
    RequestNature: _("Pour la retirer, ouvrez-la et décochez « Offerte ». Les dossiers existants la gardent."),
    Department: _("Pour le retirer, ouvrez-le et décochez « Actif ». Confiez d'abord ses natures à un autre service."),
    Employee: _("Pour la retirer, le Technicien du Service aux citoyens inscrit son départ à l'écran « Droits »."),
    MessageText: _("Guichet envoie ce message. Modifiez son texte; l'historique permet de revenir à un texte d'avant."),
}


@dataclass(frozen=True)
class Kept:
    """One row that stays: its name, where to edit it, who uses it and what to do instead."""

    name: str
    edit_url: str | None
    uses: Uses
    instead: str


def refuse_when_in_use(request: HttpRequest, rows: Sequence[models.Model]) -> HttpResponse | None:
    """Wagtail's `before_delete_snippet` hook: the page that says why rows stay, or None to go on."""
    kept = [kept for row in rows if (kept := _why_kept(row, request))]
    return _page(request, type(rows[0]), kept, spared=len(rows) - len(kept)) if kept else None


def _stays(row: models.Model) -> bool:
    # A message that Guichet sends is used by the code itself.
    return (isinstance(row, MessageText) and row.code in MESSAGE_CODES) or is_used(row)


def _why_kept(row: models.Model, request: HttpRequest) -> Kept | None:
    if not _stays(row):
        return None
    uses = uses_of(row, seen_by=request.user)
    edit_url = AdminURLFinder(request.user).get_edit_url(row)
    return Kept(name=str(row), edit_url=edit_url, uses=uses, instead=str(INSTEAD.get(type(row), "")))


def _page(request: HttpRequest, model: type[models.Model], kept: list[Kept], *, spared: int = 0) -> HttpResponse:
    """Show why rows stay; `spared` more had been chosen with them and stay too."""
    title = _("Suppression impossible")
    list_url = reverse(model.snippet_viewset.get_url_name("list"))
    context = {
        "page_title": title,
        "header_title": title,
        "header_icon": "warning",
        "breadcrumbs_items": [
            {"url": list_url, "label": capfirst(model._meta.verbose_name_plural)},
            {"url": "", "label": title},
        ],
        "kept": kept,
        "spared": spared,
        "back_url": list_url,
    }
    return TemplateResponse(request, "snippets/still_in_use.html", context)


def _or_refuse(delete: Callable[[], HttpResponse], request: HttpRequest, rows: Sequence[models.Model]) -> HttpResponse:
    """Delete, or say why not when someone began to use a row after we looked: never an error page."""
    try:
        with transaction.atomic():
            return refuse_when_in_use(request, rows) or delete()
    except (DeletePermissionError, ProtectedError, RestrictedError, IntegrityError):
        return refuse_when_in_use(request, rows) or _page(request, type(rows[0]), [])


class KeepingDeleteAction(DeleteAction):
    """Deletion by whatever door of Wagtail; raises DeletePermissionError for what is in use."""

    def _delete(self) -> tuple[int, dict[str, int]]:
        refused = DeletePermissionError(now_("« %(name)s » est utilisé et reste.") % {"name": self.instance})
        if _stays(self.instance):
            raise refused
        try:
            return super()._delete()
        except (ProtectedError, RestrictedError, IntegrityError) as error:
            raise refused from error


def keep_what_is_used(registry: ActionRegistry) -> None:
    """Wagtail's `register_actions` hook: the grid is deleted in our way everywhere."""
    for model in (Closure, Department, Designation, Employee, MessageText, RequestNature):
        registry.register(model, KeepingDeleteAction)


class KeepingDeleteView(DeleteView):
    """Wagtail's page to delete one row, safe against a use that appears meanwhile."""

    success_message = _("Supprimé : %(object)s.")

    @property
    def confirmation_message(self) -> str:
        """The question; Wagtail's does not know the gender of what it names."""
        return now_("Voulez-vous vraiment supprimer « %(name)s »?") % {"name": self.object}

    def form_valid(self, form: Form) -> HttpResponse:
        """Delete or explain."""
        return _or_refuse(lambda: super(KeepingDeleteView, self).form_valid(form), self.request, [self.object])


class KeepingDeleteBulkAction(DeleteBulkAction):
    """Wagtail's deletion of several rows, safe against a use that appears meanwhile."""

    def form_valid(self, form: Form) -> HttpResponse:
        """Delete or explain."""
        rows = self.get_actionable_objects()[0]
        return _or_refuse(lambda: super(KeepingDeleteBulkAction, self).form_valid(form), self.request, rows)
