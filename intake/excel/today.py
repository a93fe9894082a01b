"""What some columns count from: the town's day, and who receives for each service then."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from intake.models.case import OPEN
from intake.policy.vocabulary import Kind, Status


@dataclass(frozen=True)
class Today:
    """One day of the town. `recipients` names who receives for a service, by its primary key (Annexe C)."""

    on: date
    recipients: Mapping[int, str] = field(default_factory=dict)

    def days_late(self, status: str, due_on: date | None, clock_stopped_on: date | None) -> int | None:
        """Return the calendar days since the target day, as the screen counts them; None when the case is not late.

        The rule of `overdue_q`, for values: open, past its day, and its clock runs.
        """
        if due_on is None or due_on >= self.on or clock_stopped_on is not None or status not in OPEN:
            return None
        return (self.on - due_on).days

    def recipient(self, kind: str, status: str, department_id: int, nature_id: int | None, kept: str) -> str:
        """Name who receives a request, in the words of the screen: today's while it is open, `kept` once it is done."""
        if kind != Kind.REQUEST.value:
            return ""
        if status not in OPEN:
            return kept
        current = self.recipients.get(department_id)
        if status == Status.RECEIVED.value:
            return _("%(name)s (proposé)") % {"name": current} if current and nature_id else ""
        return current or _("Aucun Responsable désigné")
