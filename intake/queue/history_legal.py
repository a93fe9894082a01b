"""The words of what changes on a claim or on an access request, for the history of the file."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from intake.models import ClaimFile
from snippets.french_dates import date_format


def _day(text: str) -> str:
    return date_format(date.fromisoformat(text), "DATE_FORMAT")


def _completed(names: list[str]) -> str:
    labels = [str(ClaimFile._meta.get_field(name).verbose_name) for name in names]
    return _("Avis complété : %(fields)s") % {"fields": ", ".join(labels)} if labels else ""


def _provided(word: str) -> str:
    return _("Documents fournis") if word == "held" else _("Documents inexistants")


LEGAL_WORDS: dict[str, Callable[[Any], str]] = {
    "claim": _completed,
    "linked": lambda value: _("Requête liée : %(reference)s") % {"reference": value},
    "legal_on": lambda value: _("Délai de la loi : %(day)s") % {"day": _day(value)},
    "asked_of": lambda value: _("Demandés au service : %(name)s") % {"name": value},
    "answer_by": lambda value: _("Réponse attendue le %(day)s") % {"day": _day(value)},
    "provided": _provided,
    "decided_by": lambda value: _("Décision : %(name)s") % {"name": value},
    "posted_on": lambda value: _("Postée le %(day)s") % {"day": _day(value)},
    # For the program alone: which reminder this was.
    "reminder": lambda value: "",
}
