"""Annexe B in words: what a status says, and when it asks to be checked."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from snippets.availability.standing import LONGEST, Standing, may_last_until, standing
from snippets.availability.words import say

TOWN = ZoneInfo("America/Toronto")
FOUR_HOURS = timedelta(hours=4)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TOWN)


def plain(said) -> str:
    """The words with spaces that may be cut."""
    return str(said).replace("\xa0", " ")


NOW = at("2026-06-23 14:05")


@dataclass(frozen=True)
class Told:
    status: str
    set_at: datetime
    until: datetime | None = None


# A row: what was said, when, until when → the words of the board at 14 h 05 on Tuesday, June 23.
@pytest.mark.parametrize(
    ("status", "set_at", "until", "words"),
    [
        (
            "in_meeting",
            "2026-06-23 14:00",
            "2026-06-23 15:00",
            "En réunion jusqu'à 15 h (statut de cet après-midi 14 h)",
        ),
        ("available", "2026-06-23 13:50", None, "Disponible (statut de cet après-midi 13 h 50)"),
        ("available", "2026-06-23 08:40", None, "Disponible (statut de ce matin 8 h 40 – à vérifier)"),
        (
            "in_meeting",
            "2026-06-23 09:05",
            "2026-06-23 14:05",
            "En réunion jusqu'à 14 h 05 (statut de ce matin 9 h 05, heure passée – à vérifier)",
        ),
        ("away", "2026-06-22 16:20", None, "Absent du bureau (statut d'hier 16 h 20 – à vérifier)"),
        # Announced until a day: it holds until then, however long ago it was said.
        (
            "away",
            "2026-06-19 16:30",
            "2026-07-02 00:00",
            "Absent du bureau jusqu'au 1er juillet inclus (statut du 19 juin, 16 h 30)",
        ),
        (
            "away",
            "2026-06-23 12:00",
            "2026-06-24 00:00",
            "Absent du bureau jusqu'à la fin de la journée (statut de cet après-midi 12 h)",
        ),
        (
            "away",
            "2026-06-23 11:59",
            "2026-06-25 00:00",
            "Absent du bureau jusqu'à demain soir (statut de ce matin 11 h 59)",
        ),
        (
            "away",
            "2026-06-23 11:00",
            "2026-06-24 09:00",
            "Absent du bureau jusqu'à demain 9 h (statut de ce matin 11 h)",
        ),
        (
            "away",
            "2026-06-23 11:00",
            "2027-01-04 08:30",
            "Absent du bureau jusqu'au 4 janvier 2027, 8 h 30 (statut de ce matin 11 h)",
        ),
        (
            "in_meeting",
            "2026-06-22 13:00",
            "2026-06-22 15:30",
            "En réunion jusqu'à hier 15 h 30 (statut d'hier 13 h, heure passée – à vérifier)",
        ),
        (
            "away",
            "2025-12-23 18:30",
            "2026-01-06 00:00",
            "Absent du bureau jusqu'au 5 janvier inclus (statut du 23 décembre 2025, 18 h 30, heure passée – à vérifier)",
        ),
    ],
)
def test_annexe_b_status_when_read_says_until_when_how_old_and_whether_to_check(status, set_at, until, words):
    told = Told(status, at(set_at), at(until) if until else None)

    assert plain(say(told, now=NOW, stale_after=FOUR_HOURS)) == words


def test_annexe_b_status_of_this_evening_is_called_so():
    told = Told("available", at("2026-06-23 18:00"))

    assert say(told, now=at("2026-06-23 18:30"), stale_after=FOUR_HOURS).age == "statut de ce soir 18\xa0h"


def test_annexe_b_employee_who_never_said_any_has_no_status():
    said = say(None, now=NOW, stale_after=FOUR_HOURS)

    assert (said.status, str(said), said.to_check) == ("unknown", "Statut non indiqué", False)


def test_annexe_b_moment_stored_in_another_zone_is_read_in_the_towns():
    told = Told("in_meeting", datetime(2026, 6, 23, 12, 40, tzinfo=UTC), datetime(2026, 6, 23, 19, tzinfo=UTC))

    assert plain(say(told, now=NOW, stale_after=FOUR_HOURS)) == "En réunion jusqu'à 15 h (statut de ce matin 8 h 40)"


@pytest.mark.parametrize(
    ("set_at", "until", "expected"),
    [
        (None, None, Standing.UNKNOWN),
        ("2026-06-23 10:05", None, Standing.CURRENT),  # four hours to the minute
        ("2026-06-23 10:04", None, Standing.OLD),
        ("2026-06-01 08:00", "2026-06-23 14:06", Standing.CURRENT),
        ("2026-06-23 14:00", "2026-06-23 14:05", Standing.ENDED),
        ("2026-06-23 14:10", None, Standing.CURRENT),  # a clock a little fast
    ],
)
def test_annexe_b_status_holds_until_its_end_or_for_the_towns_delay(set_at, until, expected):
    held = standing(
        set_at=at(set_at) if set_at else None, until=at(until) if until else None, now=NOW, stale_after=FOUR_HOURS
    )

    assert held is expected


# A busy machine draws slowly; that says nothing of the rule.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
moments = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(TOWN))


@patient
@given(
    status=st.sampled_from(["available", "in_meeting", "away"]),
    set_at=moments,
    until=st.none() | moments,
    now=moments,
    hours=st.integers(1, 72),
)
def test_annexe_b_words_ask_to_check_exactly_when_the_status_no_longer_holds(status, set_at, until, now, hours):
    stale_after = timedelta(hours=hours)

    said = say(Told(status, set_at, until), now=now, stale_after=stale_after)

    holds = standing(set_at=set_at, until=until, now=now, stale_after=stale_after) is Standing.CURRENT
    assert said.to_check is not holds
    assert ("à vérifier" in said.age) is not holds
    assert "%" not in str(said)


@patient
@given(now=moments, ahead=st.timedeltas(timedelta(days=-800), timedelta(days=800)))
def test_annexe_b_end_is_to_come_and_within_a_year(now, ahead):
    assert may_last_until(now + ahead, now=now) is (timedelta(0) < ahead <= LONGEST)
    assert may_last_until(None, now=now)
