"""Pages of a long list: one count, numbers first and rows after, so that the last page costs what the first does."""

from django.core.paginator import Page
from wagtail.admin.paginator import WagtailPaginator


class QueuePaginator(WagtailPaginator):
    """Sort and skip over keys alone, then read the few wide rows of the page."""

    def page(self, number: int | str) -> Page:
        """Return one page; raises InvalidPage as Django's does."""
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        keys = list(self.object_list.values_list("pk", flat=True)[first : first + self.per_page])
        rows = self.object_list.order_by().in_bulk(keys)
        # A file that left the list between the two reads is simply not shown.
        return self._get_page([rows[key] for key in keys if key in rows], number, self)
