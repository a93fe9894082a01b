"""`/suivi/`: reference + tracking code → where the file stands, in plain words (art. 2.3). A list says what may be shown."""

import hmac

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.models import Case
from intake.policy.references import parse_reference, tracking_hash

from .fields import LineField
from .screens import TOO_MANY, UNPROCESSABLE, private
from .sender import LOOKUPS
from .signing_later import offer_to_sign
from .supplying import offer_of
from .told import told_of

# Compared when the reference does not exist, so that every answer costs the same.
NO_HASH = "0" * 64


class LookupForm(forms.Form):
    """The pair that opens a file."""

    numero = LineField(
        label=gettext_lazy("Numéro de référence"),
        help_text=gettext_lazy("Par exemple : 2026-0005. Il est dans votre accusé de réception."),
        max_length=40,
        required_message=gettext_lazy("Écrivez le numéro de référence."),
    )
    code = LineField(
        label=gettext_lazy("Code de suivi"),
        help_text=gettext_lazy("Douze lettres et chiffres, comme K7MD-2PXC-9VTB."),
        max_length=60,
        autocomplete="off",
        required_message=gettext_lazy("Écrivez le code de suivi."),
    )


def follow(request: HttpRequest) -> HttpResponse:
    """Ask for the reference and the code, and show the file. The code travels in a POST: no address, no log holds it."""
    if request.method != "POST":
        return _ask(request, LookupForm(initial={"numero": request.GET.get("numero", "")[:40]}))
    now, form = timezone.now(), LookupForm(request.POST)
    if LOOKUPS.is_shut(request, now):
        return private(TemplateResponse(request, "intake_forms/tracking_wait.html", status=TOO_MANY))
    if not form.is_valid():
        return _ask(request, form, status=UNPROCESSABLE)
    case = case_for(form.cleaned_data["numero"], form.cleaned_data["code"])
    if case is None:
        LOOKUPS.count(request, now)
        form.add_error(None, _("Aucune demande ne correspond à ce numéro et à ce code. Vérifiez les deux."))
        return _ask(request, form, status=UNPROCESSABLE)
    context = told_of(case) | {"supply_form": offer_of(case), "sign_form": offer_to_sign(case, now=now)}
    return private(TemplateResponse(request, "intake_forms/tracking_case.html", context))


def _ask(request: HttpRequest, form: LookupForm, *, status: int = 200) -> HttpResponse:
    return private(TemplateResponse(request, "intake_forms/tracking.html", {"form": form}, status=status))


def case_for(reference: str, code: str) -> Case | None:
    """Return the file of this pair, or None, whatever is wrong with it; both take the same work."""
    parsed = parse_reference(reference) or "0000-0000"
    case = Case.objects.select_related("department", "waiting_reason").filter(reference=parsed).first()
    expected = case.tracking_hash if case else NO_HASH
    return case if hmac.compare_digest(expected, tracking_hash(parsed, code)) and case else None
