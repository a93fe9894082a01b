"""A letter to a citizen as someone reads it who may not know who asks (art. 4.5: whoever executes sees the work only)."""

from dataclasses import replace

from django.utils.translation import gettext as _

from intake.models import Case
from intake.policy.roles import IDENTITY_SEEING_ROLES, Actor
from intake.process.rehearsal import Rehearsed


def without_identity(text: str, case: Case) -> str:
    """Return the text with the name of whoever asks taken out."""
    requester = getattr(case, "requester", None)
    return text.replace(requester.full_name, _("(nom du citoyen)")) if requester and requester.full_name else text


def seen_by(actor: Actor, letter: Rehearsed | None, case: Case) -> Rehearsed | None:
    """Return the letter as this actor may read it: whole, or without the name and the address."""
    if letter is None or actor.has_any(IDENTITY_SEEING_ROLES):
        return letter
    subject, body = (without_identity(part, case) for part in (letter.subject, letter.body))
    return replace(letter, recipient=_("le citoyen"), subject=subject, body=body)
