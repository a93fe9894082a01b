"""What is shown once the demand is received."""

from datetime import datetime
from typing import Any

from .journey import Journey
from .promises import expectation


def confirmation(journey: Journey, *, now: datetime) -> dict[str, Any]:
    """Return what the confirmation page shows: reference, code while it may be shown, what follows and by when."""
    case = journey.draft.case
    requester = getattr(case, "requester", None)
    return {
        "case": case,
        "tracking_code": journey.draft.code_to_show(now),
        "expectation": expectation(case),
        "mail_is_on_its_way": bool(requester and requester.email),
    }
