"""One year on a page (art. 4.1, 4.2), and the private address with which a calendar program follows it."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from intake.mail.values import absolute
from intake.models import actor_for
from intake.policy.roles import GROUP_NAMES, Actor, Role
from intake.policy.working_days import FIRST_YEAR, LAST_YEAR, YearOutOfRange
from intake.policy.year_view import other_reading, year_view
from intake.process.calendar import named_closures, town_calendar, town_reading
from intake.process.calendar_keys import key_of, renew_key, revoke_key
from snippets.models.town import ListReading

# §3, denial (3): the officials have the published lists, nothing else.
STAFF = frozenset(GROUP_NAMES) - {Role.COUNCIL}
CHOOSES_READING = "snippets.change_townsettings"
UNPROCESSABLE = 422


class YearForm(forms.Form):
    """Another year."""

    annee = forms.IntegerField(
        label=gettext_lazy("Année"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 6, "maxlength": 9}),
        error_messages={
            "required": gettext_lazy("Écrivez une année, par exemple 2027."),
            "invalid": gettext_lazy("Écrivez une année, par exemple 2027."),
        },
    )


def reads_year(actor: Actor) -> bool:
    """Say whether the page exists for the actor: the whole staff."""
    return actor.has_any(STAFF)


def _reader(request: HttpRequest) -> None:
    if not reads_year(actor_for(request.user)):
        raise Http404


class YearView(View):
    """A year, this one by default."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it; an impossible year is said beside the field."""
        _reader(request)
        asked = request.GET if "annee" in request.GET else {"annee": timezone.localdate().year}
        return show_year(request, YearForm(asked))


class RenewView(View):
    """A new private address."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make it: the answer to that very POST is the only page that ever shows it."""
        _reader(request)
        secret = renew_key(user=request.user, now=timezone.now())
        address = absolute(reverse("calendar_feed", args=[secret]))
        return show_year(request, YearForm({"annee": timezone.localdate().year}), address=address)


class RevokeView(View):
    """The end of the private address."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Close it at once."""
        _reader(request)
        if revoke_key(user=request.user, now=timezone.now()):
            messages.success(request, _("L'adresse est révoquée : elle ne montre plus rien."))
        else:
            messages.warning(request, _("Vous n'aviez pas d'adresse en service."))
        return redirect("intake_year:year")


def show_year(request: HttpRequest, form: YearForm, *, address: str = "") -> HttpResponse:
    """Render a year; `address` is the private one, just made."""
    context: dict[str, Any] = {
        "form": form,
        "title": _("Calendrier"),
        "key": key_of(request.user),
        "address": address,
        "chooses": request.user.has_perm(CHOOSES_READING),
    }
    year = form.cleaned_data["annee"] if form.is_valid() else None
    if year is not None:
        try:
            context |= _year(year)
        except YearOutOfRange as error:
            form.add_error("annee", str(error))
    response = render(request, "intake_year/year.html", context, status=200 if form.is_valid() else UNPROCESSABLE)
    add_never_cache_headers(response)
    return response


def _year(year: int) -> dict[str, Any]:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise YearOutOfRange(year)
    reading = town_reading()
    months = year_view(year, town_calendar(), reading, named_closures(date(year, 1, 1), date(year, 12, 31)))
    return {
        "title": _("Calendrier %(year)s") % {"year": year},
        "year": str(year),
        "months": months,
        "working_days": sum(month.working_days for month in months),
        "differing": sum(month.differs for month in months),
        "reading": ListReading(reading.value).label,
        "other_reading": ListReading(other_reading(reading).value).label,
        "before": year - 1 if year > FIRST_YEAR else None,
        "after": year + 1 if year < LAST_YEAR else None,
    }
