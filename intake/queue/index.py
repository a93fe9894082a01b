"""The list: reads the address, asks `listing`, shows a page."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.admin.utils import label_for_field
from django.core.paginator import InvalidPage, Page, PageNotAnInteger
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from wagtail_modeladmin.templatetags.modeladmin_tags import results
from wagtail_modeladmin.views import IndexView, WMABaseView

from intake.models import CaseQuerySet
from intake.policy.roles import EXPORTING_ROLES

from .desk import Desk, desk_for
from .listing import PAGE, SEARCH, SORT, TAB, Listing, read_listing, tab_counts
from .paging import QueuePaginator
from .postal import letters_tab
from .rows import SORT_OF, show
from .searching import only_case_named
from .tabs import TABS


class QueueView(IndexView):
    """modeladmin's list with our rows: one count instead of three, and no stock export."""

    FORMATS = ()
    paginator_class = QueuePaginator

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer 404 where modeladmin would say that the list exists; open a file searched by its number."""
        if not self.permission_helper.user_can_list(request.user):
            raise Http404
        reference = only_case_named(request.user, request.GET.get(SEARCH, ""))
        return redirect("intake_queue:case", reference) if reference else super().dispatch(request, *args, **kwargs)

    @cached_property
    def desk(self) -> Desk:
        """Who looks, today."""
        return desk_for(self.request.user)

    @cached_property
    def listing(self) -> Listing:
        """What is looked at."""
        return read_listing(self.desk, self.request.GET)

    def get_queryset(self, request: HttpRequest | None = None) -> CaseQuerySet:
        """The rows on the screen, all pages."""
        return self.listing.rows

    def get_page_title(self) -> str:
        """Name the view, so that the browser's history can be read."""
        return f"{super().get_page_title()} – {self.listing.tab.label}"

    @property
    def may_export(self) -> bool:
        """Say whether the desk takes rows out as a workbook: whoever executes does not (§3, Exports)."""
        return self.desk.actor.has_any(EXPORTING_ROLES)

    def address(self, **changes: str) -> str:
        """Return the address of this list with some parameters changed, or taken out when empty; back to page 1."""
        kept = {name: value for name, value in self.request.GET.items() if name != PAGE}
        return "?" + urlencode({name: value for name, value in {**kept, **changes}.items() if value})

    def tabs(self) -> list[dict[str, Any]]:
        """List the ready-made views of this desk, with how many files each holds."""
        counts = tab_counts(self.desk)
        return [
            {
                "label": tab.label,
                "url": self.address(**{TAB: tab.key, SORT: ""}),
                "count": counts.get(tab.key),
                "current": tab is self.listing.tab,
            }
            for tab in TABS
            if tab.exists_for(self.desk)
        ] + letters_tab(self.desk)

    def headers(self) -> list[dict[str, Any]]:
        """List the columns, each with the link that sorts by it."""
        return [self._header(name) for name in self.list_display]

    def _header(self, name: str) -> dict[str, Any]:
        key, sort = SORT_OF.get(name), self.listing.sort
        sorted_by = bool(key) and sort.removeprefix("-") == key
        descending = sorted_by and sort.startswith("-")
        return {
            "label": label_for_field(name, self.model, model_admin=self.model_admin),
            "url": self.address(**{SORT: key if descending or not sorted_by else f"-{key}"}) if key else "",
            "sorted": ("descending" if descending else "ascending") if sorted_by else "",
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Read the page asked for, the last one when there are fewer; a page is one count and two reads."""
        searching = bool(self.listing.search)
        paginator = self.paginator_class(self.listing.rows, self.items_per_page, searching=searching)
        page = _page(paginator, self.request.GET.get(PAGE))
        show(page.object_list, self.desk)
        return WMABaseView.get_context_data(
            self,
            listing=self.listing,
            page_obj=page,
            paginator=paginator,
            page_links=_page_links(self, paginator, page.number),
            rows=list(results(self, page.object_list, self.request)),
            bulk="action_checkbox" in self.list_display,
            **kwargs,
        )


def _page(paginator: QueuePaginator, number: str | None) -> Page:
    try:
        return paginator.page(number or 1)
    except PageNotAnInteger:
        return paginator.page(1)
    except InvalidPage:
        return paginator.page(paginator.num_pages)


def _page_links(view: QueueView, paginator: QueuePaginator, current: int) -> list[dict[str, Any]]:
    return [
        {"label": number, "url": view.address(**{PAGE: str(number)}) if number != paginator.ELLIPSIS else ""}
        for number in paginator.get_elided_page_range(current)
    ]
