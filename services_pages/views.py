"""The one citizen address that is not a page of the tree: the search."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from .models import SearchMiss
from .search.find import find
from .search.misses import reportable

MAX_QUERY = 200
CONTROL_CHARACTERS = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


def search(request: HttpRequest) -> HttpResponse:
    """Show what answers `q`; when nothing does, show whom to call and count the bare term (art. 2.3)."""
    query = CONTROL_CHARACTERS.sub(" ", request.GET.get("q", "")[:MAX_QUERY]).strip()
    found = find(query, request)
    term = "" if found else reportable(query)
    if term:
        SearchMiss.objects.count_one(term=term, day=timezone.localdate())
    return render(request, "services_pages/search.html", {"search_query": query, "found": found})
