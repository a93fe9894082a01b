"""The few pages that belong to no room."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say in plain words that the form's seal is out of date, and how to go on without losing the text."""
    return render(request, "403_csrf.html", status=403)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Keep search engines to the pages that are for reading."""
    lines = ("User-agent: *", "Disallow: /admin/", "Disallow: /suivi/", "Disallow: /sondage/", "Disallow: /api/")
    sitemap = request.build_absolute_uri("/sitemap.xml")
    return HttpResponse("\n".join((*lines, f"Sitemap: {sitemap}", "")), content_type="text/plain")
