"""A complaint until it is investigated (art. 4.1, 4.4): handed over, completed, admitted or rejected; a person decides each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.mail.announce import to_citizen, to_whoever_answers
from intake.mail.values import day
from intake.models import Case, Pause
from intake.models.complaint import MISSING_LABELS
from intake.policy.clocks import local_day
from intake.policy.complaint import Admissibility, Obstacle, admissibility
from intake.policy.investigation import Missing, admission_refusals, rejection_refusals
from intake.policy.refusal import Refusal
from intake.policy.roles import Actor
from intake.policy.vocabulary import Charge, Kind, Verb
from snippets.models import CompetentBody, TownSettings

from .barred import end_barred_mandates, refuses_charge
from .calendar import town_clock
from .complaint_filing import await_completion
from .complaint_reply import reply
from .contact import date_facts
from .linked import open_linked_request
from .naming import naming_refusals
from .steps import Refused, Step, begin

# T10: the words for each reason; an anonymous complaint has nobody to write to.
MOTIVES = {
    Obstacle.NOT_WRITTEN: gettext_lazy(
        "une plainte doit nous parvenir par écrit; nous vous invitons à l'écrire avec notre formulaire"
    ),
    Obstacle.UNSIGNED: gettext_lazy("elle n'est pas signée, malgré notre message du %(asked_on)s"),
    Obstacle.INCOMPLETE_CONTACT: gettext_lazy("nous ne pouvons pas joindre la personne qui la dépose"),
    Obstacle.LATE: gettext_lazy("les faits datent du %(facts_on)s; le délai est de 15 jours"),
    Obstacle.PRIVATE_DISPUTE: gettext_lazy(
        "elle porte sur un différend entre particuliers, où la Ville ne peut prendre parti"
    ),
    Obstacle.OUT_OF_FIELD: gettext_lazy("elle ne vise ni un service ni le personnel de la Ville"),
}


@dataclass(frozen=True)
class Checklist:
    """What whoever reads a complaint says of it (art. 4.1, 4.4); the rest, the file shows by itself."""

    is_written: bool = True
    is_private_dispute: bool = False
    concerns_the_town: bool = True
    endangers: bool | None = None
    facts_on: date | None = None


def verdict_on(case: Case) -> Admissibility:
    """Every reason against treating a complaint, as its file stands; it decides nothing (A-2.1, art. 65.2)."""
    return admissibility(case.complaint.known_facts(), town_clock().calendar)


def _apply(checklist: Checklist, case: Case, now: datetime) -> dict[str, Any]:
    """Write the answers down; return what the event says of them."""
    file = case.complaint
    file.is_written = checklist.is_written
    file.is_private_dispute = checklist.is_private_dispute
    file.concerns_the_town = checklist.concerns_the_town
    if checklist.endangers is not None:
        file.endangers = checklist.endangers
    file.save()
    if checklist.facts_on is None or file.last_facts_on is not None:
        return {}
    return date_facts(file, checklist.facts_on, now=now)


@transaction.atomic
def hand_over(
    *,
    pk: int,
    checklist: Checklist,
    by: Actor,
    now: datetime,
    internal_note: str = "",
    seen_version: int | None = None,
) -> Case:
    """Hand a complaint over to whoever is in charge (art. 4.4); the technician then reads it no more.

    The checklist refuses nothing: it is what the director starts from.
    """
    step = begin(pk=pk, verb=Verb.HAND_OVER, by=by, now=now, seen_version=seen_version)
    dated = _apply(checklist, step.case, now)
    step.case.complaint.checked_at = now
    step.case.complaint.save(update_fields=["checked_at"])
    event = step.record(internal_note=internal_note, changes=dated)
    to_whoever_answers("R50", event)
    return step.case


@transaction.atomic
def entrust(
    *, pk: int, charge: Charge | None, reason: str, by: Actor, now: datetime, seen_version: int | None = None
) -> Case:
    """Give a complaint to whom it belongs: the general director when it targets the director. The other loses sight of it.

    Raises Refused when it would go to someone whom it targets; a mandate that such a person holds ends (art. 4.5).
    """
    step = begin(pk=pk, verb=Verb.ENTRUST, by=by, now=now, seen_version=seen_version)
    if charge is None or charge.value == step.case.charge:
        raise Refused(Refusal("4.4", _("Choisissez à qui confier le dossier."), "charge"))
    if refuses_charge(step.case, charge):
        raise Refused(
            Refusal("4.5", _("La plainte vise cette direction : elle ne peut pas lui être confiée."), "charge")
        )
    if not reason.strip():
        raise Refused(Refusal("4.4", _("Écrivez pourquoi le dossier change de mains."), "internal_note"))
    step.case.charge = charge.value
    end_barred_mandates(step.case, charge, now=now)
    event = step.record(internal_note=reason, changes={"charge": charge.value})
    to_whoever_answers("R50", event)
    return step.case


@transaction.atomic
def ask(*, pk: int, missing: Sequence[Missing], by: Actor, now: datetime, seen_version: int | None = None) -> Case:
    """Ask the citizen for what is missing (T9b); he has some days, and the clock stops. Raises Refused when nothing is chosen."""
    step = begin(pk=pk, verb=Verb.ASK, by=by, now=now, seen_version=seen_version)
    if not missing:
        raise Refused(Refusal("4.4", _("Choisissez ce qu'il faut demander."), "missing"))
    case, file = step.case, step.case.complaint
    await_completion(file, missing, now=now, days=TownSettings.load().complaint_completion_days)
    file.save()
    case.clock_stopped_on = local_day(now)
    Pause.objects.create(case=case, started_on=case.clock_stopped_on)
    event = step.record(changes={"missing": file.missing, "complete_until": str(file.complete_until)})
    to_citizen(
        "T9B",
        event,
        elements_manquants=", ".join(str(MISSING_LABELS[item]) for item in file.missing),
        date_limite=day(file.complete_until),
    )
    return case


@transaction.atomic
def admit(
    *,
    pk: int,
    by: Actor,
    now: datetime,
    checklist: Checklist | None = None,
    reasons: str = "",
    seen_version: int | None = None,
) -> Case:
    """Declare a complaint admissible; the investigation begins (art. 4.4).

    Raises Refused with each thing that is missing, the date of the facts among them, or when it is late and no reason is given.
    """
    step = begin(pk=pk, verb=Verb.ADMIT, by=by, now=now, seen_version=seen_version)
    dated = _apply(checklist, step.case, now) if checklist is not None else {}
    verdict = verdict_on(step.case)
    refusals = admission_refusals(verdict, reasons=reasons)
    if refusals:
        raise Refused(*refusals)
    obstacles = [obstacle.value for obstacle in verdict.obstacles]
    step.record(internal_note=reasons, changes={"obstacles": obstacles, **dated})
    return step.case


@transaction.atomic
def reject(
    *,
    pk: int,
    reason: Obstacle | None,
    by: Actor,
    now: datetime,
    other_recourse: str = "",
    body: CompetentBody | None = None,
    seen_version: int | None = None,
) -> Case:
    """Declare a complaint inadmissible for one reason of the closed list (art. 4.1); a person decides, never a clock.

    T10 waits behind the tracking code; nothing leaves for an anonymous complaint.
    """
    step = begin(pk=pk, verb=Verb.REJECT, by=by, now=now, seen_version=seen_version)
    case, file, today = step.case, step.case.complaint, local_day(now)
    refusals = rejection_refusals(reason, verdict_on(case), asked_until=file.complete_until, today=today)
    refusals += naming_refusals(case, other_recourse, "other_recourse")
    if refusals:
        raise Refused(*refusals)
    file.rejection = reason.value
    case.completed_at = case.closed_at = now
    event = step.record(changes={"reason": reason.value})
    if reason is not Obstacle.ANONYMOUS:
        reply(event, "T10", motif=_motive(step, reason), autre_recours=_recourse(other_recourse, body))
    return case


def _motive(step: Step, reason: Obstacle) -> str:
    file = step.case.complaint
    return str(MOTIVES[reason]) % {
        "asked_on": day(local_day(file.asked_at)) if file.asked_at else "–",
        "facts_on": day(file.last_facts_on or file.facts_from),
    }


def _recourse(words: str, body: CompetentBody | None) -> str:
    """Where else to turn, in the director's words and with an address of the town's list."""
    named = _("Vous pouvez vous adresser à : %(name)s, %(contact)s.") if body else ""
    where = named % {"name": body.name, "contact": " ".join(body.contact.split())} if body else ""
    return "\n\n".join(part for part in (words.strip(), where) if part)


@transaction.atomic
def open_safety_request(
    *,
    pk: int,
    facts: str,
    location: str,
    by: Actor,
    now: datetime,
    nature_id: int | None = None,
    seen_version: int | None = None,
) -> Case:
    """Have the danger seen to, whatever the complaint lacks (art. 4.1: « met en péril la sécurité des biens et des personnes »).

    A p1 request without identity; `facts` are written anew. Returns the complaint.
    """
    step = begin(pk=pk, verb=Verb.OPEN_LINKED, by=by, now=now, seen_version=seen_version, kind=Kind.COMPLAINT)
    refusals = [
        Refusal("4.1", message, field)
        for field, given, message in (
            ("facts", facts, _("Décrivez le danger, sans nommer personne.")),
            ("location", location, _("Indiquez le lieu : l'équipe doit le trouver.")),
        )
        if not given.strip()
    ]
    refusals += naming_refusals(step.case, facts, "facts", for_citizen=False)
    if refusals:
        raise Refused(*refusals)
    request = open_linked_request(
        origin=step.case, facts=facts, location=location, nature_id=nature_id, by=by, now=now, is_danger=True
    )
    step.case.complaint.endangers = True
    step.case.complaint.save(update_fields=["endangers"])
    step.record(changes={"linked": request.reference})
    return step.case
