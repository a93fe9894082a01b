"""« Signer ma plainte », from the tracking page (art. 4.1): with a code by e-mail, or with the letter to print."""

from datetime import datetime
from typing import Any

from django import forms
from django.core import signing as seals
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.letters import Facts, LetterSheet, as_pdf
from intake.letters import Signature as Hand
from intake.mail.values import day
from intake.models import Case
from intake.policy.roles import citizen_of
from intake.policy.signature import SignatureMethod
from intake.policy.transitions import refusal
from intake.policy.vocabulary import Kind, Verb
from intake.process import Refused
from intake.process.complaint_filing import Signature
from intake.process.complaint_signing import sign
from intake.process.signing import NotProved, code_is_awaited, forget_subject, prove, send_code
from snippets.models import TownSettings

from . import fields
from .complaint import DECLARATION
from .screens import GONE, TOO_MANY, UNPROCESSABLE, private, redirect
from .sender import CODES
from .signing import ACTION, SEND_CODE
from .supplying import SALT, case_of
from .told import told_of


class SignLaterForm(forms.Form):
    """The declaration, the name, the address that the code proves; whose file it is, as a signed number."""

    cle = forms.CharField(widget=forms.HiddenInput)
    declared = forms.BooleanField(
        label=DECLARATION,
        error_messages={"required": gettext_lazy("Cochez la déclaration : une plainte doit être signée.")},
    )
    name = fields.LineField(
        label=gettext_lazy("Signature : écrivez votre prénom et votre nom"),
        max_length=160,
        autocomplete="name",
        required_message=gettext_lazy("Signez : écrivez votre prénom et votre nom."),
    )
    email = fields.MailField(label=gettext_lazy("Votre courriel, pour recevoir le code"))
    code = fields.LineField(
        label=gettext_lazy("Code reçu par courriel"),
        help_text=gettext_lazy("Six chiffres. Demandez-le d'abord."),
        required=False,
        max_length=20,
        autocomplete="one-time-code",
        inputmode="numeric",
    )
    code.says_optional = False

    def __init__(self, *args: Any, case: Case, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        known = _known_email(case)
        if known:
            # The code goes to the address of the complaint, not to one that whoever holds the tracking code writes.
            del self.fields["email"]
        self.address = known or self.data.get("email", "").strip()
        self.code_sent = bool(self.address) and code_is_awaited(subject=subject_of(case), email=self.address, now=now)


def subject_of(case: Case) -> str:
    """What a code signs: this file."""
    return f"case:{case.pk}"


def _known_email(case: Case) -> str:
    requester = getattr(case, "requester", None)
    return requester.email if requester else ""


def may_sign(case: Case) -> bool:
    """Say whether this complaint is still to be signed by its author."""
    if case.kind_ is not Kind.COMPLAINT or case.complaint.is_signed:
        return False
    return refusal(case.kind_, case.status_, Verb.SUPPLY, citizen_of(case.pk)) is None


def offer_to_sign(case: Case, *, now: datetime) -> SignLaterForm | None:
    """Return the empty form while the complaint may be signed, else None."""
    if not may_sign(case):
        return None
    requester = getattr(case, "requester", None)
    initial = {"cle": seals.dumps(case.pk, salt=SALT), "name": requester.full_name if requester else ""}
    return SignLaterForm(initial=initial, case=case, now=now)


def sign_later(request: HttpRequest) -> HttpResponse:
    """Send a code, or sign with it; the page is shown again with the number and what was typed."""
    if request.method != "POST":
        return redirect(reverse("tracking"))
    now, case = timezone.now(), case_of(request.POST.get("cle", ""))
    if case is None or case.kind_ is not Kind.COMPLAINT:
        context = {"text": ""}
        return private(TemplateResponse(request, "intake_forms/supply_expired.html", context, status=GONE))
    if not may_sign(case):
        return redirect(reverse("supplied") + f"?numero={case.reference}")
    form = SignLaterForm(request.POST, case=case, now=now)
    if not form.is_valid():
        return _show(request, case, form, status=UNPROCESSABLE)
    if request.POST.get(ACTION) == SEND_CODE or not form.cleaned_data["code"]:
        return _send(request, case, form, now=now)
    return _sign(request, case, form, now=now)


def _send(request: HttpRequest, case: Case, form: SignLaterForm, *, now: datetime) -> HttpResponse:
    if CODES.is_shut(request, now):
        form.add_error("code", _("Beaucoup de codes viennent d'être demandés. Réessayez dans une heure."))
        return _show(request, case, form, status=TOO_MANY)
    CODES.count(request, now)
    try:
        send_code(subject=subject_of(case), email=form.address, name=form.cleaned_data["name"], now=now)
    except Refused as refused:
        form.add_error("code", str(refused))
        return _show(request, case, form, status=UNPROCESSABLE)
    form.code_sent = True
    return _show(request, case, form, status=200)


def _sign(request: HttpRequest, case: Case, form: SignLaterForm, *, now: datetime) -> HttpResponse:
    subject, data = subject_of(case), form.cleaned_data
    try:
        proof = prove(subject=subject, email=form.address, code=data["code"], now=now)
        signature = Signature(
            SignatureMethod.EMAIL, data["name"], now, declaration=str(DECLARATION), email_proved_at=proof.at
        )
        sign(pk=case.pk, signature=signature, by=citizen_of(case.pk), now=now, email=form.address)
    except NotProved as wrong:
        form.add_error("code", str(wrong))
        return _show(request, case, form, status=UNPROCESSABLE)
    except Refused:
        pass  # a second click: it is signed
    forget_subject(subject)
    return redirect(reverse("supplied") + f"?numero={case.reference}")


def _show(request: HttpRequest, case: Case, form: SignLaterForm, *, status: int) -> HttpResponse:
    context = told_of(case) | {"sign_form": form}
    return private(TemplateResponse(request, "intake_forms/tracking_case.html", context, status=status))


def letter_to_sign(request: HttpRequest) -> HttpResponse:
    """The complaint as a letter, to print, sign by hand and bring or post."""
    case = case_of(request.POST.get("cle", "")) if request.method == "POST" else None
    if case is None or not may_sign(case):
        return redirect(reverse("tracking"))
    town = TownSettings.load()
    response = HttpResponse(as_pdf(sheet_to_sign(case, town), town), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="lettre-a-signer-{case.reference}.pdf"'
    return private(response)


def sheet_to_sign(case: Case, town: TownSettings) -> LetterSheet:
    """The words as they were sent, the declaration, and a line for the hand."""
    file, requester = case.complaint, getattr(case, "requester", None)
    who = Facts(
        (
            (_("Nom"), requester.full_name if requester else ""),
            (_("Adresse"), requester.full_address if requester else ""),
            (_("Téléphone"), requester.phone if requester else ""),
            (_("Qui est visé"), file.concerned),
            (_("Date des faits"), day(file.facts_on)),
        )
    )
    return LetterSheet(
        subject=_("Plainte à signer"),
        addressee=(town.service_name, town.name, *town.address.splitlines()),
        mentions=(_("CONFIDENTIEL"),),
        reference=case.reference,
        paragraphs=(who, _("Exposé des faits :"), file.words, f"{DECLARATION}."),
        signatures=(Hand(name=_("Signature"), ruled=True), Hand(name=_("Date"), ruled=True)),
    )
