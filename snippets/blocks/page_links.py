"""Where the links of rich text lead; apart from the blocks, since Wagtail's handler can't be read before the models."""

from typing import Any

from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler


class PublishedPageLinks(PageLinkHandler):
    """Links of rich text to pages of the site; a page that is not published keeps its words and loses its link."""

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, Any]]) -> list[Page | None]:
        """Return the live page of each link, in order; one query, since an address needs no specific page."""
        wanted = [str(attrs.get("id")) for attrs in attrs_list]
        found = {
            str(page.pk): page for page in Page.objects.live().filter(pk__in=[pk for pk in wanted if pk.isdigit()])
        }
        return [found.get(pk) for pk in wanted]
