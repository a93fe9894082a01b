"""The lists of the grid: what they show, how they are searched, filtered and ordered, and at what cost."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.roles import ensure_roles
from intake.policy.roles import Role
from snippets.models import Closure, MessageText
from tests.factories import (
    DepartmentFactory,
    DesignationFactory,
    EmployeeFactory,
    NatureFactory,
    QuestionFactory,
    user_with,
)

MODELS = ["department", "requestnature", "employee", "designation", "closure", "messagetext"]


@pytest.fixture
def staff(client, db):
    """A browser in which the technician is logged in: he alone reads the list of designations (§3)."""
    ensure_roles()
    client.user = user_with(Role.TECHNICIAN, username="tec")
    client.force_login(client.user)
    return client


def list_url(model, view="list"):
    return reverse(f"wagtailsnippets_snippets_{model}:{view}")


def titles(response) -> list[str]:
    """The first column, in order."""
    soup = BeautifulSoup(response.content, "html.parser")
    return [cell.get_text(" ", strip=True) for cell in soup.select("td.title .title-wrapper")]


def row_of(response, title) -> str:
    """All the cells of one row, as text."""
    soup = BeautifulSoup(response.content, "html.parser")
    for row in soup.select("tbody tr"):
        if title in row.get_text():
            return " ".join(row.get_text(" ", strip=True).split())
    raise AssertionError(title)


def some_of_everything(number: int) -> None:
    for index in range(number):
        department = DepartmentFactory()
        employee = EmployeeFactory(department=department)
        department.head = employee
        department.save()
        DesignationFactory(department=department, employee=employee)
        QuestionFactory(nature=NatureFactory(department=department))
        start = date(2030, 1, 1) + timedelta(days=10 * Closure.objects.count())
        Closure.objects.create(label=f"Fermeture {index}", first_on=start, last_on=start)
        MessageText.objects.create(code=f"X{MessageText.objects.count()}", subject="Objet", body="Texte")


@pytest.mark.parametrize("model", MODELS)
def test_a_list_costs_the_same_queries_for_forty_rows_as_for_two(staff, model):
    some_of_everything(2)
    staff.get(list_url(model))  # what is read once (content types, settings) is not counted
    with CaptureQueriesContext(
        connection,
    ) as few:
        staff.get(list_url(model))
    some_of_everything(38)
    with CaptureQueriesContext(connection) as many:
        response = staff.get(list_url(model))

    assert len(titles(response)) == 40
    assert len(many) == len(few)
    assert len(many) <= 20


@pytest.mark.parametrize("model", MODELS)
def test_a_list_searched_for_nothing_that_exists_says_so(staff, model):
    some_of_everything(1)

    response = staff.get(list_url(model), {"q": "introuvable"})

    assert response.status_code == 200
    assert titles(response) == []


def test_the_headings_are_french(staff):
    some_of_everything(1)
    expected = {
        "department": ["Nom", "Code", "Processus", "Direction", "Responsable aujourd'hui", "Natures offertes", "Actif"],
        "requestnature": ["Nom", "Code", "Service", "Priorité", "Délai (jours ouvrés)", "Questions posées", "Offerte"],
        "employee": ["Nom", "Prénom", "Fonction", "Service", "Poste", "Courriel", "En fonction"],
        "designation": ["Responsable", "Service", "À partir du", "Jusqu'au", "État", "Courriel du poste", "Poste"],
        "closure": ["Nom", "Premier jour", "Dernier jour", "Ferme à", "Jours"],
        "messagetext": ["Texte de message", "Destinataire", "Objet"],
    }
    for model, headings in expected.items():
        soup = BeautifulSoup(staff.get(list_url(model)).content, "html.parser")
        shown = [th.get_text(" ", strip=True) for th in soup.select("thead th")]
        assert [text for text in shown if text][: len(headings)] == headings
        assert "Mis à jour" in shown[-1] or "Mise à jour" in shown[-1] or "jour" in shown[-1]


@pytest.mark.parametrize("words", ["déneigement", "DENEIGEMENT", "deneig", "neige rue", "tp-05", "travaux deneigement"])
def test_a_nature_is_found_without_accents_by_half_words_synonyms_code_and_service(staff, words):
    department = DepartmentFactory(code="TP", name="Travaux publics")
    NatureFactory(code="TP-05", name="Déneigement oublié", synonyms="neige, rue non grattée", department=department)
    NatureFactory(code="TP-06", name="Lampadaire éteint", synonyms="lumière", department=department)

    assert titles(staff.get(list_url("requestnature"), {"q": words})) == ["Déneigement oublié"]


def test_a_search_and_a_filter_combine_on_the_results_alone(staff):
    kept = NatureFactory(name="Trou un")
    NatureFactory(name="Trou deux")

    response = staff.get(list_url("requestnature", "list_results"), {"q": "trou", "department": kept.department.pk})

    assert titles(response) == ["Trou un"]


def test_natures_are_filtered_by_offer_and_priority(staff):
    NatureFactory(name="Retirée", is_active=False)
    NatureFactory(name="Urgente", priority="p1")

    assert titles(staff.get(list_url("requestnature"), {"is_active": "false"})) == ["Retirée"]
    assert titles(staff.get(list_url("requestnature"), {"priority": "p1"})) == ["Urgente"]
    assert titles(staff.get(list_url("requestnature"), {"has_guide": "true"})) == []
    assert len(titles(staff.get(list_url("requestnature"), {"has_guide": "false"}))) == 2


def test_natures_are_ordered_by_service_then_code_unless_asked_otherwise(staff):
    last = DepartmentFactory(sort_order=2)
    first = DepartmentFactory(sort_order=1)
    NatureFactory(code="BB-02", name="Trois", department=last, target_working_days=1)
    NatureFactory(code="BB-01", name="Deux", department=last, target_working_days=20)
    NatureFactory(code="CC-01", name="Un", department=first, target_working_days=5)

    assert titles(staff.get(list_url("requestnature"))) == ["Un", "Deux", "Trois"]
    assert titles(staff.get(list_url("requestnature"), {"ordering": "-target_working_days"})) == ["Deux", "Un", "Trois"]


def test_a_service_shows_its_responsable_of_today_or_that_there_is_none(staff):
    today = timezone.localdate()
    held = DepartmentFactory(name="Tenu")
    DesignationFactory(department=held, employee__first_name="Anne", employee__last_name="Roy")
    ended = DepartmentFactory(name="Fini")
    DesignationFactory(department=ended, effective_until=today - timedelta(days=1), employee__last_name="Parti")
    unsigned = DepartmentFactory(name="Sans signature")
    DesignationFactory(department=unsigned, signed_by_head_on=None, employee__last_name="Futur")
    page = staff.get(list_url("department"))

    assert "Anne Roy" in row_of(page, "Tenu")
    assert "Aucun" in row_of(page, "Fini")
    assert "Aucun" in row_of(page, "Sans signature")


def test_a_service_counts_the_natures_it_offers(staff):
    department = DepartmentFactory(name="Compté", code="CPT")
    NatureFactory.create_batch(3, department=department)
    NatureFactory(department=department, is_active=False)
    DesignationFactory(department=department)

    assert " 3 " in row_of(staff.get(list_url("department")), "Compté")


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, "En vigueur"),
        ({"effective_from": "tomorrow"}, "À venir"),
        ({"effective_until": "yesterday"}, "Terminée"),
        ({"effective_until": "today"}, "En vigueur"),
        ({"signed_by_head_on": None}, "Signature manquante"),
        ({"signed_by_recipient_on": None}, "Signature manquante"),
        ({"employee__is_active": False}, "Responsable retiré"),
    ],
)
def test_a_designation_says_whether_it_holds_today_and_is_found_by_it(staff, changes, state):
    today = timezone.localdate()
    days = {"today": today, "tomorrow": today + timedelta(days=1), "yesterday": today - timedelta(days=1)}
    DesignationFactory(employee__last_name="Cherché", **{k: days.get(v, v) for k, v in changes.items()})
    codes = {
        "En vigueur": "in_force",
        "À venir": "coming",
        "Terminée": "ended",
        "Signature manquante": "unsigned",
        "Responsable retiré": "absent",
    }

    assert state in row_of(staff.get(list_url("designation")), "Cherché")
    for label, code in codes.items():
        found = titles(staff.get(list_url("designation"), {"state": code}))
        assert bool(found) is (label == state)


def test_closures_are_split_between_past_and_to_come_today_included(staff):
    today = timezone.localdate()
    Closure.objects.create(label="Aujourd'hui", first_on=today - timedelta(days=2), last_on=today)
    Closure.objects.create(label="Hier", first_on=today - timedelta(days=9), last_on=today - timedelta(days=1))

    assert titles(staff.get(list_url("closure"), {"when": "coming"})) == ["Aujourd'hui"]
    assert titles(staff.get(list_url("closure"), {"when": "past"})) == ["Hier"]


def test_a_closure_is_copied_from_one_year_to_the_next(staff):
    from .forms import filled_form

    closure = Closure.objects.create(label="Congé des Fêtes", first_on=date(2026, 12, 24), last_on=date(2027, 1, 2))
    data = filled_form(staff.get(reverse("wagtailsnippets_snippets_closure:copy", args=[closure.pk])))
    assert data["label"] == "Congé des Fêtes"

    same = staff.post(list_url("closure", "add"), data)
    moved = staff.post(list_url("closure", "add"), data | {"first_on": "2027-12-24", "last_on": "2028-01-02"})

    assert "Cette fermeture est déjà inscrite" in same.content.decode()
    assert moved.status_code == 302
    assert Closure.objects.count() == 2


def test_the_menu_offers_the_grid_under_one_heading(staff):
    page = staff.get(reverse("wagtailadmin_home")).content.decode()

    assert "Grille d" in page
    for model in MODELS:
        assert list_url(model) in page
