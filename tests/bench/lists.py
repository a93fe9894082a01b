"""The month at a large town: building 8 lists of 500 rows, and taking 5,000 answered rows in, through the verbs.

`python -m tests.bench.lists BUILT ANSWERED` prints the figures of one run, in seconds of processor time: the database is
in the process (SQLite), so that its work counts.
"""

import io
import json
import sys
import time
from datetime import timedelta

import django
from django.utils import timezone

LISTS = 8
BUILD_AIM, IMPORT_AIM = 2.0, 2.5


def timed(action):
    """Seconds of processor time of one action, and what it returned."""
    start = time.process_time()
    result = action()
    return time.process_time() - start, result


def routed_requests(number):
    """So many routed requests, an equal share for each of the services with a Responsable."""
    from django.core.management import call_command

    from intake.models import Case
    from snippets.models import Designation, RequestNature

    call_command("generate_cases", number * 2, seed=1, stdout=io.StringIO())
    held = {designation.department_id: designation for designation in Designation.objects.order_by("pk")}
    services = list(held.values())[:LISTS]
    Case.objects.filter(status__in=["routed", "in_progress", "scheduled", "waiting"]).update(
        status="received", clock_stopped_on=None, waiting_reason=None, planned_on=None
    )
    pks = list(Case.objects.filter(kind="request").order_by("-pk").values_list("pk", flat=True)[:number])
    for position, designation in enumerate(services):
        nature = RequestNature.objects.filter(department=designation.department).first()
        Case.objects.filter(pk__in=pks[position::LISTS]).update(
            status="routed",
            department=designation.department,
            designation=designation,
            nature=nature,
            nature_name=nature.name,
            merged_into=None,
            completed_at=None,
            closed_at=None,
            done_on=None,
            awaits_proofreading=False,
        )


def sent_lists(now):
    """The lists of this month, frozen as they leave, without their mails' delivery."""
    from intake.models import OpenRequestsList
    from intake.policy.clocks import local_day
    from intake.policy.roles import SYSTEM
    from intake.process.monthly_lists import month_on, plan_lists, send_list

    OpenRequestsList.objects.filter(sent_at__isnull=True).delete()
    month = month_on(local_day(now) + timedelta(days=31))
    for row in plan_lists(month):
        send_list(pk=row.pk, by=SYSTEM, now=now)
    return list(OpenRequestsList.objects.filter(month=month.name).exclude(file=""))


def build_ours(lists, rows, reasons, town):
    """Our workbooks of so many rows."""
    from intake.excel import monthly_book

    for monthly in lists:
        monthly_book.build(
            monthly, list(monthly.lines.all()[:rows]), town=town, reasons=reasons, made_at=monthly.sent_at
        )


def build_bare(lists, rows):
    """The baseline: the same values, a bare openpyxl write-only loop, without style, protection or lists."""
    from openpyxl import Workbook

    for monthly in lists:
        book = Workbook(write_only=True)
        sheet = book.create_sheet()
        for line in monthly.lines.all()[:rows]:
            sheet.append([str(value) for value in line.shown.values()] + ["", "", "", "", "", line.key])
        book.save(io.BytesIO())


def answered(monthly, now):
    """The frozen workbook, with a planned day on every line."""
    from openpyxl import load_workbook

    from intake.excel.monthly_book import FIRST_ROW, HEADINGS

    place = {heading.key: index for index, heading in enumerate(HEADINGS, start=1)}
    with monthly.file.open() as file:
        book = load_workbook(io.BytesIO(file.read()))
    sheet = book.worksheets[0]
    for row in range(FIRST_ROW + 1, FIRST_ROW + 1 + monthly.lines.count()):
        sheet.cell(row, place["planned_on"]).value = timezone.localdate(now) + timedelta(days=10)
        sheet.cell(row, place["internal_note"]).value = "Prévu avec l'équipe 2."
    out = io.BytesIO()
    book.save(out)
    out.seek(0)
    return out


def take_in(monthly, file, now, by):
    """What the two pages do: read and look; read again, then apply what was shown."""
    from intake.excel.monthly_reader import read
    from intake.models import LineAnswer
    from intake.process.monthly_answers import Chosen, State, apply, reasons_by_label, review

    review(monthly, read(file, reasons=reasons_by_label()), by=by, now=now)
    file.seek(0)
    lines = read(file, reasons=reasons_by_label())
    reviewed = review(monthly, lines, by=by, now=now, rehearsing=False)
    chosen = [Chosen(item.line, item.read.answer, item.version) for item in reviewed if item.state is State.APPLIES]
    return apply(monthly, chosen, by=by, now=now, source=LineAnswer.Source.WORKBOOK)


def verbs_alone(monthly, now, by):
    """The baseline: the same verb for each line, in one transaction that is undone; nothing read, looked at or kept."""
    from django.db import transaction

    from intake.process import plan

    with transaction.atomic():
        for pk in monthly.lines.values_list("case_id", flat=True):
            plan(pk=pk, planned_on=timezone.localdate(now) + timedelta(days=10), internal_note="Prévu.", by=by, now=now)
        transaction.set_rollback(True)


def main(built, to_answer):
    """Measure both."""
    from django.utils import timezone

    from snippets.models import TownSettings, WaitingReason
    from tests.factories import TECHNICIAN

    now = timezone.now()
    routed_requests(to_answer)
    sending, lists = timed(lambda: sent_lists(now))
    town, reasons = TownSettings.load(), list(WaitingReason.objects.values_list("label", flat=True))
    bare, _ = timed(lambda: build_bare(lists, built))
    ours, _ = timed(lambda: build_ours(lists, built, reasons, town))
    files = [answered(monthly, now) for monthly in lists]
    alone, _ = timed(lambda: [verbs_alone(monthly, now, TECHNICIAN) for monthly in lists])
    taken, done = timed(lambda: [take_in(*pair, now, TECHNICIAN) for pair in zip(lists, files, strict=True)])
    print(
        json.dumps(
            {
                "lists": len(lists),
                "rows": [monthly.lines.count() for monthly in lists],
                "sending": sending,
                "build": [bare, ours],
                "import": [alone, taken],
                "applied": sum(done),
                "build_aim": BUILD_AIM,
                "import_aim": IMPORT_AIM,
            }
        )
    )


if __name__ == "__main__":
    django.setup()
    main(*map(int, sys.argv[1:]))
