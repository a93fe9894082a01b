"""Every verb of intake/process, found by reading the package, and how to draw what each asks for.

A new verb is played without a word here, unless it asks for something under a new name: add that name to `ARGUMENTS`.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

import intake.process
from intake.models import Case
from intake.policy.vocabulary import Charge, Kind, Verb
from intake.process import Completion
from snippets.models import CompetentBody, Employee, RequestNature

DAY = date(2026, 6, 3)
DAYS = st.sampled_from([None, DAY - timedelta(days=2), DAY, DAY + timedelta(days=9)])
TEXTS = st.sampled_from(["", "Un mot.", "Un mot."])


def verbs() -> dict[Verb, Callable[..., Case]]:
    """Each verb and the function that plays it: same name, and it acts on one file (`pk`, `by`, `now`)."""
    found = {}
    for module in pkgutil.iter_modules(intake.process.__path__):
        room = importlib.import_module(f"intake.process.{module.name}")
        for name, function in inspect.getmembers(room, inspect.isfunction):
            asked = inspect.signature(function).parameters
            if name.upper() in Verb.__members__ and {"pk", "by", "now"} <= set(asked):
                found[Verb[name.upper()]] = function
    return found


VERBS = verbs()


def rows(model: type) -> st.SearchStrategy:
    """A row of a small table, or none."""
    return st.deferred(lambda: st.sampled_from([None, *model.objects.order_by("pk")]))


# The name of a parameter and what it may be.
ARGUMENTS: dict[str, st.SearchStrategy] = {
    "nature": rows(RequestNature),
    "body": rows(CompetentBody),
    "employee": rows(Employee),
    "executor": rows(Employee),
    "reason": st.sampled_from(["", "citizen", "weather"]),
    "note": TEXTS,
    "text": TEXTS,
    "reply": TEXTS,
    "internal_note": TEXTS,
    "public_message": TEXTS,
    "asked_by": TEXTS,
    "in_writing": st.booleans(),
    "kind": st.sampled_from([None, *Kind]),
    "charge": st.sampled_from(list(Charge)),
    "next_action_on": DAYS,
    "planned_on": DAYS,
    "completion": st.builds(
        Completion,
        done_on=DAYS,
        phone_extension=st.sampled_from(["", "2201", "2201"]),
        internal_note=TEXTS,
        public_message=TEXTS,
    ),
    "into": st.deferred(lambda: st.sampled_from(list(Case.objects.values_list("reference", flat=True)))),
    "seen_version": st.sampled_from([None, None, None, 1]),
}
GIVEN = {"pk", "by", "now"}


def asked_by(function: Callable[..., Any]) -> tuple[set[str], set[str]]:
    """The names of the parameters that can be drawn, and of those that must be and can't."""
    parameters = {name: p for name, p in inspect.signature(function).parameters.items() if name not in GIVEN}
    required = {name for name, p in parameters.items() if p.default is inspect.Parameter.empty}
    return set(parameters) & set(ARGUMENTS), required - set(ARGUMENTS)


def arguments_of(function: Callable[..., Any], data: st.DataObject) -> dict[str, Any]:
    """Draw what a verb asks for."""
    known, _ = asked_by(function)
    return {name: data.draw(_argument(function, name), label=name) for name in sorted(known)}


def _argument(function: Callable[..., Any], name: str) -> st.SearchStrategy:
    """None only where the verb says that it takes it."""
    takes_none = "None" in str(inspect.signature(function).parameters[name].annotation)
    return ARGUMENTS[name] if takes_none else ARGUMENTS[name].filter(lambda value: value is not None)
