"""The telephone system's door: what it may say, and what it is told when it can't (Annexe B)."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from snippets.availability import keys
from snippets.models import Availability, Employee, TelephoneKey
from snippets.secret_keys import print_of
from tests.factories import EmployeeFactory

pytestmark = pytest.mark.django_db

URL = "/api/availability/"


@pytest.fixture
def telephone(key):
    """Call as the telephone system does: no cookie, CSRF checks on."""

    def call(method, path=URL, fields=None, *, raw=None, secret=key, content_type="application/json"):
        client = Client(enforce_csrf_checks=True)
        body = raw if raw is not None else json.dumps(fields or {})
        headers = {"authorization": f"Bearer {secret}"} if secret is not None else {}
        return client.generic(method, path, body, content_type=content_type, headers=headers)

    return call


def test_annexe_b_telephone_system_when_it_says_a_status_is_believed_and_told_what_was_written(telephone, secretary):
    until = (timezone.localtime() + timedelta(hours=1)).replace(microsecond=0)

    response = telephone("POST", fields={"extension": 2201, "status": "in_meeting", "until": until.isoformat()})

    assert response.status_code == 200
    row = Availability.objects.get(employee=secretary)
    assert (row.status, row.until, row.source) == ("in_meeting", until, "telephone_system")
    told = response.json()
    assert (told["extension"], told["status"], told["to_check"]) == ("2201", "in_meeting", False)
    assert told["until"] == until.isoformat(timespec="seconds")
    assert told["words"].startswith("En réunion jusqu'")
    assert "Paquette" not in response.content.decode()


def test_annexe_b_telephone_system_may_send_a_form(telephone, secretary):
    response = telephone("POST", raw="extension=2201&status=away", content_type="application/x-www-form-urlencoded")

    assert response.status_code == 200
    assert Availability.objects.get(employee=secretary).status == "away"


def test_annexe_b_moment_without_a_zone_is_the_towns(telephone, secretary):
    tomorrow = timezone.localdate() + timedelta(days=1)

    telephone("POST", fields={"extension": "2201", "status": "away", "until": f"{tomorrow}T15:00"})

    until = timezone.localtime(Availability.objects.get().until)
    assert (until.date(), until.hour) == (tomorrow, 15)


def test_annexe_b_address_without_its_last_slash_loses_nothing(telephone, secretary):
    assert telephone("POST", "/api/availability", {"extension": "2201", "status": "away"}).status_code == 200
    assert telephone("GET", "/api/availability/2201").json()["status"] == "away"


def test_annexe_b_status_of_an_extension_can_be_asked(telephone, secretary):
    assert telephone("GET", f"{URL}2201/").json() == {
        "extension": "2201",
        "status": "unknown",
        "until": None,
        "set_at": None,
        "to_check": False,
        "words": "Statut non indiqué",
    }


@pytest.mark.parametrize("secret", [None, "", "tel_inventee", "é", "tel_" + "x" * 5000])
@pytest.mark.parametrize(("method", "path"), [("POST", URL), ("GET", f"{URL}2201/"), ("GET", f"{URL}9999/")])
def test_annexe_b_without_a_key_nothing_is_said_of_anyone(telephone, secretary, secret, method, path):
    response = telephone(method, path, {"extension": "2201", "status": "away"}, secret=secret)

    assert response.status_code == 401
    assert response["WWW-Authenticate"] == "Bearer"
    assert "Clé absente" in response.json()["error"]
    assert not Availability.objects.exists()


def test_annexe_b_session_of_a_person_opens_nothing_here(desk):
    response = desk.post(URL, {"extension": "2201", "status": "away"})

    assert response.status_code == 401


def test_annexe_b_key_when_revoked_opens_nothing_any_more(telephone, secretary):
    keys.revoke_key(pk=TelephoneKey.objects.get().pk, now=timezone.now())

    assert telephone("GET", f"{URL}2201/").status_code == 401


def test_annexe_b_key_is_kept_as_its_print_only(key):
    row = TelephoneKey.objects.get()

    assert key not in str([getattr(row, field.attname) for field in row._meta.concrete_fields])
    assert row.secret_hash == print_of(key)
    assert len(key) > 40


# What is sent → the status of the answer, the field it names, and a piece of its sentence.
@pytest.mark.parametrize(
    ("fields", "status", "field", "words"),
    [
        ({"extension": "9999", "status": "away"}, 404, "extension", "Aucun employé"),
        ({"extension": "2299", "status": "away"}, 404, "extension", "Aucun employé"),  # has left
        ({"extension": "", "status": "away"}, 422, "extension", "en chiffres"),
        ({"status": "away"}, 422, "extension", "en chiffres"),
        ({"extension": "22O1", "status": "away"}, 422, "extension", "en chiffres"),
        ({"extension": "٢٢٠١", "status": "away"}, 422, "extension", "en chiffres"),
        ({"extension": "22\x0001", "status": "away"}, 422, "extension", "en chiffres"),
        ({"extension": "1" * 300, "status": "away"}, 422, "extension", "en chiffres"),
        ({"extension": ["2201"], "status": "away"}, 422, "extension", "un texte"),
        ({"extension": True, "status": "away"}, 422, "extension", "un texte"),
        ({"extension": 22.01, "status": "away"}, 422, "extension", "un texte"),
        ({"extension": "2300", "status": "away"}, 422, "extension", "partagent ce poste"),
        ({"extension": "2201", "status": "busy"}, 422, "status", "available, in_meeting, away"),
        ({"extension": "2201"}, 422, "status", "Statut inconnu"),
        ({"extension": "2201", "status": "away", "until": "demain"}, 422, "until", "la fin comme"),
        ({"extension": "2201", "status": "away", "until": "2026-02-31T10:00"}, 422, "until", "la fin comme"),
        ({"extension": "2201", "status": "away", "until": "2099-01-01"}, 422, "until", "la fin comme"),
        ({"extension": "2201", "status": "away", "until": "2020-01-01T10:00"}, 422, "until", "la fin comme"),
        ({"extension": "2201", "status": "away", "until": "0001-01-01T00:00+14:00"}, 422, "until", "la fin comme"),
        ({"extension": "2201", "status": "away", "until": "9999-12-31T23:59-12:00"}, 422, "until", "la fin comme"),
        ({"extension": "2201", "status": "away", "until": "25:00"}, 422, "until", "la fin comme"),
        ({"extension": "2201", "status": "away", "until": "00:00"}, 422, "until", "à venir"),
        ({"extension": "2201", "status": "away", "until": {"h": 1}}, 422, "until", "un texte"),
    ],
)
def test_annexe_b_bad_input_is_told_in_french_beside_its_field(telephone, secretary, fields, status, field, words):
    EmployeeFactory(phone_extension="2299", is_active=False)
    EmployeeFactory.create_batch(2, phone_extension="2300")

    response = telephone("POST", fields=fields)

    assert (response.status_code, response.json()["field"]) == (status, field)
    assert words in response.json()["error"]
    assert not Availability.objects.exists()


@pytest.mark.parametrize(
    ("raw", "content_type", "status"),
    [
        ("", "application/json", 422),
        ("{", "application/json", 422),
        ("[]", "application/json", 422),
        ('"2201"', "application/json", 422),
        (b"\xff\xfe{", "application/json", 422),
        ("[" * 4000, "application/json", 422),
        ('{"extension": 1e999}', "application/json", 422),
        ('{"a": "' + "x" * 5000 + '"}', "application/json", 413),
        ("\xff%00=%ff", "application/x-www-form-urlencoded", 422),
        ("rien", "multipart/form-data", 422),
        ("rien", "multipart/form-data; boundary=x", 422),
        ("rien", "text/plain", 422),
        ("rien", "", 422),
    ],
)
def test_annexe_b_what_cannot_be_read_is_told_in_json_never_a_500(telephone, secretary, raw, content_type, status):
    response = telephone("POST", raw=raw, content_type=content_type)

    assert response.status_code == status
    assert response.json()["error"]


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [("GET", URL, "POST"), ("PUT", URL, "POST"), ("OPTIONS", URL, "POST"), ("POST", f"{URL}2201/", "GET, HEAD")],
)
def test_annexe_b_other_methods_are_told_which_are_allowed(telephone, secretary, method, path, allowed):
    response = telephone(method, path)

    assert (response.status_code, response["Allow"]) == (405, allowed)


@pytest.mark.parametrize("extension", ["9999", "22O1", "%00", "%F0%9F%93%9E", "22%2F01"])
def test_annexe_b_asking_for_an_extension_that_is_none_is_told_so(telephone, secretary, extension):
    assert telephone("GET", f"{URL}{extension}/").status_code in {404, 422}


def test_annexe_b_calls_above_the_rate_wait_for_the_next_minute(telephone, secretary):
    TelephoneKey.objects.update(minute_began_at=timezone.now(), calls_this_minute=keys.CALLS_A_MINUTE - 3)
    codes = [telephone("GET", f"{URL}2201/").status_code for _ in range(3)]

    refused = telephone("GET", f"{URL}2201/")

    assert codes == [200, 200, 200]
    assert refused.status_code == 429
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert "Attendez" in refused.json()["error"]
    TelephoneKey.objects.update(minute_began_at=timezone.now() - timedelta(minutes=1))
    assert telephone("GET", f"{URL}2201/").status_code == 200


def test_annexe_b_a_call_costs_few_queries(telephone, secretary, django_assert_max_num_queries):
    telephone("POST", fields={"extension": "2201", "status": "available"})

    with django_assert_max_num_queries(14):
        telephone("POST", fields={"extension": "2201", "status": "away"})


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=5,
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(fields=st.fixed_dictionaries({}, optional={"extension": anything, "status": anything, "until": anything}))
def test_annexe_b_whatever_is_sent_the_answer_is_json_and_never_a_500(telephone, fields):
    TelephoneKey.objects.update(calls_this_minute=0)

    response = telephone("POST", fields={"extension": "2201", "status": "away", **fields})

    assert response.status_code in {404, 422}
    assert response.json()["error"]
    assert not Employee.objects.exists()
