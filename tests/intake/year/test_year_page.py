"""The year on a page: whoever chooses the reading sees the other beside it (art. 4.1, 4.2)."""

from datetime import date, time

import pytest
from django.test import Client
from django.urls import reverse

from intake.models import CalendarKey
from intake.policy.roles import Role
from snippets.models import Closure, TownSettings
from tests.factories import user_with

pytestmark = pytest.mark.django_db
YEAR = "/admin/calendrier/"


def browser(*roles: Role) -> Client:
    client = Client()
    client.force_login(user_with(*roles), backend="django.contrib.auth.backends.ModelBackend")
    return client


def words(response) -> str:
    return " ".join(response.content.decode().replace("&nbsp;", " ").split())


@pytest.fixture
def closures():
    Closure.objects.create(label="Congé des Fêtes", first_on=date(2026, 12, 24), last_on=date(2027, 1, 2))
    Closure.objects.create(
        label="Veille de fête", first_on=date(2026, 6, 23), last_on=date(2026, 6, 23), closes_at=time(12)
    )


@pytest.mark.usefixtures("closures")
def test_a_year_shows_holidays_by_name_closures_half_days_and_both_readings():
    page = words(browser(Role.TECHNICIAN).get(YEAR, {"annee": "2026"}))

    assert "mercredi 24 : Fête nationale du Québec" in page
    assert "du 24 décembre au 2 janvier : Congé des Fêtes" in page
    assert "mardi 23 juin : Veille de fête (demi-journée, ferme à 12 h 00)" in page
    assert "<td>lundi 23 mars</td> <td><strong>lundi 30 mars</strong></td> <td>mardi 31 mars</td>" in page
    assert "<td>lundi 1er juin</td>" in page
    assert "<strong>Le dernier lundi d&#x27;une semaine complète du mois (art. 4.2)</strong>" in page
    assert f'href="{YEAR}?annee=2025"' in page
    assert f'href="{YEAR}?annee=2027"' in page


def test_the_other_setting_exchanges_the_columns():
    settings = TownSettings.load()
    settings.list_reading = "last_week"
    settings.save()
    page = words(browser(Role.DIRECTOR).get(YEAR, {"annee": "2026"}))
    assert "<td>lundi 30 mars</td> <td><strong>lundi 23 mars</strong></td>" in page


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("1999", "Le calendrier va de 2000 à 2100; l&#x27;année 1999 n&#x27;y est pas."),
        ("2101", "Le calendrier va de 2000 à 2100; l&#x27;année 2101 n&#x27;y est pas."),
        ("999999999999999999999", "Le calendrier va de 2000 à 2100"),
        ("-5", "Le calendrier va de 2000 à 2100"),
        ("bientôt", "Écrivez une année, par exemple 2027."),
        ("", "Écrivez une année, par exemple 2027."),
        ("2027\0", "Écrivez une année, par exemple 2027."),
    ],
)
def test_an_impossible_year_is_said_beside_the_field_which_keeps_it(asked, said):
    response = browser(Role.TECHNICIAN).get(YEAR, {"annee": asked})
    assert response.status_code == 422
    assert said in words(response)
    assert 'aria-describedby="annee-erreur"' in words(response)


@pytest.mark.parametrize(("year", "missing"), [("2000", "précédente"), ("2100", "suivante")])
def test_the_first_and_the_last_year_lead_nowhere_beyond(year, missing):
    response = browser(Role.TECHNICIAN).get(YEAR, {"annee": year})
    assert response.status_code == 200
    assert f"Année {missing}" not in words(response)


def test_this_year_is_shown_when_none_is_asked_and_only_who_may_change_the_setting_is_led_to_it():
    page = words(browser(Role.EMPLOYEE).get(YEAR))
    assert "jours ouvrés" in page
    assert "Changer ce réglage" not in page


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", ["year", "renew", "revoke"])
def test_denial_3_the_year_does_not_exist_for_an_elected_official(name, method):
    answer = getattr(browser(Role.COUNCIL), method)(reverse(f"intake_year:{name}"))
    assert answer.status_code in (404, 405)
    assert not CalendarKey.objects.exists()


@pytest.mark.usefixtures("closures")
def test_a_year_costs_a_fixed_number_of_queries(django_assert_max_num_queries):
    client = browser(Role.TECHNICIAN)
    client.get(YEAR)
    for day in range(1, 20):
        Closure.objects.create(label=f"Jour {day}", first_on=date(2026, 2, day), last_on=date(2026, 2, day))
    with django_assert_max_num_queries(25):
        client.get(YEAR, {"annee": "2026"})
