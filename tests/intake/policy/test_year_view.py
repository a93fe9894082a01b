"""Art. 4.1, 4.2: the year as a page shows it, and the days off by name."""

from datetime import date, time

import pytest

from intake.policy.monthly import Reading
from intake.policy.working_days import WorkingCalendar, YearOutOfRange, holiday_names
from intake.policy.year_view import NamedClosure, year_view

FESTIVE = NamedClosure(1, "Congé des Fêtes", date(2026, 12, 24), date(2027, 1, 2))
EASTER = NamedClosure(2, "Lundi de Pâques", date(2026, 4, 6), date(2026, 4, 6))
EVE = NamedClosure(3, "Veille de la Fête nationale", date(2026, 6, 23), date(2026, 6, 23), time(12))
CLOSED = WorkingCalendar.with_closures([(FESTIVE.first, FESTIVE.last), (EASTER.first, EASTER.last)])


def year(number=2026, reading=Reading.FULL_WEEK):
    return year_view(number, CLOSED, reading, [FESTIVE, EASTER, EVE])


def test_every_month_has_its_days_off_by_name_and_its_working_days():
    months = year()
    assert months[5].holidays == ((date(2026, 6, 24), "Fête nationale du Québec"),)
    assert [month.working_days for month in months] == [21, 20, 22, 20, 20, 21, 22, 21, 21, 21, 21, 17]
    assert (months[3].closures, months[5].closures, months[5].half_days) == ((EASTER,), (), (EVE,))


def test_a_closure_over_two_years_is_in_both():
    assert year()[11].closures == year(2027)[0].closures == (FESTIVE,)


def test_the_other_reading_is_beside_the_one_in_force_and_says_where_it_differs():
    in_force, other = year(), year(reading=Reading.LAST_WEEK)
    assert [month.other for month in in_force] == [month.dates for month in other]
    assert [month.dates.month for month in in_force if month.differs] == [3, 4, 6, 8, 9, 11]
    assert (in_force[2].dates.list_on, in_force[2].other.list_on) == (date(2026, 3, 23), date(2026, 3, 30))


def test_a_day_off_that_moves_says_so():
    assert holiday_names(2029)[date(2029, 6, 25)] == "Fête nationale du Québec (reporté au lundi)"


@pytest.mark.parametrize("number", [1999, 2101])
def test_a_year_out_of_the_calendar_is_refused(number):
    with pytest.raises(YearOutOfRange, match="Le calendrier va de 2000 à 2100"):
        year(number)
