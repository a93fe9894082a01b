"""The few pages that belong to no room."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say in plain words that the form's seal is out of date, and how to go on without losing the text."""
    return render(request, "403_csrf.html", status=403)
