"""Art. 2.3: the request that others are attached to leaves; who takes its place, and at which step."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.policy.sorting import Attached, in_line, successor_status
from intake.policy.transitions import transition_for
from intake.policy.vocabulary import OPEN_REQUEST_STATUSES, Kind, Status, Verb

MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))


@pytest.mark.parametrize(
    ("article", "leaving", "taken_up"),
    [
        ("4.1", "received", "received"),
        ("4.1", "routed", "routed"),
        ("4.2", "in_progress", "in_progress"),
        ("4.2", "scheduled", "scheduled"),
        ("4.2", "waiting", "in_progress"),
    ],
)
def test_the_work_goes_on_where_it_stands(article, leaving, taken_up):
    assert successor_status(Status(leaving)) is Status(taken_up), article


def test_the_table_allows_every_step_at_which_a_place_is_taken():
    line = transition_for(Kind.REQUEST, Status.MERGED, Verb.SUCCEED)
    assert {successor_status(status) for status in OPEN_REQUEST_STATUSES} <= set(line.targets)


@given(st.lists(st.tuples(st.integers(1, 99), MOMENTS), unique_by=lambda row: row[0]))
def test_the_eldest_takes_the_place_and_nobody_is_forgotten(rows):
    line = in_line([Attached(*row) for row in rows])
    assert sorted(line) == sorted(pk for pk, _moment in rows)
    moments = dict(rows)
    assert [moments[pk] for pk in line] == sorted(moments.values())


def test_of_two_received_at_the_same_moment_the_first_number_goes_first():
    moment = datetime(2026, 6, 1, tzinfo=UTC)
    assert in_line([Attached(7, moment), Attached(5, moment)]) == [5, 7]
