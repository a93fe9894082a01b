"""Art. 4.1: « chaque premier jour ouvré du mois », the officials' list, frozen, without anything about anyone."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook
from post_office.models import Email

from intake.excel import council_book
from intake.jobs import publish_council_list
from intake.letters import council as council_pdf
from intake.models import CouncilList
from intake.policy.council import CouncilData, masked
from intake.policy.roles import Role
from intake.policy.vocabulary import Kind
from intake.process import Completion, complete, resume, route, wait
from intake.process.calendar import town_clock
from intake.reports.council import council_data
from snippets.models import TownSettings
from tests.factories import (
    TECHNICIAN,
    DepartmentFactory,
    DesignationFactory,
    NatureFactory,
    a_case,
    town_time,
    user_with,
)

pytestmark = pytest.mark.django_db
FIRST_OF_JUNE = town_time("2026-06-01 08:00")


@pytest.fixture(autouse=True)
def town():
    settings = TownSettings.load()
    settings.lists_from, settings.council_emails = date(2026, 5, 15), "elue@ville.example\nelu@ville.example\n"
    settings.save()
    return settings


@pytest.fixture
def cases():
    """One request completed in May, one still open and late, and a complaint."""
    works = DepartmentFactory(code="TP", name="Travaux publics")
    DesignationFactory(department=works)
    nature = NatureFactory(department=works, name="Nid-de-poule", target_working_days=5)
    done, late = (a_case(nature, now=town_time(f"2026-05-0{day} 10:00")) for day in (4, 5))
    for case in (done, late):
        route(pk=case.pk, by=TECHNICIAN, now=town_time("2026-05-07 10:00"))
    finish(done, "2026-05-11 10:00", done_on=date(2026, 5, 11))
    a_case(kind=Kind.COMPLAINT, now=town_time("2026-05-12 10:00"), facts="MOTSECRET")
    return done, late


def finish(case, at: str, *, done_on: date):
    completion = Completion(done_on=done_on, phone_extension="2201", internal_note="Fait.", public_message="Réparé.")
    return complete(pk=case.pk, completion=completion, by=TECHNICIAN, now=town_time(at))


def published() -> CouncilData:
    return CouncilData.from_json(CouncilList.objects.get().data)


def test_art_4_1_it_is_published_on_the_first_working_day_once(cases):
    assert not publish_council_list(town_time("2026-05-31 12:00"))
    assert not publish_council_list(town_time("2026-06-01 06:30"))
    assert publish_council_list(FIRST_OF_JUNE)
    assert not publish_council_list(FIRST_OF_JUNE)

    assert [mail.to for mail in Email.objects.filter(subject__startswith="Suivi des requêtes – mai 2026")] == [
        ["elue@ville.example"],
        ["elu@ville.example"],
    ]


def test_art_4_1_it_holds_what_is_open_and_what_was_completed_in_the_month(cases):
    publish_council_list(FIRST_OF_JUNE)
    data = published()

    assert [(line.reference, line.day, line.days) for line in data.completed] == [(cases[0].reference, "2026-05-11", 5)]
    # Due on 12 May; the 18th is a holiday: thirteen working days late on 1 June.
    assert [(line.reference, line.day, line.days) for line in data.open] == [(cases[1].reference, "2026-05-12", 13)]
    assert [(row.department, row.received, row.completed, row.open, row.overdue) for row in data.departments] == [
        ("Travaux publics", 2, 1, 1, 1)
    ]
    assert dict(data.confidential)["Plainte"] == "moins de 5"
    assert data.year[-1] == ("2026-05", 2, 1)


def test_art_4_1_given_may_left_on_1_june_when_a_request_is_completed_on_2_june_then_may_is_unchanged(cases, town):
    publish_council_list(FIRST_OF_JUNE)
    row = CouncilList.objects.get()
    before = (published(), *files(row, town))
    finish(cases[1], "2026-06-02 10:00", done_on=date(2026, 6, 2))

    assert (published(), *files(CouncilList.objects.get(), town)) == before


def files(row, town):
    data = CouncilData.from_json(row.data)
    return (
        council_book.build(data, town=town, made_at=row.published_at),
        council_pdf.as_pdf(data, town, title="Suivi", day="1 juin 2026"),
    )


@pytest.mark.usefixtures("cases")
def test_art_4_5_nothing_about_anyone_is_in_it(town):
    publish_council_list(FIRST_OF_JUNE)
    row = CouncilList.objects.get()
    book, pdf = files(row, town)
    cells = [
        str(cell.value) for sheet in load_workbook(io.BytesIO(book)) for line in sheet.iter_rows() for cell in line
    ]
    told = f"{row.data} {cells} {[(m.subject, m.message) for m in Email.objects.filter(subject__startswith='Suivi')]}"
    for word in (
        "Tremblay",
        "Marie",
        "555-0123",
        "exemple.example",
        "1234",
        "rue des Exemples",
        "trou",
        "MOTSECRET",
        "Réparé",
    ):
        assert word not in told
    assert pdf.startswith(b"%PDF")


def test_late_it_is_still_published_and_says_so(cases):
    assert publish_council_list(town_time("2026-06-04 10:00"))
    assert CouncilList.objects.get().late


class TestMonthsWithoutAWorker:
    """« Nothing is skipped »: a list that could not leave is made again as its own day would have read it."""

    def test_art_4_1_given_nothing_ran_in_june_then_july_publishes_may_and_june(self, cases):
        assert publish_council_list(town_time("2026-07-03 08:00")) == 2
        assert publish_council_list(town_time("2026-07-03 08:10")) == 0

        june, may = CouncilList.objects.all()
        assert [(row.month, str(row.council_on), row.late) for row in (may, june)] == [
            ("2026-05", "2026-06-01", True),
            ("2026-06", "2026-07-02", True),
        ]
        subjects = [mail.subject for mail in Email.objects.filter(to=["elu@ville.example"]).order_by("pk")]
        assert ["mai 2026" in subjects[0], "juin 2026" in subjects[1], len(subjects)] == [True, True, 2]

    def test_art_4_1_the_month_that_was_missed_reads_as_on_its_own_day(self, cases, town):
        """Completed on 10 June, it was still open, and thirteen days late, on 1 June; what came in June is not there."""
        finish(cases[1], "2026-06-10 10:00", done_on=date(2026, 6, 10))
        a_case(cases[1].nature, now=town_time("2026-06-15 10:00"))
        publish_council_list(town_time("2026-07-03 08:00"))

        may = CouncilData.from_json(CouncilList.objects.get(month="2026-05").data)
        assert may.made_on == "2026-06-01"
        assert [(line.reference, line.status, line.days) for line in may.open] == [
            (cases[1].reference, "Confiée au service", 13)
        ]
        assert [line.reference for line in may.completed] == [cases[0].reference]
        june = CouncilData.from_json(CouncilList.objects.get(month="2026-06").data)
        assert [line.reference for line in june.completed] == [cases[1].reference]
        assert june.made_on == "2026-07-03"

    @pytest.mark.usefixtures("cases")
    def test_nothing_is_owed_for_the_months_before_the_town_began(self, town):
        town.lists_from = date(2026, 6, 2)
        town.save()
        assert publish_council_list(town_time("2026-07-03 08:00")) == 1
        assert CouncilList.objects.get().month == "2026-06"


class TestStoppedClock:
    """Art. 4.2: a target stands still while the citizen is awaited; the list says what the director's page says."""

    def test_art_4_1_a_request_that_waits_for_the_citizen_is_not_late(self, cases):
        wait(pk=cases[1].pk, reason="citizen", note="Où?", by=TECHNICIAN, now=town_time("2026-05-11 10:00"))
        publish_council_list(FIRST_OF_JUNE)

        data = published()
        assert [(line.status, line.days) for line in data.open] == [("En attente (échéance suspendue)", 0)]
        assert [row.overdue for row in data.departments] == [0]

    def test_art_4_1_it_is_late_again_once_the_answer_came(self, cases):
        wait(pk=cases[1].pk, reason="citizen", note="Où?", by=TECHNICIAN, now=town_time("2026-05-11 10:00"))
        resume(pk=cases[1].pk, by=TECHNICIAN, now=town_time("2026-05-13 10:00"))
        publish_council_list(FIRST_OF_JUNE)

        data = published()
        # Due on 14 May: two days later than without the wait.
        assert [(line.day, line.status, line.days) for line in data.open] == [("2026-05-14", "En cours", 11)]
        assert [row.overdue for row in data.departments] == [1]

    def test_art_4_1_the_days_spent_do_not_count_those_of_the_citizen(self, cases):
        wait(pk=cases[1].pk, reason="citizen", note="Où?", by=TECHNICIAN, now=town_time("2026-05-11 10:00"))
        resume(pk=cases[1].pk, by=TECHNICIAN, now=town_time("2026-05-13 10:00"))
        finish(cases[1], "2026-05-14 10:00", done_on=date(2026, 5, 14))
        publish_council_list(FIRST_OF_JUNE)
        assert [line.days for line in published().completed] == [5, 5]


def test_art_4_1_the_list_is_read_in_seven_questions(cases, django_assert_num_queries):
    clock = town_clock()
    with django_assert_num_queries(7):
        council_data(year=2026, month=5, now=FIRST_OF_JUNE, clock=clock)


@pytest.mark.parametrize(
    ("count", "words"), [(0, "aucune"), (1, "moins de 5"), (4, "moins de 5"), (5, "5"), (12, "12")]
)
def test_small_counts_are_masked(count, words):
    assert masked(count) == words


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.COUNCIL, 200),
        (Role.TECHNICIAN, 200),
        (Role.RECIPIENT, 404),
        (Role.COMMUNICATIONS, 404),
        (Role.EMPLOYEE, 404),
    ],
)
@pytest.mark.usefixtures("cases")
def test_art_4_1_officials_read_their_page_and_others_do_not(client, role, status):
    publish_council_list(FIRST_OF_JUNE)
    client.force_login(user_with(role))
    for address in ("", "2026-05/", "2026-05.pdf", "2026-05.xlsx"):
        assert client.get(f"/admin/elus/{address}").status_code == status, address
