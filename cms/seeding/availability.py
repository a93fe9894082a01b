"""Who can be reached in the demonstration (Annexe B), said through the verb as a person would."""

from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from snippets.availability.setting import set_availability
from snippets.models import Availability, Employee, StatusSource

from .files import read
from .ledger import Ledger

END_OF_DAY = "day"


@transaction.atomic
def seed_availability(ledger: Ledger, *, now: datetime) -> None:
    """Say the status of each person of the file once; who has said his own since keeps it."""
    rows = {row["employee"]: row for row in read("availability")["availability"]}
    employees = {employee.email: employee.pk for employee in Employee.objects.filter(is_active=True)}
    spoken = set(Availability.objects.values_list("employee_id", flat=True))
    for email in ledger.all_new("availability", rows):
        pk = employees.get(email)
        if pk is not None and pk not in spoken:
            _say(pk, rows[email], now=timezone.localtime(now).replace(second=0, microsecond=0))


def _say(pk: int, row: dict[str, Any], *, now: datetime) -> None:
    said_at = now - timedelta(minutes=row["said"])
    set_availability(
        employee_pk=pk,
        status=row["status"],
        until=_until(row, said_at, now=now),
        source=StatusSource(row["from"]),
        now=said_at,
    )


def _until(row: dict[str, Any], said_at: datetime, *, now: datetime) -> datetime | None:
    if isinstance(row.get("until"), int):
        return said_at + timedelta(minutes=row["until"])
    if row.get("until") == END_OF_DAY or "days" in row:
        midnight = now.date() + timedelta(days=1 + row.get("days", 0))
        return timezone.make_aware(datetime.combine(midnight, time(0)))
    return None
