"""What each column says of a case, and what reading many of them costs."""

from datetime import date, timedelta

import pytest

from intake.excel.cells import Cell
from intake.excel.columns import COLUMNS, chosen, columns_for, without_identity
from intake.excel.rows import rows_by_pk, rows_of
from intake.excel.today import Today
from intake.models import Case
from intake.policy.roles import Actor, Role
from intake.policy.vocabulary import Kind
from intake.process import GivenAnswer
from tests.factories import DesignationFactory, NatureFactory, a_case, town_time

pytestmark = pytest.mark.django_db

TODAY = Today(on=date(2026, 7, 6))


def told(case, *, today=TODAY):
    """The row of one case as {column: value}."""
    (row,) = rows_of(Case.objects.filter(pk=case.pk), COLUMNS, today=today)
    return dict(zip([column.key for column in COLUMNS], row, strict=True))


def received(**changes):
    """A request of 2026-06-22 due on 2026-06-30, as the grid then said."""
    nature = NatureFactory(name="Nid-de-poule", code="TP-01", department__name="Travaux publics", priority="p2")
    case = a_case(nature, now=town_time("2026-06-22 10:00"))
    Case.objects.filter(pk=case.pk).update(due_on=date(2026, 6, 30), **changes)
    return Case.objects.get(pk=case.pk)


def test_a_request_when_read_is_told_in_words():
    row = told(received())
    assert row["kind"] == "Requête"
    assert row["status"] == "Reçue"
    assert row["priority"] == "P2 – rapide"
    assert row["channel"] == "Site web"
    assert row["department"] == "Travaux publics"
    assert (row["nature_code"], row["nature"]) == ("TP-01", "Nid-de-poule")
    assert (row["target"], row["due_on"]) == (5, date(2026, 6, 30))
    assert row["requester"] == "Marie Tremblay"
    assert row["phone"] == "450 555-0123"
    assert row["address"] == "1234, rue des Exemples, Val-des-Érables, J0R 1T0"


def test_a_late_request_when_read_counts_its_days():
    row = told(received())
    assert (row["late"], row["days_late"]) == ("Oui", 6)


@pytest.mark.parametrize(
    "changes",
    [
        {"due_on": None},
        {"due_on": date(2026, 7, 6)},
        {"status": "waiting", "waiting_reason_id": "citizen", "clock_stopped_on": date(2026, 6, 23)},
        {"status": "closed", "completed_at": town_time("2026-07-01 10:00"), "closed_at": town_time("2026-07-01 10:00")},
    ],
)
def test_a_request_that_is_not_late_when_read_says_no_and_counts_nothing(changes):
    case = received()
    designation = DesignationFactory(department=case.department)
    Case.objects.filter(pk=case.pk).update(designation=designation, **changes)
    row = told(case)
    assert (row["late"], row["days_late"]) == ("Non", None)


def test_lateness_when_read_agrees_with_the_filter_of_the_screen():
    on = TODAY.on
    for days in range(-3, 4):
        case = a_case()
        Case.objects.filter(pk=case.pk).update(due_on=on + timedelta(days=days))
    late = set(Case.objects.overdue(on=on).values_list("reference", flat=True))
    rows = rows_of(Case.objects.all(), COLUMNS, today=TODAY)
    place = [column.key for column in COLUMNS].index("late")
    assert {row[0] for row in rows if row[place] == "Oui"} == late
    assert len(late) == 3


def test_a_waiting_request_when_read_tells_why():
    case = received()
    designation = DesignationFactory(department=case.department)
    Case.objects.filter(pk=case.pk).update(
        designation=designation, status="waiting", waiting_reason_id="weather", waiting_note="gel annoncé"
    )
    assert told(case)["waiting"] == "Météo – gel annoncé"


def test_an_open_request_when_read_names_who_receives_today_and_a_closed_one_who_had_it():
    case = received()
    designation = DesignationFactory(department=case.department, employee__first_name="Anne", employee__last_name="Roy")
    Case.objects.filter(pk=case.pk).update(designation=designation, status="in_progress")
    today = Today(on=TODAY.on, recipients={case.department_id: "Luc Côté"})
    assert told(case, today=today)["recipient"] == "Luc Côté"
    moment = town_time("2026-07-01 10:00")
    Case.objects.filter(pk=case.pk).update(status="closed", completed_at=moment, closed_at=moment)
    assert told(case, today=today)["recipient"] == "Anne Roy"


def test_answers_when_read_stand_in_one_cell_in_the_order_asked():
    given = (
        GivenAnswer("a", "Quelle taille?", "short_text", "30 cm", "30 cm"),
        GivenAnswer("b", "Depuis quand", "date", None, ""),
        GivenAnswer("c", "Où", "long_text", "Devant « le 12 »", "Devant « le 12 »,\nprès du pont"),
    )
    case = a_case(answers=given)
    assert told(case)["answers"] == "Quelle taille? 30 cm\nOù : Devant « le 12 »,\nprès du pont"
    assert told(a_case())["answers"] == ""


def test_a_case_without_requester_nature_or_dates_when_read_has_empty_cells():
    case = a_case(kind=Kind.INQUIRY, contact=None)
    row = told(case)
    assert row["kind"] == "Question ou commentaire"
    assert (row["requester"], row["nature"], row["address"], row["recipient"]) == ("", "", "", "")
    assert row["phone"] is None
    assert row["completed_at"] is None


def test_rows_when_read_keep_the_order_of_the_query():
    cases = [a_case() for _ in range(4)]
    rows = rows_of(Case.objects.order_by("-number"), COLUMNS[:1], today=TODAY)
    assert [reference for (reference,) in rows] == [case.reference for case in reversed(cases)]


@pytest.mark.parametrize("number", [1, 7, 30])
def test_rows_when_read_cost_one_query_whatever_their_number(number, django_assert_num_queries):
    nature = NatureFactory()
    given = tuple(GivenAnswer(key, key, "short_text", key, key) for key in "abc")
    for _ in range(number):
        a_case(nature, answers=given)
    with django_assert_num_queries(1):
        assert len(list(rows_of(Case.objects.all(), COLUMNS, today=TODAY))) == number
    with django_assert_num_queries(1):
        assert len(rows_by_pk(Case.objects.all(), COLUMNS, today=TODAY)) == number


def test_values_not_chosen_when_reading_are_not_read(django_assert_num_queries):
    a_case()
    with django_assert_num_queries(1) as queries:
        list(rows_of(Case.objects.all(), chosen(["status"], COLUMNS), today=TODAY))
    sql = queries.captured_queries[0]["sql"]
    assert "requester" not in sql
    assert "answer" not in sql
    assert "facts" not in sql


@pytest.mark.parametrize(
    ("roles", "identities"),
    [
        ({Role.TECHNICIAN}, True),
        ({Role.DIRECTOR}, True),
        ({Role.CLERK}, True),
        ({Role.RECIPIENT}, False),
        ({Role.EXPERIENCE}, False),
        (set(), False),
    ],
)
def test_columns_of_the_requester_exist_only_for_the_roles_of_article_4_5(roles, identities):
    offered = {column.key for column in columns_for(Actor(label="x", roles=frozenset(roles)))}
    assert ({"requester", "phone", "email", "address"} <= offered) is identities
    assert {"requester", "phone", "email", "address"}.isdisjoint(offered) is not identities


def test_every_column_that_reads_the_requester_is_marked_as_identity():
    assert all(c.identity for c in COLUMNS if any(path.startswith("requester") for path in c.reads))
    assert not any(c.identity for c in without_identity())


def test_columns_asked_for_without_the_right_to_them_when_chosen_are_left_out():
    allowed = columns_for(Actor(label="x", roles=frozenset({Role.RECIPIENT})))
    assert [c.key for c in chosen(["phone", "status", "n'existe pas"], allowed)] == ["reference", "status"]


@pytest.mark.parametrize("keys", [[], ["n'existe pas"]])
def test_no_column_when_chosen_gives_the_default_ones(keys):
    assert [c.key for c in chosen(keys, COLUMNS)] == [c.key for c in COLUMNS if c.by_default]


def test_columns_have_distinct_names_and_a_shape():
    assert len({c.key for c in COLUMNS}) == len({str(c.heading) for c in COLUMNS}) == len(COLUMNS)
    assert {c.cell for c in COLUMNS} == set(Cell)
