"""The command `policy_calendar` of the contract."""

import json
from datetime import date, time
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from intake.process.calendar import town_clock
from snippets.models import Closure, TownSettings
from tests.factories import town_time

pytestmark = pytest.mark.django_db
LISTS_2026 = [
    "01-26",
    "02-23",
    "03-23",
    "04-20",
    "05-25",
    "06-22",
    "07-27",
    "08-24",
    "09-21",
    "10-26",
    "11-23",
    "12-21",
]
DUE_2026 = ["01-30", "02-27", "03-31", "04-30", "05-29", "06-30", "07-31", "08-31", "09-30", "10-30", "11-30", "12-31"]
COUNCIL_2026 = [
    "01-02",
    "02-02",
    "03-02",
    "04-01",
    "05-01",
    "06-01",
    "07-02",
    "08-03",
    "09-01",
    "10-01",
    "11-02",
    "12-01",
]


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("policy_calendar", *arguments, stdout=out)
    return out.getvalue()


def test_art_4_2_the_year_2026_is_that_of_the_contract():
    rows = json.loads(run("--year", "2026", "--format", "json", "--statutory-only"))

    assert [row["month"] for row in rows] == [f"2026-{month:02d}" for month in range(1, 13)]
    assert [row["rnc_date"][5:] for row in rows] == LISTS_2026
    assert [row["due_date"][5:] for row in rows] == DUE_2026
    assert [row["council_date"][5:] for row in rows] == COUNCIL_2026
    assert set(rows[0]) == {"month", "rnc_date", "due_date", "council_date"}


def test_closures_of_the_town_count_unless_they_are_left_out():
    Closure.objects.create(label="Congé des Fêtes", first_on=date(2026, 12, 24), last_on=date(2027, 1, 2))
    with_them = json.loads(run("--year", "2026", "--format", "json"))[-1]
    without = json.loads(run("--year", "2026", "--format", "json", "--statutory-only"))[-1]

    assert (with_them["due_date"], without["due_date"]) == ("2026-12-23", "2026-12-31")


def test_the_reading_is_the_town_s_or_the_one_that_is_asked_for():
    town = TownSettings.load()
    town.list_reading = "last_week"
    town.save()

    assert json.loads(run("--year", "2026", "--format", "json"))[2]["rnc_date"] == "2026-03-30"
    assert (
        json.loads(run("--year", "2026", "--format", "json", "--reading", "full_week"))[2]["rnc_date"] == "2026-03-23"
    )


def test_people_read_a_table():
    assert "2026-03  2026-03-23  2026-03-31  2026-03-02" in run("--year", "2026")


@pytest.mark.parametrize("year", ["1999", "2101"])
def test_a_year_outside_the_calendar_is_one_line_and_code_2(year):
    with pytest.raises(CommandError, match=f"l'année {year}") as stopped:
        run("--year", year)
    assert stopped.value.returncode == 2


def test_art_4_1_a_half_day_written_by_the_staff_ends_the_day_early():
    Closure.objects.create(
        label="Veille de la fête nationale", first_on=date(2026, 6, 23), last_on=date(2026, 6, 23), closes_at=time(12)
    )
    assert town_clock().due_on(town_time("2026-06-23 13:00"), 1) == date(2026, 6, 26)
    assert town_clock().calendar.is_working_day(date(2026, 6, 23))
