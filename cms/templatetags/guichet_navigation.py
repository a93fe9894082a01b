"""The menu of the public pages, read from the page tree."""

from dataclasses import dataclass, field
from typing import Any

from django import template
from django.core.paginator import Page as PageOfList
from django.db.models import Q
from django.http import HttpRequest, QueryDict
from django.template.context import Context
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from cms.theme import theme_address
from snippets.models import TownSettings

register = template.Library()

# Found by its address under the home page, in the menu or not; linked only where it exists.
ACCESSIBILITY_SLUG = "accessibilite"


@dataclass(frozen=True)
class MenuItem:
    """A link of the menu; `current` is a value of aria-current: "page", "true" (inside this section) or empty."""

    title: str
    url: str
    current: str = ""


@dataclass(frozen=True)
class Navigation:
    """What the header (`main`) and the footer link to."""

    main: list[MenuItem] = field(default_factory=list)
    accessibility: MenuItem | None = None
    privacy: MenuItem | None = None


@register.simple_tag(takes_context=True)
def guichet_navigation(context: Context) -> Navigation:
    """Return the menu for this page: one query for the pages; empty where there is no request or no site."""
    request = context.get("request")
    site = Site.find_for_request(request) if request else None
    if site is None:
        return Navigation()
    privacy_pk = TownSettings.load(request_or_site=request).privacy_page_id
    root = site.root_page
    children = Q(path__startswith=root.path, depth=root.depth + 1)
    wanted = (children & (Q(show_in_menus=True) | Q(slug=ACCESSIBILITY_SLUG))) | Q(pk=privacy_pk)
    found = [
        (page, MenuItem(page.title, page.get_url(request, site) or "", _current(context.get("page"), page, request)))
        for page in Page.objects.live().filter(wanted).order_by("path")
    ]
    return Navigation(
        main=[item for page, item in found if page.show_in_menus and page.depth == root.depth + 1],
        accessibility=next((item for page, item in found if page.slug == ACCESSIBILITY_SLUG), None),
        privacy=next((item for page, item in found if page.pk == privacy_pk), None),
    )


@register.simple_tag(takes_context=True)
def guichet_breadcrumbs(context: Context) -> list[MenuItem]:
    """Return the pages above this one, the home page first; nothing on the home page itself. One query at most."""
    request, page = context.get("request"), context.get("page")
    site = Site.find_for_request(request) if request else None
    home = MenuItem(_("Accueil"), "/")
    if site is None or not isinstance(page, Page):
        return [home]
    if page.pk == site.root_page_id:
        return []
    above = page.get_ancestors().filter(depth__gt=site.root_page.depth).order_by("depth")
    return [home, *(MenuItem(ancestor.title, ancestor.get_url(request, site) or "/") for ancestor in above)]


@register.simple_tag(takes_context=True)
def guichet_page_links(context: Context, page_obj: PageOfList, *, parameter: str = "") -> dict[str, Any]:
    """Return the links of a list's pages: previous, next (addresses or empty) and numbers (an ellipsis has no url)."""
    request, name = context.get("request"), parameter or "page"
    query = request.GET.copy() if request else QueryDict(mutable=True)

    def address(number: int) -> str:
        query[name] = number
        return f"?{query.urlencode()}"

    numbers = [
        MenuItem(str(number), address(number), "page" if number == page_obj.number else "")
        if isinstance(number, int)
        else MenuItem(str(number), "")
        for number in page_obj.paginator.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1)
    ]
    return {
        "numbers": numbers,
        "previous": address(page_obj.previous_page_number()) if page_obj.has_previous() else "",
        "next": address(page_obj.next_page_number()) if page_obj.has_next() else "",
    }


@register.simple_tag(takes_context=True)
def guichet_theme_url(context: Context) -> str:
    """Return the address of the town's colours; it changes when they change, so that browsers may keep it."""
    return theme_address(context.get("request"))


def _current(shown: Page | None, item: Page, request: HttpRequest) -> str:
    """Say where the reader is: on this page, inside its section, or elsewhere."""
    if isinstance(shown, Page):
        if shown.pk == item.pk:
            return "page"
        return "true" if shown.path.startswith(item.path) else ""
    # A door that is not a page of the tree (search, follow-up…): its address tells.
    url = item.get_url(request) or ""
    return "true" if url and request.path.startswith(url) else ""
