"""What the worker calls: load, call, nothing else. Names here are stored in the jobs table and stay."""

from contextlib import suppress
from datetime import datetime, timedelta

from django.utils import timezone

from intake.mail import outbox
from intake.models import FailedLookup
from intake.policy.clocks import local_day, may_write_to_people
from intake.policy.roles import SYSTEM, Actor
from intake.process import (
    Refused,
    access_reminders,
    alerts,
    calendar,
    council,
    designations,
    due_reminders,
    export,
    import_files,
    monthly_lists,
    signing,
    surveys,
)
from intake.reports.council import council_data

SWEEP_LIMIT = 200


def deliver_mail(mail_id: int) -> None:
    """Send one mail of the outbox; may run twice."""
    outbox.deliver(mail_id=mail_id, now=timezone.now())


def sweep_outbox() -> int:
    """Send what still waits in the outbox (a worker died, the mail server was down, Redis lost a job); return how many."""
    now = timezone.now()
    ids = list(outbox.waiting(now).values_list("pk", flat=True)[:SWEEP_LIMIT])
    return sum(outbox.deliver(mail_id=mail_id, now=timezone.now()) for mail_id in ids)


def forget_lookups() -> None:
    """Forget the counted tries of yesterday, and the signature codes whose time is over."""
    signing.forget_codes(now=timezone.now())
    FailedLookup.objects.filter(at__lt=timezone.now() - timedelta(days=1)).delete()


def build_export(export_id: int) -> None:
    """Make the workbook of a long export; may run twice."""
    with suppress(Refused):  # the trace says so, and trying again would not change it
        export.build_export(export_id=export_id, clock=timezone.now)


def forget_exports() -> int:
    """Delete the workbooks of yesterday; return how many."""
    return export.forget_exports(now=timezone.now())


def read_import(import_id: int) -> None:
    """Read a long workbook of another system; may run twice."""
    import_files.read_import(import_id=import_id)


def apply_import(import_id: int) -> None:
    """Bring in the rows of a long workbook; may run twice, each row comes in once."""
    import_files.apply_import(import_id=import_id, clock=timezone.now)


def forget_imports() -> int:
    """Delete the workbooks of other systems after seven days; return how many."""
    return import_files.forget_imports(now=timezone.now())


def keep_the_month() -> None:
    """Send the lists of the month whose day has come, and their reminders; may run twice, and late."""
    now = timezone.now()
    monthly_lists.send_due_lists(now=now)
    monthly_lists.remind(now=now)
    publish_council_list(now)


def publish_council_list(now: datetime) -> int:
    """Publish the officials' lists whose day has come, also those of the months that had no worker; return how many."""
    if not may_write_to_people(now):
        return 0
    return sum(publish_owed(owed, now=now) for owed in council.owed_lists(day=local_day(now), now=now))


def publish_owed(owed: council.OwedList, *, now: datetime, by: Actor = SYSTEM) -> bool:
    """Read one of these lists and publish it, unless it came out meanwhile; return whether it was published now."""
    data = council_data(year=owed.year, month=owed.month, now=owed.told_at, clock=calendar.town_clock())
    return council.publish(data, council_on=owed.council_on, now=now, by=by)


def follow_designations() -> int:
    """Move the open requests of a service to the Responsable in force today (Annexe C); may run twice, and late."""
    return designations.follow_designations(now=timezone.now())


def follow_calendar() -> int:
    """Count again the targets still owed when a closure was added, changed or taken back; may run twice (art. 2.3)."""
    return calendar.follow_calendar(now=timezone.now())


def alert_untouched_inquiries() -> int:
    """Tell the technician once of each question left alone for a working day; return how many (art. 2.3)."""
    return alerts.alert_untouched_inquiries(now=timezone.now())


def remind_access() -> int:
    """Remind the clerk of the delays of the law that approach or are over; may run twice, each reminder leaves once."""
    return access_reminders.remind_access(now=timezone.now())


def remind_due() -> int:
    """Remind the Responsables of due days, and tell the heads of what is late; may run twice, and late (art. 2.3)."""
    return due_reminders.remind_due(now=timezone.now())


def invite_to_survey() -> int:
    """Ask their opinion of those who accepted and whose demand is done; may run twice, each file is asked about once (art. 4.1)."""
    return surveys.invite(now=timezone.now())
