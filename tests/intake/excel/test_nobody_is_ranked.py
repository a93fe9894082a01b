"""Art. 4.7, 4.8: statistics rank nobody. No column of any workbook or report names an employee, save who has the file in hand."""

import csv
import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import Locale, Page

from cms.roles import ensure_roles
from intake.excel import council_book
from intake.excel.columns import COLUMNS
from intake.excel.monthly_book import FIRST_ROW, HEADINGS
from intake.excel.rows import rows_of
from intake.models import Case, CaseEvent, OpenRequestsList
from intake.policy.roles import Role
from intake.process import Completion, assign, complete, route, take
from intake.process.calendar import town_clock
from intake.process.export import today_at
from intake.process.monthly_lists import send_due_lists
from intake.reports.council import council_data
from snippets.models import TownSettings
from tests.factories import (
    TECHNICIAN,
    DepartmentFactory,
    DesignationFactory,
    EmployeeFactory,
    GuideIndexPageFactory,
    GuidePageFactory,
    NatureFactory,
    a_case,
    recipient_of,
    town_time,
    user_with,
)

pytestmark = pytest.mark.django_db
# Each person who touches the files has a name that nothing else holds.
RESPONSABLE, EXECUTOR, HEAD, DESK = "Zarifa", "Zebulon", "Zelie", "Zoltan"
PEOPLE = (RESPONSABLE, EXECUTOR, HEAD, DESK)


@pytest.fixture
def worked(town):
    """An open request and a completed one, that four people received, routed, took and executed."""
    TownSettings.objects.update(lists_from=date(2026, 5, 1))
    works = DepartmentFactory(code="TP", name="Travaux publics")
    works.head = EmployeeFactory(department=works, last_name=HEAD)
    works.save()
    DesignationFactory(department=works, employee__last_name=RESPONSABLE, effective_from=date(2026, 1, 1))
    executor = EmployeeFactory(department=works, last_name=EXECUTOR)
    desk = replace(TECHNICIAN, label=DESK)
    responsable = replace(recipient_of(works), label=RESPONSABLE)
    nature = NatureFactory(department=works)
    for day in (4, 5):
        case = a_case(nature, now=town_time(f"2026-05-0{day} 10:00"))
        at = town_time(f"2026-05-0{day} 14:00")
        route(pk=case.pk, by=desk, now=at)
        assign(pk=case.pk, executor=executor, by=responsable, now=at, internal_note=f"Vu avec {HEAD}.")
        take(pk=case.pk, by=responsable, now=at)
    done = Completion(done_on=date(2026, 5, 6), phone_extension="2201", internal_note="Fait.", public_message="Réparé.")
    complete(pk=case.pk, completion=done, by=responsable, now=town_time("2026-05-06 10:00"))
    assert set(CaseEvent.objects.values_list("by_label", flat=True)) >= {RESPONSABLE, DESK}
    return works


def naming(headings, rows) -> set:
    """The headings of the columns that hold the name of one of these people."""
    return {
        heading
        for row in rows
        for heading, value in zip(headings, row, strict=True)
        if any(name in str(value) for name in PEOPLE)
    }


def test_art_4_8_the_workbook_of_the_queue_names_the_responsable_of_a_file_and_nobody_else(worked):
    rows = rows_of(Case.objects.all(), COLUMNS, today=today_at(town_time("2026-05-20 10:00")))
    assert naming([column.key for column in COLUMNS], rows) == {"recipient"}


def test_art_4_8_the_list_of_the_month_names_who_executes_and_nobody_else(worked):
    send_due_lists(now=town_time("2026-05-25 08:00"))
    with OpenRequestsList.objects.get(department=worked).file.open() as file:
        book = load_workbook(io.BytesIO(file.read()))
    rows = list(book.worksheets[0].iter_rows(min_row=FIRST_ROW + 1, values_only=True))
    assert naming([heading.key for heading in HEADINGS], rows) == {"executor"}
    others = [row for sheet in book.worksheets[1:] for row in sheet.iter_rows(values_only=True)]
    assert not [row for row in others if any(name in str(row) for name in PEOPLE)]


def test_art_4_8_the_officials_list_counts_by_service_and_names_nobody(worked):
    now = town_time("2026-06-01 08:00")
    data = council_data(year=2026, month=5, now=now, clock=town_clock())
    book = load_workbook(io.BytesIO(council_book.build(data, town=TownSettings.load(), made_at=now)))
    assert [(line.reference) for line in (*data.open, *data.completed)]
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if any(name in cell for name in PEOPLE)]
    assert not [name for name in PEOPLE if name in str(data.as_json())]


def test_art_4_8_the_report_of_the_guides_names_the_service_and_nobody(worked, client):
    Locale.objects.get_or_create(language_code="fr-ca")
    ensure_roles()
    index = GuideIndexPageFactory(parent=Page.objects.get(depth=2), slug="guides-a-relire")
    GuidePageFactory(parent=index, department=worked, review_due_on=timezone.localdate() - timedelta(days=1))
    client.force_login(user_with(Role.COMMUNICATIONS))
    answer = client.get(reverse("review_report"), {"export": "csv"})
    headings, *rows = csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")))
    assert len(rows) == 1
    assert "Travaux publics" in rows[0]
    assert naming(headings, rows) == set()
