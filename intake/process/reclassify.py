"""`reclassify`: a file of another kind (art. 4.1), same reference, first date of receipt, history kept; the visibility moves."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from intake.mail.announce import to_citizen
from intake.models import Case
from intake.policy.refusal import Refusal
from intake.policy.roles import Actor
from intake.policy.sorting import opens_to_services, reclassifying_refusals
from intake.policy.vocabulary import Charge, InquiryType, Kind, Priority, Verb
from snippets.models import RequestNature, TownSettings

from .attached import pass_on
from .calendar import set_due_on, town_clock
from .former import forget_answers, keep_words, words_of
from .kinds import leave_kind_file, open_kind_file
from .receive import ACKNOWLEDGEMENTS, front_line, tell_staff, type_of
from .sorting import stop_waiting
from .steps import Refused, begin


@transaction.atomic
def reclassify(
    *,
    pk: int,
    kind: Kind | None,
    reason: str,
    by: Actor,
    now: datetime,
    nature: RequestNature | None = None,
    charge: Charge = Charge.DIRECTOR,
    inquiry_type: InquiryType | None = None,
    details: Any = None,
    facts: str = "",
    location: str = "",
    seen_version: int | None = None,
) -> Case:
    """Make an open file one of another kind, at the first step of its new life.

    Its clock is that of the new kind, counted from the first receipt: the legal delays depend on it. `nature` is for
    a request, `charge` for a complaint, `inquiry_type` for an inquiry, `details` is what the room of the kind asks for.
    A confidential file that opens to a service says `facts` and `location`, written for it; what the citizen wrote stays
    sealed, for those who could read it (art. 4.5). The citizen gets the acknowledgement of the new kind, whoever answers for it is told. Requests attached to it go on without it. Raises Refused, NotVisible, CaseChanged.
    """
    step = begin(pk=pk, verb=Verb.RECLASSIFY, by=by, now=now, seen_version=seen_version)
    case = step.case
    former = words_of(case)
    refusals = reclassifying_refusals(
        source=case.kind_, target=kind, reason=reason, facts=facts, words=former.facts if former else ""
    )
    if refusals:
        raise Refused(*refusals)
    changes = {"kind": [case.kind, kind.value], "nature": [case.nature_name], "due_on": [str(case.due_on or "")]}
    if case.charge:
        changes["charge_then"] = case.charge
    changes |= pass_on(case, now=now)
    opens = opens_to_services(source=case.kind_, target=kind)
    _leave(case, now)
    if opens:
        forget_answers(case)
        case.facts, case.location = facts.strip(), location.strip()
    _become(case, kind, nature, charge)
    changes["inquiry_type"] = [case.inquiry_type, type_of(kind, inquiry_type)]
    case.inquiry_type = changes["inquiry_type"][1]
    open_kind_file(case, details=details, now=now)
    changes["nature"].append(case.nature_name)
    changes["due_on"].append(str(case.due_on or ""))
    event = step.record(internal_note=reason, changes=changes)
    keep_words(former, event)
    to_citizen(ACKNOWLEDGEMENTS[kind], event, tracking_code=_("celui que vous avez déjà"))
    tell_staff(case, event)
    return case


def _leave(case: Case, now: datetime) -> None:
    """Take away what belongs to the kind and to the people of before."""
    leave_kind_file(case, now=now)
    case.investigators.filter(ended_at__isnull=True).update(ended_at=now)
    stop_waiting(case, now=now)
    case.designation = case.executor = case.charge = None
    case.process_schema = ""
    case.planned_on = case.done_on = case.next_action_on = None


def _become(case: Case, kind: Kind, nature: RequestNature | None, charge: Charge) -> None:
    """Give the case the grid's proposal for its new kind, counted from the first receipt."""
    if nature is not None and (kind is not Kind.REQUEST or not nature.is_active or not nature.department.is_active):
        raise Refused(Refusal("4.1", "Cette nature n'est pas offerte pour cette sorte de dossier.", "nature"))
    case.kind = kind.value
    case.charge = charge.value if kind is Kind.COMPLAINT else None
    case.nature, case.nature_name = nature, nature.name if nature else ""
    case.department = nature.department if nature else front_line()
    case.priority = nature.priority if nature else Priority.P3.value
    default = TownSettings.load().default_target_working_days
    case.target_working_days = nature.target_working_days if nature else default
    set_due_on(case, town_clock())
