"""The mails about due days: each request by its number, nature and street, and the way to it; never an identity (art. 4.5)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from post_office.models import Email

from intake.models import Case
from intake.policy.due_reminders import DueStep
from snippets.models import TownSettings

from .outbox import new_mail
from .texts import letter
from .values import staff_values


@dataclass(frozen=True)
class Named:
    """One request to name, and why."""

    case: Case
    step: DueStep


def write(code: str, *, recipient: str, first_name: str, named: Sequence[Named], town: TownSettings) -> Email:
    """Put one mail in the outbox that names every request of `named`; the soonest due first, as they come."""
    values = {
        "prenom": first_name,
        "nombre": str(len(named)),
        "liste": _listed(named, town),
        "ville": town.name,
    }
    return new_mail(recipient=recipient, letter=letter(code, values), town=town)


def _listed(named: Sequence[Named], town: TownSettings) -> str:
    """Write one part a step, under its heading; a part without requests is left out."""
    headings = {
        DueStep.DUE_SOON: _("L'échéance approche :"),
        DueStep.OVERDUE: _("L'échéance est passée :"),
        DueStep.ESCALATED: _("En retard :"),
    }
    parts = []
    for step, heading in headings.items():
        lines = [_line(item.case, town) for item in named if item.step is step]
        if lines:
            parts.append("\n\n".join([heading, *lines]))
    return "\n\n".join(parts)


def _line(case: Case, town: TownSettings) -> str:
    words = _("%(numero)s – %(nature)s, %(rue)s\nÉchéance : %(date_cible)s\n%(lien_dossier)s")
    return words % staff_values(case, town)
