"""What citizens looked for in vain, for those who write the pages (art. 2.3)."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permissions import policy_registry

from .models import SearchMiss

DAYS = 90


WRITERS = ["add", "change", "publish"]


class SearchMissMenuItem(MenuItem):
    """Shown to whoever may write a page."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the pages' own policy, as the report does."""
        return policy_registry.get_by_type(Page).user_has_any_permission(request.user, WRITERS)


class SearchMissReport(ReportView):
    """Terms without result in the last 90 days, the most frequent first; for whoever may write a page."""

    page_title = _("Recherches sans résultat")
    header_icon = "search"
    index_url_name = "search_miss_report"
    index_results_url_name = "search_miss_report_results"
    any_permission_required = WRITERS
    model = SearchMiss
    default_ordering = "-total"
    is_searchable = False
    columns = [
        Column("term", label=_("Terme"), sort_key="term"),
        Column("total", label=_("Fois"), sort_key="total"),
        Column("last_on", label=_("Dernière fois"), sort_key="last_on"),
    ]
    list_export = ["term", "total", "last_on"]
    export_headings = {"term": _("Terme"), "total": _("Fois"), "last_on": _("Dernière fois")}

    @property
    def permission_policy(self) -> Any:
        """Pages' own policy: no role needs a permission of its own for this list."""
        return policy_registry.get_by_type(Page)

    def get_base_queryset(self) -> QuerySet:
        """One row a term."""
        return SearchMiss.objects.by_term(since=timezone.localdate() - timedelta(days=DAYS))
