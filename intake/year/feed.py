"""The year as iCalendar (RFC 5545), for a calendar program that can't log in: days of the town, nothing of any file."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from intake.process.calendar_keys import recognize
from snippets.secret_keys import TooManyCalls, UnknownKey

from .events import as_ics

ICS = "text/calendar; charset=utf-8"


@require_safe
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Answer the feed to who knows a private address in use, 404 to anyone else, 429 beyond some calls a minute."""
    now = timezone.now()
    try:
        recognize(secret, now=now)
    except UnknownKey:
        raise Http404 from None
    except TooManyCalls as too_many:
        headers = {"Retry-After": str(too_many.seconds)}
        return HttpResponse(status=HTTPStatus.TOO_MANY_REQUESTS, headers=headers)
    response = HttpResponse(as_ics(now=now), content_type=ICS)
    response["Content-Disposition"] = 'inline; filename="calendrier.ics"'
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    add_never_cache_headers(response)
    return response
