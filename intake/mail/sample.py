"""What a message text would say, before it is saved: with an invented file, or with the words of a real one (art. 3)."""

from datetime import datetime

from django.utils.translation import gettext as _

from intake.models import Case, Requester
from intake.policy.vocabulary import Kind, Priority
from snippets.admin.variables import MEANINGS
from snippets.message_codes import MESSAGE_CODES
from snippets.models import Department, MessageText, TownSettings, fill

from .texts import Letter, tidied
from .values import citizen_values, staff_values

# Never the code of a real file: it is stored hashed, and whoever holds it follows the file as its author.
SAMPLE_CODE = "ABCD-EFGH-JKMN"


def rehearsed(text: MessageText, case: Case | None, *, now: datetime) -> Letter:
    """Fill a text that may not be saved yet; what only the gesture knows is said between brackets.

    The text must be clean (`MessageText.clean`): a variable that does not exist raises KeyError.
    """
    values = _values(text.code, case or _invented(now))
    return tidied(fill(text.subject, values), fill(text.body, values))


def _values(code: str, case: Case) -> dict[str, str]:
    town, item = TownSettings.load(), MESSAGE_CODES[code]
    known = citizen_values(case, town, tracking_code=SAMPLE_CODE)
    if item.audience == "staff":
        known = {name: value for name, value in staff_values(case, town).items() if value}
    return {name: known.get(name) or f"[{MEANINGS[name]}]" for name in item.variables}


def _invented(now: datetime) -> Case:
    """A request that nobody filed; it is in no table."""
    case = Case(
        reference=f"{now.year}-0000",
        kind=Kind.REQUEST.value,
        nature_name=_("Nid-de-poule"),
        location=_("1234, rue des Exemples"),
        department=Department(name=_("Travaux publics")),
        priority=Priority.P3.value,
        received_at=now,
        due_on=now.date(),
    )
    case.requester = Requester(case=case, first_name=_("Marie"), last_name=_("Exemple"))
    return case
