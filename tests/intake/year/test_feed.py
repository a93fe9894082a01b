"""The feed of a calendar program: RFC 5545, the town's days and nothing else (art. 4.5), behind a private address."""

from datetime import UTC, date, datetime, time

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from intake.models import CalendarKey
from intake.policy.roles import Role
from intake.process.calendar_keys import CALLS_A_MINUTE, renew_key
from intake.year.events import as_ics
from snippets.models import Closure, TownSettings
from tests.factories import a_case, user_with

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 26, 15, tzinfo=UTC)


def feed(now=NOW) -> dict[str, object]:
    events = Calendar.from_ical(as_ics(now=now)).walk("VEVENT")
    found = {str(event["uid"]).split("@")[0]: event for event in events}
    assert len(found) == len(events)
    return found


def test_it_holds_the_lists_due_days_officials_days_holidays_and_closures_of_three_years():
    fetes = Closure.objects.create(label="Congé des Fêtes", first_on=date(2026, 12, 24), last_on=date(2027, 1, 2))
    half = Closure.objects.create(
        label="Veille", first_on=date(2026, 6, 23), last_on=date(2026, 6, 23), closes_at=time(12)
    )
    found = feed()

    shown = {
        key: (found[key].decoded("dtstart"), found[key].decoded("dtend"), str(found[key]["summary"]))
        for key in ("list-2026-03", "due-2026-03", "council-2026-03", "holiday-2026-06-24", f"closure-{fetes.pk}")
    }
    assert shown == {
        "list-2026-03": (date(2026, 3, 23), date(2026, 3, 24), "Listes aux Responsables – mars 2026"),
        "due-2026-03": (date(2026, 3, 31), date(2026, 4, 1), "Réponses aux listes attendues – mars 2026"),
        "council-2026-03": (date(2026, 3, 2), date(2026, 3, 3), "Liste aux élus – février 2026"),
        "holiday-2026-06-24": (date(2026, 6, 24), date(2026, 6, 25), "Jour férié : Fête nationale du Québec"),
        f"closure-{fetes.pk}": (date(2026, 12, 24), date(2027, 1, 3), "Bureaux fermés : Congé des Fêtes"),
    }
    assert str(found[f"closure-{half.pk}"]["summary"]) == "Bureaux fermés à partir de 12\xa0h : Veille"
    assert {key[:9] for key in found if key.startswith("list-")} == {"list-2025", "list-2026", "list-2027"}


def test_rfc_5545_lines_end_with_crlf_are_75_octets_at_most_and_say_when_they_were_made():
    label = "Journée d'accueil; visites, jeux \\ et « fête » à l'hôtel de ville, " + "é" * 40
    Closure.objects.create(label=label, first_on=date(2026, 5, 1), last_on=date(2026, 5, 1))
    content = as_ics(now=NOW)

    lines = content.split(b"\r\n")
    assert lines.pop() == b""
    assert b"\n" not in b"".join(lines)
    assert max(len(line) for line in lines) <= 75
    for line in lines:
        line.decode()  # no letter is cut in two
    assert b"\\;" in content
    assert b"\\," in content
    assert b"\\\\" in content
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert content.count(b"DTSTAMP:20261126T150000Z") == content.count(b"BEGIN:VEVENT")
    assert b"DTSTART;VALUE=DATE:20260323" in content
    assert [str(e["summary"]) for e in feed().values() if "accueil" in e["summary"]] == [f"Bureaux fermés : {label}"]


def test_a_list_keeps_its_identifier_when_the_setting_moves_its_day():
    before = feed()
    TownSettings.objects.update_or_create(pk=TownSettings.load().pk, defaults={"list_reading": "last_week"})
    after = feed(datetime(2026, 11, 27, 15, tzinfo=UTC))
    assert set(before) == set(after)
    assert after["list-2026-03"].decoded("dtstart") == date(2026, 3, 30)


@pytest.mark.parametrize("year", [2000, 2100])
def test_the_ends_of_the_calendar_have_a_feed_too(year):
    assert f"list-{year}-06" in feed(datetime(year, 6, 1, 15, tzinfo=UTC))


def test_art_4_5_nothing_of_a_file_nor_of_anyone_is_in_it():
    case = a_case(now=timezone.now())
    user = user_with(Role.TECHNICIAN, username="technicienne")
    told = Client().get(address_of(user)).content.decode()
    assert not [word for word in (case.reference, "Tremblay", "technicienne") if word in told]


def address_of(user) -> str:
    return reverse("calendar_feed", args=[renew_key(user=user, now=timezone.now())])


def test_an_address_opens_without_a_login_until_it_is_renewed_or_revoked():
    user = user_with(Role.RECIPIENT)
    client, staff = Client(), Client()
    staff.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    made = staff.post(reverse("intake_year:renew"))
    address = made.context["address"].removeprefix("http://127.0.0.1:8000").removeprefix("http://testserver")
    address = "/calendrier/" + address.rsplit("/", 1)[1]

    first = client.get(address)
    assert (first.status_code, first["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert made.context["address"] in made.content.decode()
    assert made.context["address"] not in staff.get(reverse("intake_year:year")).content.decode()

    renewed = address_of(user)
    assert (client.get(address).status_code, client.get(renewed).status_code) == (404, 200)
    staff.post(reverse("intake_year:revoke"))
    assert client.get(renewed).status_code == 404
    assert CalendarKey.objects.count() == 2


def test_only_its_print_is_kept_and_an_account_has_one_in_use():
    user = user_with(Role.EMPLOYEE)
    secret = renew_key(user=user, now=timezone.now())
    kept = CalendarKey.objects.get()
    assert secret not in "".join(str(value) for value in vars(kept).values())
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarKey.objects.create(user=user, secret_hash="0" * 64, created_at=timezone.now())


@pytest.mark.parametrize("why", ["inactive", "no role"])
def test_the_address_of_who_no_longer_enters_shows_nothing(why):
    user = user_with(Role.EMPLOYEE)
    address = address_of(user)
    if why == "inactive":
        get_user_model().objects.update(is_active=False)
    else:
        user.groups.clear()
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("secret", ["a" * 43, "court", "../../etc", "%00" * 20])
def test_an_address_that_nobody_has_does_not_exist(secret):
    assert Client().get(f"/calendrier/{secret}.ics").status_code == 404


def test_a_program_that_asks_without_end_is_told_to_wait_and_nothing_can_be_posted():
    client, address = Client(), address_of(user_with(Role.EMPLOYEE))
    assert client.post(address).status_code == 405
    CalendarKey.objects.update(minute_began_at=timezone.now(), calls_this_minute=CALLS_A_MINUTE - 1)
    assert client.head(address).status_code == 200
    refused = client.get(address)
    assert refused.status_code == 429
    assert 1 <= int(refused["Retry-After"]) <= 60


def test_a_feed_costs_few_queries(django_assert_max_num_queries):
    address = address_of(user_with(Role.EMPLOYEE))
    with django_assert_max_num_queries(14):
        assert Client().get(address).status_code == 200
