"""What every list and form of the grid shares."""

from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import CopyView, CreateView, EditView, IndexView, SnippetViewSet

from snippets.folding import folded
from snippets.french_dates import date_format

from .deletion import KeepingDeleteView


class DayColumn(Column):
    """A day as it is written, not « 10 months ago »: what counts here is the day itself."""

    def get_value(self, instance: models.Model) -> str:
        """The day in the town's format, or nothing."""
        day = super().get_value(instance)
        return date_format(day, "SHORT_DATE_FORMAT") if day else ""


class GridIndexView(IndexView):
    """A list whose search forgives accents, capitals and half words, on every database.

    The grid has tens or hundreds of rows: they are read and compared here, so that no search index can lag behind.
    """

    add_item_label = _("Ajouter")

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        """Keep the rows whose searched fields hold every word."""
        if not self.is_searching:
            return queryset
        words = folded(self.search_query).split()
        rows = queryset.order_by().values_list("pk", *self.search_fields)
        found = {
            pk
            for pk, *texts in rows
            if all(word in folded(" ".join(str(text or "") for text in texts)) for word in words)
        }
        return queryset.filter(pk__in=found)


class SavedByHandMixin:
    """Nothing of the grid is saved while it is being typed.

    Wagtail saves rows with versions by themselves every half second; the grid has no drafts, so that a delay of « 1 »
    on the way to « 10 » would be promised to citizens.
    """

    # Wagtail's sentences don't know the gender of what they name.
    error_message = _("Rien n'est enregistré : corrigez ce qui est indiqué ci-dessous.")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Switch the automatic saving off."""
        super().setup(request, *args, **kwargs)
        self.autosave_enabled = False

    def get_success_message(self, instance: models.Model | None = None) -> str:
        """What is said once the row is stored."""
        return now_("Enregistré : %(name)s.") % {"name": instance or self.object}


class GridCreateView(SavedByHandMixin, CreateView):
    """Add a row."""


class GridCopyView(SavedByHandMixin, CopyView):
    """Add a row that begins like another."""


class GridEditView(SavedByHandMixin, EditView):
    """Change a row."""


class GridViewSet(SnippetViewSet):
    """A list and its forms; subclasses say model, columns, filters and panels."""

    index_view_class = GridIndexView
    add_view_class = GridCreateView
    copy_view_class = GridCopyView
    edit_view_class = GridEditView
    delete_view_class = KeepingDeleteView
    copy_view_enabled = False
    list_per_page = 50
    # No index: see GridIndexView.
    search_backend_name = None
