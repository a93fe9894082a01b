"""« Signer et envoyer », « Recevoir un code », « Envoyer sans signer »: the last step of a complaint (art. 4.1, 4.4)."""

from datetime import datetime
from typing import Any

from intake.policy.signature import SignatureMethod
from intake.process import Refused
from intake.process.complaint_filing import Signature
from intake.process.signing import NotProved, Proof, code_is_awaited, prove, send_code

from .complaint import DECLARATION, SignatureForm
from .journey import Journey
from .step_form import CONTACT

ACTION, SEND_CODE, SIGN, UNSIGNED = "action", "code", "signer", "sans-signature"


def email_of(journey: Journey) -> str:
    """The address given at the step before; empty without one."""
    form = journey.judged_form(CONTACT)
    return form.cleaned_data.get("email", "") if form.is_valid() else ""


def subject_of(journey: Journey) -> str:
    """What a code signs: this very draft."""
    return f"draft:{journey.draft.pk}"


def action_of(journey: Journey, typed: str, *, now: datetime) -> str:
    """Which button was pressed; the Enter key asks for the code first, then signs."""
    if typed in (SEND_CODE, SIGN, UNSIGNED):
        return typed
    email = email_of(journey)
    if not email:
        return UNSIGNED
    return SIGN if code_is_awaited(subject=subject_of(journey), email=email, now=now) else SEND_CODE


def shown(journey: Journey, *, now: datetime) -> dict[str, Any]:
    """What the page says: to which address the code goes, and whether one is on its way."""
    email = email_of(journey)
    awaited = bool(email) and code_is_awaited(subject=subject_of(journey), email=email, now=now)
    return {"signs_with": email, "code_sent": awaited}


def ask_for_code(journey: Journey, form: SignatureForm, *, now: datetime) -> bool:
    """Send a code; say whether it left. The declaration and the name come first: they are what the code confirms."""
    if form.refuse_unsigned(code_too=False):
        return False
    name = form.cleaned_data["signature_name"]
    try:
        send_code(subject=subject_of(journey), email=email_of(journey), name=name, now=now)
    except Refused as refused:
        for refusal in refused.refusals:
            form.add_error("code", str(refusal.reason))
        return False
    return True


def signature_from(journey: Journey, form: SignatureForm, *, now: datetime) -> Signature | None:
    """Return the signature that the form and the code make; None with the errors beside the fields."""
    if form.refuse_unsigned(code_too=True):
        return None
    try:
        proof = prove(subject=subject_of(journey), email=email_of(journey), code=form.cleaned_data["code"], now=now)
    except NotProved as refused:
        form.add_error("code", str(refused))
        return None
    return made(form, proof)


def made(form: SignatureForm, proof: Proof) -> Signature:
    """A declaration, a full name and the proof that the signer holds the address."""
    return Signature(
        SignatureMethod.EMAIL,
        form.cleaned_data["signature_name"],
        proof.at,
        declaration=str(DECLARATION),
        email_proved_at=proof.at,
    )
