"""The menu of the public pages, read from the page tree."""

from dataclasses import dataclass, field

from django import template
from django.db.models import Q
from django.http import HttpRequest
from django.template.context import Context
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
