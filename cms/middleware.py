"""What every answer carries or never shows."""

import logging
from collections.abc import Callable

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse
from django.views import defaults

logger = logging.getLogger(__name__)

# Wagtail's admin writes inline scripts and styles; it is for staff, behind a login.
ADMIN_POLICY = {
    "default-src": [SELF],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "object-src": [NONE],
    "base-uri": [SELF],
    "form-action": [SELF],
    "frame-ancestors": [SELF],
}


class ContentSecurityMiddleware(CSPMiddleware):
    """The strict policy of the settings for citizens, Wagtail's needs under /admin/."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Add the header that suits the address."""
        if request.path.startswith("/admin/"):
            response._csp_replace = ADMIN_POLICY
        return super().process_response(request, response)


class ReadableAddressMiddleware:
    """An address that no database can look for (PostgreSQL knows no NUL character) is refused in words, in any screen."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; the work is in process_exception: a screen that forgives the character stays as it is."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer 400 with the town's page when such a character is what the database refused."""
        if isinstance(exception, DataError | ValueError) and "%00" in request.META.get("QUERY_STRING", ""):
            return defaults.bad_request(request, exception)
        return None


class PlainErrorsMiddleware:
    """In development too, people read the town's page in French, never a stack trace; the log keeps the trace."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; the work is in process_exception."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the 404 or 500 page when Django would show its technical one."""
        if not settings.DEBUG or settings.SHOW_TRACEBACKS:
            return None
        if isinstance(exception, Http404):
            return defaults.page_not_found(request, exception)
        logger.error("unexpected_error", exc_info=exception, extra={"path": request.path})
        return defaults.server_error(request)
