"""A complaint that arrived as a signed letter (art. 4.1, 4.4): what the technician reads on it."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intake.forms import fields
from intake.forms.complaint import ComplaintForm
from intake.models.complaint import TARGET_LABELS
from intake.policy.complaint_target import WITHOUT_FILE, Target
from intake.policy.signature import SignatureMethod
from intake.process.complaint_filing import ComplaintDetails, Signature


def target_field() -> forms.Field:
    """Whom the letter is about; what has no file here is not offered."""
    without = {target.value for target in WITHOUT_FILE}
    return fields.OneChoiceField(
        label=_("La lettre vise"),
        choices=[(value, label) for value, label in TARGET_LABELS.items() if value not in without],
        initial=Target.SERVICE.value,
        required=False,
    )


def letter_fields() -> dict[str, forms.Field]:
    """The fields of a letter, beside the facts and the contact."""
    asked = {name: ComplaintForm.base_fields[name] for name in ("concerned", "facts_on", "facts_from")}
    return {"target": target_field(), **asked}


def letter_details(data: dict[str, Any], *, signer: str, now: datetime) -> ComplaintDetails:
    """What the verb needs: the letter that was scanned is the signature."""
    return ComplaintDetails(
        target=Target(data.get("target") or Target.SERVICE.value),
        concerned=data.get("concerned") or "",
        facts_from=data.get("facts_from"),
        facts_on=data.get("facts_on"),
        endangers=bool(data.get("is_danger")),
        signature=Signature(method=SignatureMethod.PAPER, signer_name=signer, at=now),
    )
