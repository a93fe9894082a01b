"""The trace of a confidential file being opened, or of someone trying to (art. 4.5)."""

from datetime import datetime

from intake.models import AccessRecord, Case
from intake.policy.roles import CONFIDENTIAL_KINDS, Actor

CASE, ATTACHMENT, LETTER, METADATA = "case", "attachment", "letter", "metadata"
FORMER = "former"


def record_access(*, case: Case, by: Actor, what: str, allowed: bool, now: datetime) -> AccessRecord | None:
    """Write who opened a complaint, a claim or an access request, or was refused; None for the other kinds.

    What an open file said when it was confidential (`FORMER`) leaves a trace all the same.
    """
    if (case.kind_ not in CONFIDENTIAL_KINDS and what != FORMER) or by.user_id is None:
        return None
    return AccessRecord.objects.create(case=case, user_id=by.user_id, at=now, what=what, allowed=allowed)
