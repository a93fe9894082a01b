"""The screens of Annexe B: the page « Mon statut », the buttons of the admin's header, and the board."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from snippets.models import AvailabilityStatus, Department, StatusSource, TownSettings

from .board import board
from .forms import OwnStatusForm
from .own import own_employee
from .setting import UnableToSetAvailability, set_availability
from .words import Said, said_of, say

SEES_BOARD = "snippets.view_availability"
UNPROCESSABLE, NOT_FOUND = 422, 404
# What the header's script asks for instead of a page: the header alone.
FRAGMENT = "X-Guichet-Fragment"
LONGEST_SEARCH = 100


def town_now() -> datetime:
    """The moment, in the town's zone."""
    return timezone.localtime()


def own_said(request: HttpRequest) -> Said | None:
    """The status of who looks, in words; None when the account is not that of an employee in office."""
    employee = own_employee(request.user)
    if employee is None:
        return None
    stale_after = TownSettings.load(request).status_stale_after
    return said_of(employee, now=town_now(), stale_after=stale_after)


def _say_own(request: HttpRequest, *, status: str, until: datetime | None, source: StatusSource) -> Said:
    """Write the status of the account's own employee, never of another, and return it in words."""
    employee, now = own_employee(request.user), town_now()
    if employee is None:
        raise Http404
    said = set_availability(employee_pk=employee.pk, status=status, until=until, source=source, now=now)
    return say(said, now=now, stale_after=TownSettings.load(request).status_stale_after)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_status(request: HttpRequest) -> HttpResponse:
    """« Mon statut », made for a telephone: three buttons, and until when."""
    if own_employee(request.user) is None:
        return _page(request, "snippets/availability/no_employee.html", status=NOT_FOUND)
    if request.method != "POST":
        return _page(request, "snippets/availability/own.html", {"form": OwnStatusForm(now=town_now())})
    form = OwnStatusForm(request.POST, now=town_now())
    if form.is_valid():
        data = form.cleaned_data
        try:
            said = _say_own(request, status=data["status"], until=data["until"], source=StatusSource.PHONE_PAGE)
        except UnableToSetAvailability as unable:
            form.add_error("day" if unable.field == "until" else None, str(unable))
        else:
            messages.success(request, _("C'est noté : %(status)s.") % {"status": said.label})
            return redirect("own_status")
    return _page(request, "snippets/availability/own.html", {"form": form}, status=UNPROCESSABLE)


def _page(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    said = {"said": own_said(request), "statuses": AvailabilityStatus.choices}
    response = render(request, template, {**said, **(context or {})}, status=status)
    add_never_cache_headers(response)
    return response


@require_POST
def quick_status(request: HttpRequest) -> HttpResponse:
    """One click in the admin's header; the address is behind the admin's login."""
    try:
        said = _say_own(request, status=request.POST.get("status", ""), until=None, source=StatusSource.ADMIN)
    except UnableToSetAvailability as unable:
        messages.error(request, str(unable))
        return redirect(_back(request))
    if FRAGMENT in request.headers:
        context = header_context(request, said=said, back=_back(request))
        return render(request, "snippets/availability/header.html", context)
    messages.success(request, _("Votre statut : %(status)s.") % {"status": said.label})
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    """The page on which the person clicked; never an address of another site."""
    address = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    if safe and address.startswith("/"):
        return address
    return reverse("availability_board" if request.user.has_perm(SEES_BOARD) else "wagtailadmin_home")


def header_context(request: HttpRequest, *, said: Said | None, back: str) -> dict[str, Any]:
    """What the header shows; `back` is where the buttons lead back to."""
    return {"said": said, "statuses": AvailabilityStatus.choices, "back": back, "request": request}


@require_safe
def availability_board(request: HttpRequest) -> HttpResponse:
    """Every employee in office with his status; by service, by name. It exists for those who transfer calls."""
    if not request.user.has_perm(SEES_BOARD):
        raise Http404
    code, words = request.GET.get("service", ""), request.GET.get("q", "")[:LONGEST_SEARCH].replace("\0", "")
    departments = list(Department.objects.active())
    chosen = next((department for department in departments if department.code == code), None)
    now, stale_after = town_now(), TownSettings.load(request).status_stale_after
    context = {
        "lines": board(now=now, stale_after=stale_after, department=chosen, words=words),
        "departments": departments,
        "chosen": chosen,
        "words": words,
        "now": now,
    }
    response = render(request, "snippets/availability/board.html", context)
    add_never_cache_headers(response)
    return response
