"""Pages of a long list: one count, numbers first and rows after, so that the last page costs what the first does."""

from typing import Any

from django.core.paginator import Page
from django.utils.functional import cached_property
from wagtail.admin.paginator import WagtailPaginator


class QueuePaginator(WagtailPaginator):
    """Sort and skip over keys alone, then read the few wide rows of the page.

    `searching`: finding the rows is the costly part, so their keys are read once, all of them, and counted here.
    """

    def __init__(self, *args: Any, searching: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.searching = searching

    @cached_property
    def keys(self) -> Any:
        """The keys of every row in order: read already when searching, else still a query."""
        keys = self.object_list.values_list("pk", flat=True)
        return list(keys) if self.searching else keys

    @cached_property
    def count(self) -> int:
        """How many rows there are on all pages."""
        return len(self.keys) if self.searching else super().count

    def page(self, number: int | str) -> Page:
        """Return one page; raises InvalidPage as Django's does."""
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        keys = list(self.keys[first : first + self.per_page])
        rows = self.object_list.order_by().in_bulk(keys)
        # A file that left the list between the two reads is simply not shown.
        return self._get_page([rows[key] for key in keys if key in rows], number, self)
