"""The map of the site for people; /sitemap.xml is the one for machines."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

SECTION, PAGE = 1, 2  # levels under the home page; the parts of a guide are found from the guide


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """Show every public section with its pages, in the order of the tree."""
    site = Site.find_for_request(request)
    sections: list[dict[str, object]] = []
    for page in _pages_of(site) if site else []:
        link = {"title": page.title, "url": page.get_url(request, site)}
        if page.depth == site.root_page.depth + SECTION:
            sections.append({**link, "path": page.path, "pages": []})
        elif sections and page.path.startswith(sections[-1]["path"]):
            sections[-1]["pages"].append(link)
    return render(request, "site_map.html", {"sections": sections})


def _pages_of(site: Site) -> list[Page]:
    root = site.root_page
    return list(Page.objects.descendant_of(root).filter(depth__lte=root.depth + PAGE).live().public().order_by("path"))
