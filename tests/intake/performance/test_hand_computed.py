"""Art. 4.1, « suivi de performance » : seventeen requests written out, and every figure of June 2026 worked by hand.

Today is Thursday 25 June 2026. Monday to Friday are working days but Wednesday 24 June (Québec) and Wednesday 1 July;
the offices close at 16:30. Targets, in working days: nid-de-poule 5, lampadaire 2, permis 10.

| #  | nature     | channel | received         | what then                                  | delay, counted day by day            |
| -- | ---------- | ------- | ---------------- | ------------------------------------------ | ------------------------------------ |
| 1  | nid        | web     | Mon 06-01 10:00  | done Wed 06-03                             | 2: 2, 3                              |
| 2  | nid        | phone   | Mon 06-01 17:00  | closed: as if Tue 2; done Tue 06-09        | 5: 3, 4, 5, 8, 9 (due the 9th)       |
| 3  | nid        | web     | Tue 06-02 10:00  | asked the 4th, answered the 9th; done 12th | 8 less 3 (5, 8, 9) = 5 (due 5th+3)   |
| 4  | lampadaire | phone   | Sat 06-06 12:00  | as if Mon 8; done Thu 06-11                | 3: 9, 10, 11 (due the 10th: late)    |
| 5  | lampadaire | web     | Mon 05-25 10:00  | done Fri 06-05                             | 9: 26–29, 1–5 (late)                 |
| 6  | permis     | counter | Mon 06-08 10:00  | done Thu 06-25                             | 12: 9–12, 15–19, 22, 23, 25 (late)   |
| 7  | permis     | web     | Wed 06-10 10:00  | done Tue 06-09: already repaired           | 0                                    |
| 8  | nid        | web     | Fri 06-19 10:00  | open, due Mon 06-29                        |                                      |
| 9  | nid        | phone   | Mon 06-08 10:00  | open, due Mon 06-15                        |                                      |
| 10 | permis     | web     | Thu 06-18 10:00  | open, due Mon 07-06                        |                                      |
| 11 | nid        | web     | Mon 06-01 10:00  | waits for the citizen since the 3rd        |                                      |
| 12 | nid        | web     | Mon 06-15 10:00  | withdrawn                                  |                                      |
| 13 | nid        | web     | Wed 06-03 10:00  | done the 5th, reopened the 12th; due 10th  |                                      |
| 14 | nid        | web     | 2025-06-10       | done 2025-06-12                            | 2: 11, 12                            |
| 15 | nid        | web     | Fri 2025-06-27   | done Wed 2025-07-02 (1 July is a holiday)  | 2: 30, 2                             |
| 16 | nid        | web     | 2025-05-01       | open, due 2025-05-08                       |                                      |
| 17 | lampadaire | web     | Sun 05-31 23:30  | as if Mon 1 June; done Wed 06-03           | 2: 2, 3 (due the 3rd)                |
"""

from datetime import date

import pytest

from intake.policy.performance import AGE_BANDS, Figures, OtherCount, Standing
from intake.policy.periods import period_of
from intake.policy.roles import Actor, Role
from intake.policy.vocabulary import Channel, Kind
from intake.process import Completion, complete, reopen, resume, route, take, wait, withdraw
from intake.process.calendar import town_clock
from intake.reports.performance import Asked, performance
from tests.factories import (
    DIRECTOR,
    TECHNICIAN,
    DepartmentFactory,
    DesignationFactory,
    NatureFactory,
    a_case,
    recipient_of,
    town_time,
)

pytestmark = pytest.mark.django_db

NOW = town_time("2026-06-25 10:00")
EXPERIENCE = Actor(label="Expérience", roles=frozenset({Role.EXPERIENCE}))
GENERAL_DIRECTOR = Actor(label="DG", roles=frozenset({Role.GENERAL_DIRECTOR}))


def given(nature, received: str, channel=Channel.WEB):
    at = town_time(received)
    case = a_case(nature, now=at, channel=channel)
    return route(pk=case.pk, by=TECHNICIAN, now=at)


def done(case, on: str, *, at: str = ""):
    """Completed at noon of the day it was done, unless it was written down at another moment."""
    completion = Completion(done_on=date.fromisoformat(on), phone_extension="2201", internal_note="Fait.")
    return complete(pk=case.pk, completion=completion, by=TECHNICIAN, now=town_time(at or f"{on} 12:00"))


def asked_of_the_citizen(case, on: str):
    take(pk=case.pk, by=TECHNICIAN, now=town_time(f"{on} 09:00"))
    return wait(pk=case.pk, reason="citizen", note="Où exactement?", by=TECHNICIAN, now=town_time(f"{on} 09:00"))


@pytest.fixture
def services(town):
    works = DepartmentFactory(code="TP", name="Travaux publics", sort_order=1)
    planning = DepartmentFactory(code="URB", name="Urbanisme", sort_order=2)
    for department in (works, planning):
        DesignationFactory(department=department)
    return works, planning


@pytest.fixture(autouse=True)
def seventeen(services):
    works, planning = services
    hole = NatureFactory(department=works, code="TP-01", name="Nid-de-poule", target_working_days=5)
    lamp = NatureFactory(department=works, code="TP-02", name="Lampadaire", target_working_days=2)
    permit = NatureFactory(department=planning, code="URB-01", name="Permis", target_working_days=10)
    done(given(hole, "2026-06-01 10:00"), "2026-06-03")  # 1
    done(given(hole, "2026-06-01 17:00", Channel.PHONE), "2026-06-09")  # 2
    third = asked_of_the_citizen(given(hole, "2026-06-02 10:00"), "2026-06-04")
    done(resume(pk=third.pk, by=TECHNICIAN, now=town_time("2026-06-09 09:00")), "2026-06-12")
    done(given(lamp, "2026-06-06 12:00", Channel.PHONE), "2026-06-11")  # 4
    done(given(lamp, "2026-05-25 10:00"), "2026-06-05")  # 5
    done(given(permit, "2026-06-08 10:00", Channel.COUNTER), "2026-06-25", at="2026-06-25 09:00")  # 6
    done(given(permit, "2026-06-10 10:00"), "2026-06-09", at="2026-06-10 15:00")  # 7
    given(hole, "2026-06-19 10:00")  # 8
    given(hole, "2026-06-08 10:00", Channel.PHONE)  # 9
    given(permit, "2026-06-18 10:00")  # 10
    asked_of_the_citizen(given(hole, "2026-06-01 10:00"), "2026-06-03")  # 11
    taken_back = given(hole, "2026-06-15 10:00")  # 12
    withdraw(pk=taken_back.pk, asked_by="la citoyenne", by=TECHNICIAN, now=town_time("2026-06-16 10:00"))
    again = done(given(hole, "2026-06-03 10:00"), "2026-06-05")  # 13
    reopen(pk=again.pk, reason="Le trou est revenu.", by=TECHNICIAN, now=town_time("2026-06-12 10:00"))
    done(given(hole, "2025-06-10 10:00"), "2025-06-12")  # 14
    done(given(hole, "2025-06-27 10:00"), "2025-07-02")  # 15
    given(hole, "2025-05-01 10:00")  # 16
    done(given(lamp, "2026-05-31 23:30"), "2026-06-03")  # 17
    a_case(kind=Kind.INQUIRY, now=town_time("2026-06-03 10:00"))
    a_case(kind=Kind.COMPLAINT, now=town_time("2026-06-12 10:00"))


def june(actor=DIRECTOR, word="2026-06", **narrowed):
    return performance(asked=Asked(period_of(word), **narrowed), actor=actor, now=NOW, clock=town_clock())


def row(figures: Figures) -> tuple:
    """As the table shows it, the share in the middle."""
    f = figures
    return (f.received, f.completed, f.on_time, f.late, f.share, f.median, f.nine_in_ten, f.open, f.overdue)


def named(lines) -> dict:
    return {line.key: row(line.figures) for line in lines}


# received, completed, on time, late, %, median, 9 in 10, open, overdue
# Delays of the eight completed in June: 0, 2, 2, 3, 5, 5, 9, 12. The 4th of 8 is 3; 9 in 10 of 8 is 7.2, the 8th: 12.
JUNE = (12, 8, 5, 3, 63, 3, 12, 6, 3)
# 2, 2, 3, 5, 5, 9: the 3rd of 6, and 5.4: the 6th.
WORKS = (9, 6, 4, 2, 67, 3, 9, 5, 3)
# 0, 12: the 1st of 2, and 1.8: the 2nd.
PLANNING = (3, 2, 1, 1, 50, 0, 12, 1, 0)


def test_art_4_1_the_month_is_counted_as_by_hand():
    assert row(june().total) == JUNE


def test_art_4_1_the_same_days_of_last_year_stand_beside_it():
    # 1 to 25 June 2025: the request of the 27th is not there, June is not over today.
    assert row(june().year_before) == (1, 1, 1, 0, 100, 2, 2, 0, 0)


def test_art_4_1_a_month_that_is_over_stands_beside_the_whole_month_of_last_year():
    # May 2026: 5 and 17 received, nothing completed. May 2025: number 16 alone.
    found = june(word="2026-05")
    assert row(found.total) == (2, 0, 0, 0, None, None, None, 6, 3)
    assert found.year_before.received == 1


def test_art_4_1_each_service_is_counted_in_the_order_of_the_grid():
    assert named(june().departments) == {"TP": WORKS, "URB": PLANNING}
    assert [line.key for line in june().departments] == ["TP", "URB"]


def test_art_2_3_each_channel_is_counted():
    assert named(june().channels) == {
        "web": (8, 5, 4, 1, 80, 2, 9, 5, 2),  # 0, 2, 2, 5, 9
        "phone": (3, 2, 1, 1, 50, 3, 5, 1, 1),  # 3, 5
        "counter": (1, 1, 0, 1, 0, 12, 12, 0, 0),
    }


def test_art_4_1_each_nature_is_counted():
    assert named(june().natures) == {
        "TP-01": (8, 3, 3, 0, 100, 5, 5, 5, 3),  # 2, 5, 5
        "TP-02": (1, 3, 1, 2, 33, 3, 9, 0, 0),  # 2, 3, 9
        "URB-01": PLANNING,
    }


def test_art_4_1_thirteen_months_end_with_this_one():
    months = june().months
    assert [line.key for line in months][:2] == ["2025-06", "2025-07"]
    assert len(months) == 13
    counted = {line.key: row(line.figures)[:7] for line in months if line.figures}
    assert counted == {
        "2025-06": (2, 1, 1, 0, 100, 2, 2),
        "2025-07": (0, 1, 1, 0, 100, 2, 2),
        "2026-05": (2, 0, 0, 0, None, None, None),
        "2026-06": JUNE[:7],
    }


def test_art_4_1_what_is_open_is_sorted_by_its_due_day_and_its_age():
    found = june()
    assert found.standings == {
        Standing.LATE: 3,  # 9, 13, 16
        Standing.SOON: 1,  # 8, due on the third working day from today
        Standing.STOPPED: 1,  # 11, whose due day is past: it waits for the citizen
        Standing.LATER: 1,  # 10
        Standing.WITHOUT: 0,
    }
    # 6 and 7 days; 17, 22 and 24; none; none; 420 days.
    assert [found.ages[band] for band in AGE_BANDS] == [2, 3, 0, 0, 1]


def test_a_quarter_and_chosen_days_are_counted_alike():
    # April to June 2026: the two of May are received too.
    assert row(june(word="2026-T2").total) == (14, *JUNE[1:])
    assert june(word="2026").total.received == 14


@pytest.mark.parametrize(
    ("narrowed", "expected"),
    [
        ({"department": "URB"}, PLANNING),
        ({"nature": "TP-02"}, (1, 3, 1, 2, 33, 3, 9, 0, 0)),
        ({"channel": "phone"}, (3, 2, 1, 1, 50, 3, 5, 1, 1)),
        ({"department": "TP", "channel": "counter"}, (0, 0, 0, 0, None, None, None, 0, 0)),
        ({"nature": "aucune"}, (0, 0, 0, 0, None, None, None, 0, 0)),
    ],
)
def test_art_4_1_figures_when_narrowed_count_that_part_alone(narrowed, expected):
    found = june(**narrowed)
    assert row(found.total) == expected
    assert found.others == ()


def test_matrix_a_responsable_reads_the_figures_of_his_own_service(services):
    works, planning = services
    assert row(june(recipient_of(works)).total) == WORKS
    assert row(june(recipient_of(planning)).total) == PLANNING
    assert june(recipient_of(works)).year_before.received == 1


@pytest.mark.parametrize("actor", [TECHNICIAN, DIRECTOR, EXPERIENCE, GENERAL_DIRECTOR])
def test_matrix_whoever_reads_all_requests_reads_the_same_figures(actor):
    assert row(june(actor).total) == JUNE


@pytest.mark.parametrize(
    ("actor", "expected"),
    [
        (
            TECHNICIAN,
            {
                "inquiry": ("own", 1),
                "complaint": ("masked", 1),
                "claim": ("masked", 0),
                "access_request": ("masked", 0),
            },
        ),
        (DIRECTOR, {"inquiry": ("own", 1), "complaint": ("own_masked", 1), "claim": ("masked", 0)}),
        # In charge of no complaint here: he reads none, not even in a number.
        (GENERAL_DIRECTOR, {"complaint": ("own_masked", 0), "claim": ("own", 0), "access_request": ("own", 0)}),
        (EXPERIENCE, {"inquiry": ("exact", 1)}),
    ],
)
def test_matrix_each_role_counts_the_other_kinds_that_it_may(actor, expected):
    assert {kind.value: (way.value, count) for kind, way, count in june(actor).others} == expected


def test_denial_6_a_director_who_also_sorts_has_no_trace_of_a_complaint_against_him():
    both = Actor(label="Les deux", roles=frozenset({Role.DIRECTOR, Role.TECHNICIAN}))

    assert {kind: way for kind, way, _count in june(both).others}[Kind.COMPLAINT] is OtherCount.OWN_MASKED
