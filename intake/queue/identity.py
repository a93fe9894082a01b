"""A file as someone reads it who may not know who asks (art. 4.5: whoever executes sees the place and the work)."""

from dataclasses import dataclass, replace

from django.db.models import BooleanField, ExpressionWrapper, Value
from django.db.models.expressions import Combinable
from django.utils.translation import gettext as _

from intake.models import NOTHING, Attachment, Case, identity_q
from intake.policy.roles import Actor, sees_identity
from intake.policy.who_asks import OPEN, Veil
from intake.process.rehearsal import Rehearsed


@dataclass(frozen=True)
class Asked:
    """What a file asks, as it may be read: the facts, the answers as (question, answer), what is said of a wait."""

    facts: str
    answers: list[tuple[str, str]]
    waiting_note: str


def shows_identity(actor: Actor) -> Combinable:
    """Return the annotation that says, of each file that the actor sees, whether he reads who filed it."""
    condition = identity_q(actor)
    if not condition or condition == NOTHING:
        return Value(condition != NOTHING, output_field=BooleanField())
    return ExpressionWrapper(condition, output_field=BooleanField())


def veil_for(actor: Actor, case: Case) -> Veil:
    """Return what hides who filed this file from this actor; decided with the file, not by a role (art. 4.5)."""
    return OPEN if sees_identity(actor, case.facts_of_sight()) else veil_over(case)


def veil_over(case: Case) -> Veil:
    """Return what hides who filed this file."""
    requester = getattr(case, "requester", None)
    if requester is None:
        return Veil(drawn=True)
    return Veil(drawn=True, names=(requester.first_name, requester.last_name), email=requester.email)


def asked_of(case: Case, veil: Veil, *, sealed: bool) -> Asked:
    """Return what the file asks; under a seal the answers given before are not read."""
    answers = [] if sealed else [(answer.label, veil.citizen(answer.display)) for answer in case.answers.all()]
    return Asked(veil.citizen(case.facts), answers, veil.staff(case.waiting_note))


def with_shown_names(files: list[Attachment], veil: Veil) -> list[Attachment]:
    """Give each file the name under which it is shown, as `shown_name`: it may be someone's."""
    for file in files:
        file.shown_name = veil.citizen(file.original_name)
    return files


def seen_by(actor: Actor, letter: Rehearsed | None, case: Case) -> Rehearsed | None:
    """Return the letter as this actor may read it: whole, or without the name and the address."""
    veil = veil_for(actor, case)
    if letter is None or not veil.drawn:
        return letter
    return replace(letter, recipient=_("le citoyen"), subject=veil.staff(letter.subject), body=veil.staff(letter.body))
