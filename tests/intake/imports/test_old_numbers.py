"""The number of the old system stays: on the page of the case, in the search, in the workbook that leaves."""

import pytest
from django.urls import reverse

from intake.excel.columns import COLUMNS
from intake.excel.rows import rows_of
from intake.excel.today import Today
from intake.models import Case
from intake.policy.import_mapping import mapping_of
from intake.policy.roles import Role
from intake.process.importing import import_cases
from tests.factories import TECHNICIAN, a_case, user_with
from tests.intake.imports.conftest import CONTENT, NOW, row, staged

pytestmark = pytest.mark.django_db
NUMBERS = ("R-2019/00345", "1234567", "2026-0001", "ÉTÉ 12")
INDEX = "/admin/demandes/"


@pytest.fixture
def cases(town):
    """A case received here, then one for each old number; the third is written as our first is."""
    a_case(town.hole, now=NOW)
    rows = [row(No_requête=number) for number in NUMBERS]
    import_cases(staged=staged(*rows), mapping=mapping_of(CONTENT), by=TECHNICIAN, now=NOW)
    return {case.old_references.get().reference: case for case in Case.objects.exclude(reference="2026-0001")}


@pytest.fixture
def technician(client, town):
    client.force_login(user_with(Role.TECHNICIAN))
    return client


def found(client, text):
    page = client.get(INDEX, {"q": text, "vue": "toutes"})
    if page.status_code == 302:
        return {page.url.rstrip("/").split("/")[-1]}
    return {case.reference for case in page.context["page_obj"].object_list}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("R-2019/00345", "R-2019/00345"),
        (" r-2019/00345 ", "R-2019/00345"),
        ("1234567", "1234567"),
        ("ETE  12", "ÉTÉ 12"),
    ],
)
def test_a_case_is_found_by_its_old_number_capitals_and_accents_forgiven(technician, cases, text, number):
    assert found(technician, text) == {cases[number].reference}


def test_part_of_an_old_number_is_a_word_like_another(technician, cases):
    assert found(technician, "00345") == {cases["R-2019/00345"].reference}


def test_a_number_that_two_files_bear_shows_both(technician, cases):
    assert found(technician, "2026-0001") == {"2026-0001", cases["2026-0001"].reference}
    assert found(technician, "2026-3") == {"2026-0003"}


def test_the_page_of_the_case_says_the_old_number_and_where_it_comes_from(technician, cases):
    case = cases["R-2019/00345"]
    page = technician.get(reverse("intake_queue:case", args=[case.reference])).content.decode()
    assert "R-2019/00345 (Prioris)" in page
    assert "Vient de Prioris, numéro R-2019/00345" in page


def test_the_workbook_that_leaves_has_a_column_for_it(cases):
    place = [column.key for column in COLUMNS].index("old_numbers")
    rows = rows_of(Case.objects.order_by("number"), COLUMNS, today=Today(on=NOW.date()))
    assert [row[place] for row in rows] == ["", *(f"{number} (Prioris)" for number in NUMBERS)]
