"""« Mon statut », the header of the admin and the keys: who may do what, and what is said when he may not."""

from datetime import date, datetime, time, timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.roles import ensure_roles
from intake.policy.roles import GROUP_NAMES, Role
from snippets.availability.forms import OwnStatusForm
from snippets.availability.setting import set_availability
from snippets.models import Availability, StatusSource, TelephoneKey, TownSettings
from tests.factories import EmployeeFactory, user_with

pytestmark = pytest.mark.django_db

OWN, QUICK, KEYS = "/mon-statut/", "/admin/disponibilites/mon-statut/", "/admin/cles-telephonie/"


def soup_of(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


# --- The page of one's own status -----------------------------------------------------------------------------------


def test_annexe_b_own_page_shows_the_present_status_and_three_buttons(desk, secretary):
    soup = soup_of(desk.get(OWN))

    buttons = soup.select("button[name=status]")
    assert [(b["value"], b.get_text(strip=True)) for b in buttons] == [
        ("available", "Disponible"),
        ("in_meeting", "En réunion"),
        ("away", "Absent du bureau"),
    ]
    assert "Statut non indiqué" in soup.main.get_text()
    labels = {label["for"] for label in soup.select("label")}
    assert {field["id"] for field in soup.select("main input:not([type=hidden])")} <= labels


def test_annexe_b_own_page_writes_and_comes_back_with_the_words(desk, secretary):
    response = desk.post(OWN, {"status": "in_meeting", "length": "60"}, follow=True)

    row = Availability.objects.get(employee=secretary)
    assert (row.status, row.source) == ("in_meeting", "phone_page")
    assert timedelta(minutes=59) < row.until - row.set_at < timedelta(minutes=62)
    assert response.redirect_chain == [(OWN, 302)]
    assert "C'est noté : En réunion jusqu'à" in soup_of(response).main.get_text()


def test_annexe_b_own_page_when_the_hour_is_passed_says_so_and_keeps_what_was_typed(desk, secretary):
    yesterday = timezone.localdate() - timedelta(days=1)

    response = desk.post(OWN, {"status": "away", "hour": "15:00", "day": str(yesterday)})

    soup = soup_of(response)
    assert response.status_code == 422
    assert "Ce jour est déjà passé." in soup.select_one("#id_day_error").get_text()
    assert soup.select_one("#id_hour")["value"] == "15:00"
    assert soup.select_one("#id_day")["value"] == str(yesterday)
    assert not Availability.objects.exists()


NOW = timezone.make_aware(datetime(2026, 6, 23, 14, 5, 30))


# What is typed at 14 h 05 → the end, or the field that says what is wrong.
@pytest.mark.parametrize(
    ("typed", "until", "field"),
    [
        ({}, None, None),
        ({"length": "30"}, "2026-06-23 14:36", None),
        ({"length": "day"}, "2026-06-24 00:00", None),
        ({"hour": "15:00"}, "2026-06-23 15:00", None),
        ({"hour": "15 h 30"}, "2026-06-23 15:30", None),
        ({"hour": "15:00", "length": "30"}, "2026-06-23 15:00", None),  # what is typed wins
        ({"day": "2026-07-01"}, "2026-07-02 00:00", None),
        ({"day": "2026-06-23"}, "2026-06-24 00:00", None),
        ({"day": "2026-07-01", "hour": "09:00"}, "2026-07-01 09:00", None),
        ({"hour": "14:05"}, None, "hour"),
        ({"hour": "08:00", "day": "2026-06-23"}, None, "hour"),
        ({"day": "2026-06-22"}, None, "day"),
        ({"day": "2028-01-01"}, None, "day"),
        ({"day": "9999-12-31"}, None, "day"),
        ({"hour": "25:00"}, None, "hour"),
        ({"day": "hier"}, None, "day"),
        ({"length": "10000"}, None, "length"),
    ],
)
def test_annexe_b_end_as_typed_becomes_a_moment_or_an_error_beside_its_field(typed, until, field):
    form = OwnStatusForm({"status": "away", **typed}, now=timezone.localtime(NOW))

    assert form.is_valid() is (field is None)
    if field:
        assert set(form.errors) == {field}
    else:
        expected = timezone.make_aware(datetime.fromisoformat(until)) if until else None
        assert form.cleaned_data["until"] == expected


@pytest.mark.parametrize("typed", [{}, {"status": "asleep"}, {"status": "away\x00"}])
def test_annexe_b_own_page_without_a_status_of_the_three_refuses(desk, secretary, typed):
    response = desk.post(OWN, typed)

    assert response.status_code == 422
    assert "Choisissez un des trois statuts." in response.content.decode()


def test_annexe_b_own_page_asks_who_one_is(client):
    response = client.get(OWN)

    assert response.status_code == 302
    assert response["Location"].endswith("/admin/login/?next=/mon-statut/")


@pytest.mark.parametrize("method", ["get", "post"])
def test_annexe_b_account_without_an_employee_in_office_is_told_what_to_do(client, method):
    user = user_with(Role.EMPLOYEE)
    EmployeeFactory(user=user, is_active=False)
    client.force_login(user)

    response = getattr(client, method)(OWN, {"status": "away"})

    assert response.status_code == 404
    assert "lier votre compte à votre fiche" in soup_of(response).main.get_text()
    assert not Availability.objects.exists()


@pytest.mark.parametrize("role", list(GROUP_NAMES))
def test_annexe_b_every_role_says_its_own_status_and_that_of_nobody_else(client, secretary, role):
    me = EmployeeFactory(user=user_with(role))
    client.force_login(me.user)
    others = {"employee": secretary.pk, "employee_id": secretary.pk, "employee_pk": secretary.pk, "extension": "2201"}

    client.post(OWN, {"status": "away", **others})
    client.post(QUICK, {"status": "in_meeting", **others})

    assert [row.employee for row in Availability.objects.all()] == [me]
    assert Availability.objects.get().status == "in_meeting"


# --- The header of every page of the admin --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["wagtailadmin_home", "wagtailadmin_account", "demandes_modeladmin_index", "availability_board"]
)
def test_annexe_b_every_page_of_the_admin_has_ones_status_one_click_away_without_script(desk, secretary, name):
    url = reverse(name)
    set_availability(employee_pk=secretary.pk, status="away", until=None, source=StatusSource.ADMIN, now=timezone.now())

    header = soup_of(desk.get(f"{url}?a=1")).select_one("[data-guichet-own]")

    form = header.form
    assert (form["method"], form["action"]) == ("post", QUICK)
    assert form.select_one("[name=csrfmiddlewaretoken]")
    assert [b["value"] for b in form.select("button[name=status]")] == ["available", "in_meeting", "away"]
    assert form.select_one("[aria-pressed=true]")["value"] == "away"
    assert form.select_one("[name=next]")["value"] == f"{url}?a=1"


def test_annexe_b_one_click_writes_and_leads_back_to_the_page(desk, secretary):
    response = desk.post(QUICK, {"status": "in_meeting", "next": "/admin/demandes/?vue=moi"})

    assert (response.status_code, response["Location"]) == (302, "/admin/demandes/?vue=moi")
    row = Availability.objects.get(employee=secretary)
    assert (row.status, row.until, row.source) == ("in_meeting", None, "admin")
    assert "Votre statut : En réunion." in [str(m) for m in get_messages(response.wsgi_request)]


def test_annexe_b_script_of_the_header_gets_the_header_alone(desk, secretary):
    response = desk.post(QUICK, {"status": "away", "next": "/admin/"}, headers={"X-Guichet-Fragment": "1"})

    soup = soup_of(response)
    assert soup.select_one("[data-guichet-own] [aria-pressed=true]")["value"] == "away"
    assert "Absent du bureau" in soup.select_one("[role=status]").get_text()
    assert soup.select_one("main") is None


@pytest.mark.parametrize(
    "address", ["https://ailleurs.example/", "//ailleurs.example/", "javascript:alert(1)", "own_status", ""]
)
def test_annexe_b_one_click_never_leads_to_another_site(desk, secretary, address):
    response = desk.post(QUICK, {"status": "away", "next": address})

    assert response["Location"] == "/admin/disponibilites/"


def test_annexe_b_one_click_with_another_word_changes_nothing_and_says_so(desk, secretary):
    response = desk.post(QUICK, {"status": "asleep", "next": "/admin/"}, follow=True)

    assert "Choisissez un statut" in response.content.decode()
    assert not Availability.objects.exists()


def test_annexe_b_one_click_needs_the_seal_of_the_form_and_a_post(secretary):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(secretary.user, backend="django.contrib.auth.backends.ModelBackend")

    assert strict.post(QUICK, {"status": "away"}).status_code == 403
    assert strict.get(QUICK).status_code == 405
    assert not Availability.objects.exists()


def test_annexe_b_account_without_an_employee_has_no_header_and_no_click(technician):
    assert soup_of(technician.get("/admin/")).select_one("[data-guichet-own]") is None
    assert technician.post(QUICK, {"status": "away"}).status_code == 404


def test_annexe_b_status_gets_stale_after_the_delay_of_the_town(desk, secretary):
    said_at = timezone.now() - timedelta(hours=3)
    set_availability(employee_pk=secretary.pk, status="available", until=None, source=StatusSource.ADMIN, now=said_at)
    town = TownSettings.load()

    assert "à vérifier" not in soup_of(desk.get(OWN)).main.get_text()
    town.status_stale_after_hours = 2
    town.save()
    assert "à vérifier" in soup_of(desk.get(OWN)).main.get_text()


def test_annexe_b_delay_of_the_town_is_edited_in_its_settings(technician):
    page = technician.get(reverse("wagtailsettings:edit", args=["snippets", "townsettings", TownSettings.load().pk]))

    assert soup_of(page).select_one("[name=status_stale_after_hours]")["value"] == "4"


# --- The keys of the telephone system -------------------------------------------------------------------------------


@pytest.mark.parametrize("role", list(GROUP_NAMES))
def test_annexe_b_keys_exist_for_the_technician_and_the_administrator_only(client, db, role):
    ensure_roles()
    client.force_login(user_with(role))
    keeps = role in {Role.TECHNICIAN, Role.ADMINISTRATOR}

    assert client.get(KEYS).status_code == (200 if keeps else 404)
    client.post(KEYS, {"label": "Mitel"})
    assert TelephoneKey.objects.count() == int(keeps)
    client.post(f"{KEYS}{getattr(TelephoneKey.objects.first(), 'pk', 1)}/revoquer/")
    assert TelephoneKey.objects.in_use().count() == 0


def test_annexe_b_key_is_shown_once_and_then_never(technician):
    made = technician.post(KEYS, {"label": "Mitel"})

    secret = soup_of(made).select_one("[data-telephone-key]")["data-telephone-key"]
    assert "no-store" in made["Cache-Control"]
    later = technician.get(KEYS).content.decode()
    assert secret not in later
    assert secret[:8] in later
    assert Client().get("/api/availability/9999/", headers={"authorization": f"Bearer {secret}"}).status_code == 404


def test_annexe_b_key_when_revoked_stays_in_the_list_and_opens_nothing(technician, key):
    row = TelephoneKey.objects.get()

    technician.post(f"{KEYS}{row.pk}/revoquer/")
    again = technician.post(f"{KEYS}{row.pk}/revoquer/", follow=True)

    assert "déjà révoquée" in again.content.decode()
    assert "Révoquée le" in again.content.decode()
    assert Client().get("/api/availability/2201/", headers={"authorization": f"Bearer {key}"}).status_code == 401


@pytest.mark.parametrize(("label", "words"), [("", "Donnez un nom"), ("Mitel", "porte déjà ce nom"), ("x" * 81, "80")])
def test_annexe_b_key_with_a_bad_name_is_refused_beside_it(technician, key, label, words):
    response = technician.post(KEYS, {"label": label})

    assert response.status_code == 422
    assert words in soup_of(response).select_one("#cle-erreur").get_text()
    assert TelephoneKey.objects.count() == 1


def test_annexe_b_name_of_a_revoked_key_can_serve_again(technician, key):
    TelephoneKey.objects.update(revoked_at=timezone.now())

    assert technician.post(KEYS, {"label": "Mitel"}).status_code == 200


def test_annexe_b_moments_of_the_form_stay_true_when_clocks_change():
    # In March an hour does not exist: the form still makes a moment of it.
    form = OwnStatusForm(
        {"status": "away", "hour": "02:30", "day": "2026-03-08"},
        now=timezone.localtime(timezone.make_aware(datetime.combine(date(2026, 3, 7), time(9)))),
    )

    assert form.is_valid()
