"""Every verb of intake/process, found by reading the package, and how to draw what each asks for.

A new verb is played without a word here, unless it asks for something under a new name: add that name to `ARGUMENTS`.
"""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model
from hypothesis import strategies as st

import intake.process
from intake.models import Case, Investigator
from intake.policy.clocks import TOWN_ZONE
from intake.policy.complaint import Obstacle
from intake.policy.contact import Coordinates
from intake.policy.investigation import Missing
from intake.policy.signature import SignatureMethod
from intake.policy.vocabulary import ACCESS_DECISIONS, CLAIM_DECISIONS, Channel, Charge, InquiryType, Kind, Status, Verb
from intake.process import Completion
from intake.process.access_answer import Answer
from intake.process.claims import ClaimDetails
from intake.process.complaint_filing import Signature
from intake.process.complaints import Checklist
from intake.process.investigation import Entry, LogEntry
from snippets.models import CompetentBody, Department, Designation, Employee, RequestNature

# The first is past or today, the last still to come, all along a sequence that begins on June 1st.
PAST, TO_COME = date(2026, 6, 1), date(2026, 7, 31)
DAYS = st.sampled_from([PAST, TO_COME, PAST, TO_COME, None])
GIVEN = {"pk", "by", "now"}
TEXTS = st.sampled_from(["Un mot.", "Un mot.", "Un mot.", ""])


# What opens a file or reads one is not played on a file; accepting an undertaking writes no event.
NOT_PLAYED = {"begin", "receive", "accept_undertaking"}


def acts() -> list[Callable[..., Case]]:
    """Every public function of the package that acts on one file: `pk`, `by` and `now` are its parameters."""
    found = {}
    for module in pkgutil.iter_modules(intake.process.__path__):
        room = importlib.import_module(f"intake.process.{module.name}")
        for name, function in inspect.getmembers(room, inspect.isfunction):
            signature = inspect.signature(function)
            acts_on_a_file = set(signature.parameters) >= GIVEN and signature.return_annotation is Case
            if acts_on_a_file and not name.startswith("_") and name not in NOT_PLAYED:
                found[f"{function.__module__}.{name}"] = function
    return [found[name] for name in sorted(found)]


def verb_of(function: Callable[..., Case]) -> Verb | None:
    """The verb that a function begins, read in its text: it only helps to draw what may succeed."""
    named = re.search(r"begin\(\s*pk=pk,\s*verb=Verb\.([A-Z_]+)", inspect.getsource(function))
    return Verb[named[1]] if named else None


def rows(model: type) -> st.SearchStrategy:
    """A row of a small table, or none."""
    return st.deferred(lambda: st.sampled_from([*model.objects.order_by("pk"), None]))


# The name of a parameter and what it may be.
ARGUMENTS: dict[str, st.SearchStrategy] = {
    "signature": st.builds(
        Signature,
        method=st.just(SignatureMethod.PAPER),
        signer_name=st.sampled_from(["Marie Tremblay", ""]),
        at=st.just(datetime(2026, 6, 1, 12, tzinfo=TOWN_ZONE)),
    ),
    "nature": rows(RequestNature),
    "body": rows(CompetentBody),
    "employee": rows(Employee),
    "executor": rows(Employee),
    "reason": st.sampled_from(["citizen", "weather", "citizen", ""]),
    "note": TEXTS,
    "text": TEXTS,
    "reply": TEXTS,
    "internal_note": TEXTS,
    "public_message": TEXTS,
    "asked_by": TEXTS,
    "in_writing": st.booleans(),
    "kind": st.sampled_from([None, *Kind]),
    "channel": st.sampled_from([None, *Channel]),
    "guide_page": st.sampled_from([None, None, 0]),
    "inquiry_type": st.sampled_from([None, *InquiryType]),
    "charge": st.sampled_from(list(Charge)),
    "next_action_on": DAYS,
    "planned_on": DAYS,
    "completion": st.builds(
        Completion,
        done_on=DAYS,
        phone_extension=st.sampled_from(["2201", "2201", ""]),
        internal_note=TEXTS,
        public_message=TEXTS,
    ),
    "into": st.deferred(lambda: st.sampled_from(list(Case.objects.values_list("reference", flat=True)))),
    "facts": TEXTS,
    "facts_on": DAYS,
    "contact": st.builds(Coordinates, address=TEXTS, phone=st.sampled_from(["450 555-0199", "", "12"])),
    "location": TEXTS,
    "question": TEXTS,
    "wanted": TEXTS,
    "party": TEXTS,
    "reasons": TEXTS,
    "internal_reasons": TEXTS,
    "conclusion": TEXTS,
    "other_recourse": TEXTS,
    "supplied": TEXTS,
    "outcome": st.sampled_from([*CLAIM_DECISIONS, *ACCESS_DECISIONS, None]),
    "finding": st.sampled_from([None, Status.FOUNDED, Status.UNFOUNDED]),
    "names_nobody": st.booleans(),
    "missing": st.sampled_from([(), (Missing.SIGNATURE,), tuple(Missing)]),
    "checklist": st.builds(Checklist, is_written=st.booleans(), is_private_dispute=st.booleans(), facts_on=DAYS),
    "entry": st.builds(LogEntry, what=st.sampled_from(list(Entry)), note=TEXTS, name=TEXTS, held_on=DAYS),
    "answer": st.builds(Answer, outcome=st.sampled_from([None, *ACCESS_DECISIONS]), explanation=TEXTS, given=TEXTS),
    "details": st.just(ClaimDetails()),
    "user": rows(get_user_model()),
    "department": rows(Department),
    "designation": rows(Designation),
    "provisions": st.just(()),
    "investigator": rows(Investigator),
    "days": st.sampled_from([None, 0, 10, 11]),
    "is_complex": st.booleans(),
    "asked_on": DAYS,
    "posted_on": DAYS,
    "due_on": DAYS,
    "call_back_on": DAYS,
    "seen_version": st.sampled_from([None, None, None, None, None, 1]),
}


def asked_by(function: Callable[..., Any]) -> tuple[set[str], set[str]]:
    """The names of the parameters that can be drawn, and of those that must be and can't."""
    parameters = {name: p for name, p in inspect.signature(function).parameters.items() if name not in GIVEN}
    required = {name for name, p in parameters.items() if p.default is inspect.Parameter.empty}
    return set(parameters) & set(ARGUMENTS), required - set(ARGUMENTS)


def arguments_of(function: Callable[..., Any], data: st.DataObject) -> dict[str, Any]:
    """Draw what a verb asks for."""
    known, _ = asked_by(function)
    drawn = {name: data.draw(_argument(function, name), label=name) for name in sorted(known)}
    if {"details", "kind"} <= set(drawn) and drawn["kind"] is not Kind.CLAIM:
        drawn["details"] = None  # what a claim says is no other kind's
    return drawn


def _argument(function: Callable[..., Any], name: str) -> st.SearchStrategy:
    """None only where the verb says that it takes it."""
    annotation = str(inspect.signature(function).parameters[name].annotation)
    takes_none = "None" in annotation
    if "Obstacle" in annotation:
        return st.sampled_from([None, *Obstacle])
    return ARGUMENTS[name] if takes_none else ARGUMENTS[name].filter(lambda value: value is not None)


ACTS = acts()
