"""The board: « vérifier au premier coup d'œil qui est disponible pour répondre à une demande » (Annexe B)."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.roles import ensure_roles
from intake.policy.roles import GROUP_NAMES, Role
from snippets.availability.setting import set_availability
from snippets.availability.substitutes import designations_on, replacements
from snippets.models import StatusSource
from tests.cms.test_admin_home import menu_of
from tests.factories import DepartmentFactory, DesignationFactory, EmployeeFactory, user_with

pytestmark = pytest.mark.django_db

URL = "/admin/disponibilites/"
CEILING = 25


def say(employee, status, *, until=None, age=timedelta(0)):
    set_availability(
        employee_pk=employee.pk, status=status, until=until, source=StatusSource.ADMIN, now=timezone.now() - age
    )


def rows(client, **params) -> list[str]:
    soup = BeautifulSoup(client.get(URL, params).content, "html.parser")
    return [" ".join(row.get_text(" ", strip=True).split()) for row in soup.select(".guichet-board__table tbody tr")]


def replaced(department, regular, substitute):
    """Put `substitute` in the place of `regular` from yesterday to tomorrow, as a temporary replacement does."""
    today, day = timezone.localdate(), timedelta(days=1)
    stopped = DesignationFactory(department=department, employee=regular, effective_until=today - 2 * day)
    DesignationFactory(
        department=department,
        employee=substitute,
        effective_from=today - day,
        effective_until=today + day,
        phone_extension="2205",
        replaces=stopped,
    )
    DesignationFactory(department=department, employee=regular, effective_from=today + 2 * day)


@pytest.mark.parametrize("role", list(GROUP_NAMES))
def test_annexe_b_board_exists_for_everyone_but_the_elected_officials(client, role):
    ensure_roles()
    client.force_login(user_with(role))
    sees = role is not Role.COUNCIL

    assert client.get(URL).status_code == (200 if sees else 404)
    menu = menu_of(BeautifulSoup(client.get(reverse("wagtailadmin_home")).content, "html.parser"))
    assert ("availability" in menu) is sees
    assert ("telephone-keys" in menu) is (role in {Role.TECHNICIAN, Role.ADMINISTRATOR})


def test_annexe_b_employee_finds_his_own_status_in_the_menu_in_one_click(desk):
    assert "own-status" in menu_of(BeautifulSoup(desk.get("/admin/").content, "html.parser"))


def test_annexe_b_board_asks_who_one_is(client):
    assert client.get(URL).status_code == 302


def test_annexe_b_board_lists_who_is_in_office_with_status_age_and_extension_and_nothing_private(technician, secretary):
    say(secretary, "in_meeting", until=timezone.now() + timedelta(days=3))
    quiet = EmployeeFactory(first_name="Omer", last_name="Roy", department=secretary.department, phone_extension="")
    EmployeeFactory(first_name="Partie", last_name="Depuis", is_active=False)

    (first, second) = rows(technician)

    assert "Sylvie Paquette" in first
    assert "2201" in first
    assert "En réunion jusqu'au" in first
    assert "statut d" in first
    assert second.startswith("Omer Roy")
    assert "Statut non indiqué" in second
    page = technician.get(URL).content.decode()
    assert quiet.email not in page
    assert secretary.email not in page


def test_annexe_b_stale_status_says_so_on_the_board(technician, secretary):
    say(secretary, "available", age=timedelta(hours=5))

    assert "à vérifier" in rows(technician)[0]


def test_annexe_b_board_by_service_and_by_name_forgiving_accents(technician, secretary):
    urbanism = DepartmentFactory(code="URB", name="Urbanisme")
    EmployeeFactory(first_name="Félix", last_name="Beaudoin", job_title="Inspecteur", department=urbanism)

    assert [row.split()[0] for row in rows(technician, service="URB")] == ["Félix"]
    assert [row.split()[0] for row in rows(technician, q="FELIX beau")] == ["Félix"]
    assert [row.split()[0] for row in rows(technician, q="inspecteur")] == ["Félix"]
    assert [row.split()[0] for row in rows(technician, q="2201")] == ["Sylvie"]
    assert rows(technician, q="felix", service="TP") == []
    assert "Personne ne correspond" in technician.get(URL, {"q": "zorglub"}).content.decode()


@pytest.mark.parametrize("params", [{"service": "??"}, {"q": "\x00"}, {"q": "é" * 5000}, {"service": "\x00"}])
def test_annexe_b_board_with_an_odd_address_is_still_a_board(technician, secretary, params):
    assert technician.get(URL, params).status_code == 200


def test_annexe_c_responsable_on_holiday_has_his_substitute_beside_him_with_his_status(technician, secretary, works):
    substitute = EmployeeFactory(first_name="Daniel", last_name="Ouellet", department=works)
    replaced(works, secretary, substitute)
    say(secretary, "away")
    say(substitute, "available")

    sylvie = next(row for row in rows(technician) if row.startswith("Sylvie"))
    daniel = next(row for row in rows(technician) if row.startswith("Daniel"))

    assert "Absent du bureau" in sylvie
    assert "Daniel Ouellet, poste 2205, jusqu'au" in sylvie
    assert "Disponible" in sylvie
    assert "Responsable : Travaux publics" in daniel


def test_annexe_c_temporary_designation_names_who_is_replaced(works, secretary):
    substitute = EmployeeFactory(department=works)
    replaced(works, secretary, substitute)

    (found,) = replacements(designations_on(timezone.localdate()))

    assert (found.replaced, found.by.employee) == (secretary, substitute)


def test_annexe_c_nobody_is_replaced_by_the_one_who_follows_for_good(works, secretary):
    today, day = timezone.localdate(), timedelta(days=1)
    DesignationFactory(department=works, employee=secretary, effective_until=today - day)
    DesignationFactory(department=works, effective_from=today)

    assert replacements(designations_on(today)) == []


def test_annexe_c_who_has_left_is_replaced_by_nobody(works, secretary):
    replaced(works, secretary, EmployeeFactory(department=works))
    secretary.is_active = False
    secretary.save()

    assert replacements(designations_on(timezone.localdate())) == []


def test_board_costs_the_same_few_queries_for_ten_employees_as_for_two_hundred(technician, secretary, works):
    replaced(works, secretary, EmployeeFactory(department=works))
    for employee in EmployeeFactory.create_batch(8, department=works):
        say(employee, "available")
    technician.get(URL)
    with CaptureQueriesContext(connection) as ten:
        assert len(rows(technician)) == 10
    for employee in EmployeeFactory.create_batch(190, department=works):
        say(employee, "away")
    with CaptureQueriesContext(connection) as many:
        assert len(rows(technician)) == 200

    assert len(many) == len(ten) <= CEILING
