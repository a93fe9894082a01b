"""Art. 4.1, 4.5: the results by service and by month, for whom the matrix (§3) says, and nothing that points at someone."""

import io
import re
from datetime import date

import pytest
from django.test import Client
from openpyxl import load_workbook

from intake.models import SurveyInvitation
from intake.performance.satisfied import satisfaction_words
from intake.policy.roles import GROUP_NAMES, Actor, Role
from intake.policy.surveys import hidden, share
from intake.reports.survey import months_over, results
from intake.surveys import pages
from tests.factories import DepartmentFactory, town_time, user_with
from tests.intake.queue.conftest import roles

from .conftest import answers_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)
READERS = {Role.EXPERIENCE, Role.DIRECTOR, Role.TECHNICIAN, Role.GENERAL_DIRECTOR, Role.COMMUNICATIONS}
ADDRESS = "/admin/sondages/"

__all__ = ["roles"]


@pytest.fixture
def works(db):
    return DepartmentFactory(code="TP", name="Travaux publics")


@pytest.fixture
def planning(db):
    return DepartmentFactory(code="URB", name="Urbanisme")


@pytest.fixture
def today(monkeypatch):
    monkeypatch.setattr(pages.timezone, "now", lambda: town_time("2026-11-26 10:00"))


def browser_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def rows_of(page) -> list[list[str]]:
    """The cells of each line of the tables."""
    body = page.content.decode().replace("\u00a0", " ")
    lines = re.findall(r"<tr><th scope=\"row\">.*?</tr>", body)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line) for line in lines]


# --- What may be shown ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answered", "kept_back"),
    [
        ({"tp": 9, "urb": 7}, set()),
        ({"tp": 9, "urb": 0}, set()),
        ({"tp": 9, "urb": 5}, set()),
        # One small row would be the total less the other.
        ({"tp": 9, "urb": 4}, {"tp", "urb"}),
        ({"tp": 9, "env": 6, "urb": 1}, {"env", "urb"}),
        # Two small rows hide each other once they hold five answers.
        ({"tp": 9, "env": 3, "urb": 2}, {"env", "urb"}),
        ({"tp": 9, "env": 2, "urb": 2}, {"tp", "env", "urb"}),
        ({"tp": 3, "urb": 0}, {"tp"}),
        ({}, set()),
    ],
)
def test_art_4_5_no_subtraction_tells_the_answers_of_fewer_than_five_people(answered, kept_back):
    assert hidden(answered) == kept_back


@pytest.mark.parametrize(
    ("yes", "answered", "shown"), [(4, 4, None), (0, 0, None), (3, 5, 60), (2, 6, 33), (7, 7, 100)]
)
def test_art_4_5_a_share_is_shown_from_five_answers(yes, answered, shown):
    assert share(yes, answered) == shown


def test_the_month_under_way_is_not_shown_and_twelve_are():
    assert months_over(TODAY) == (
        *("2025-11", "2025-12"),
        *(f"2026-{month:02d}" for month in range(1, 11)),
    )
    assert months_over(date(2027, 1, 1))[-1] == "2026-12"


def test_art_4_1_counts_and_shares_by_service_and_by_month(works, planning, done):
    case = done()
    SurveyInvitation.objects.create(case=case, token_hash="0" * 64, invited_on=date(2026, 10, 31))
    late = done(email="luc@exemple.example")
    SurveyInvitation.objects.create(case=late, token_hash="1" * 64, invited_on=date(2026, 11, 1))
    answers_of(works, "2026-10", yes=3, no=3)
    answers_of(planning, "2026-09", yes=6, no=2)
    answers_of(planning, "2025-10", yes=9)  # more than a year ago
    answers_of(planning, "2026-11", yes=9)  # under way
    found = results(today=TODAY)
    assert [(line.name, line.invited, line.answered, line.shares) for line in found.by_department] == [
        ("Travaux publics", 1, 6, (50, 50, 50)),
        ("Urbanisme", 0, 8, (75, 75, 75)),
    ]
    months = {line.name: (line.invited, line.answered, line.shares[0]) for line in found.by_month}
    assert (months["2026-10"], months["2026-09"]) == ((1, 6, 50), (0, 8, 75))
    assert [line.name for line in found.by_month] == sorted(months, reverse=True)
    assert (found.total.invited, found.total.answered, found.total.shares) == (1, 14, (64, 64, 64))


def test_art_4_1_the_page_of_figures_says_how_satisfied_those_served_by_one_service_or_all_of_them_are(works, planning):
    def sentence(department="", **who):
        actor = Actor("R", frozenset({Role.RECIPIENT}), **who) if who else Actor("D", frozenset({Role.DIRECTOR}))
        return satisfaction_words(actor, department=department, today=TODAY).replace("\u00a0", " ")

    assert "personne n'a répondu" in sentence()
    answers_of(works, "2026-09", yes=4, no=2)
    answers_of(works, "2026-10", yes=1)
    assert "71 % des 7 personnes" in sentence("TP")
    assert "personne n'a répondu" in sentence("URB")
    answers_of(planning, "2026-10", yes=2, no=2)
    assert "64 % des 11 personnes" in sentence()
    # The total less public works would tell what four people answered.
    assert "ce résultat n'est pas montré" in sentence("TP")
    assert "moins de cinq personnes" in sentence("URB")
    assert "71 % des 7 personnes" in sentence(departments=frozenset({works.pk}))
    assert "personne n'a répondu" in sentence("URB", departments=frozenset({works.pk}))


# --- The page ------------------------------------------------------------------------------------


def test_the_page_shows_the_figures_with_small_ones_in_words(roles, today, works, planning):
    answers_of(works, "2026-10", yes=9, no=3)
    answers_of(planning, "2026-10", yes=1, no=2)
    answers_of(DepartmentFactory(code="ENV", name="Environnement"), "2026-10", yes=6)
    page = browser_of(user_with(Role.EXPERIENCE)).get(ADDRESS)
    rows = {row[0]: row[1:] for row in rows_of(page)}
    assert rows["Travaux publics"] == ["0", "12", "75 %", "75 %", "75 %"]
    assert rows["Urbanisme"] == ["0", "moins de 5", "–", "–", "–"]
    assert rows["Environnement"] == ["0", "non montré", "–", "–", "–"]
    assert rows["octobre 2026"] == rows["Total"] == ["0", "21", "76 %", "76 %", "76 %"]
    assert rows["septembre 2026"] == ["0", "aucune", "–", "–", "–"]


@pytest.mark.parametrize("role", GROUP_NAMES)
def test_art_4_5_the_results_exist_only_for_whom_the_matrix_says(roles, works, role):
    answers_of(works, "2026-10", yes=9)
    client = browser_of(user_with(role, username=f"la-{role.value}"))
    codes = {client.get(address).status_code for address in (ADDRESS, f"{ADDRESS}sondages.xlsx")}
    assert codes == ({200} if role in READERS else {404})
    assert ("/admin/sondages/" in client.get("/admin/").content.decode()) is (role in READERS)


def test_a_responsable_reads_those_of_his_services_alone(roles, today, works, planning):
    answers_of(works, "2026-10", yes=9)
    answers_of(planning, "2026-10", no=20)
    page = browser_of(user_with(Role.RECIPIENT, department=works)).get(ADDRESS)
    rows = {row[0]: row[1:] for row in rows_of(page)}
    assert "Urbanisme" not in rows
    assert rows["Travaux publics"] == rows["Total"] == ["0", "9", "100 %", "100 %", "100 %"]
    assert "de vos services" in page.content.decode()


def test_nothing_yet_is_said_in_words(roles, today):
    page = browser_of(user_with(Role.EXPERIENCE)).get(ADDRESS).content.decode()
    assert "Aucun sondage" in page
    assert "guichet-lists__table" not in page


def test_the_workbook_hides_what_the_page_hides(roles, today, works, planning):
    answers_of(works, "2026-10", yes=9, no=3)
    answers_of(planning, "2026-10", yes=1)
    answer = browser_of(user_with(Role.EXPERIENCE)).get(f"{ADDRESS}sondages.xlsx")
    assert "sondages-2026-10.xlsx" in answer["Content-Disposition"]
    book = load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["Par service", "Par mois"]
    lines = list(book["Par service"].iter_rows(values_only=True))
    assert lines[0][:3] == ("Service", "Invitations", "Réponses")
    assert ("Urbanisme", 0, "moins de 5", "–", "–", "–") in lines
    assert lines[-1][:3] == ("Total", 0, 13)


def test_the_page_costs_few_queries_however_many_answers(roles, today, works, planning, django_assert_max_num_queries):
    client = browser_of(user_with(Role.EXPERIENCE))
    client.get(ADDRESS)
    answers_of(works, "2026-10", yes=200)
    answers_of(planning, "2026-09", yes=200)
    with django_assert_max_num_queries(17):
        client.get(ADDRESS)
