"""`/suivi/`: reference + tracking code → where the file stands, in plain words (art. 2.3)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def follow(request: HttpRequest) -> HttpResponse:
    """Show the form that asks for the reference and the code."""
    return render(request, "intake_forms/tracking.html")
