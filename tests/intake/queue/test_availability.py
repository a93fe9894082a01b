"""Annexe B where calls and files go from hand to hand: the status beside the Responsable, and the list of transfers."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from intake.policy.roles import Role
from snippets.availability.setting import set_availability
from snippets.french_dates import date_format
from snippets.models import Designation, StatusSource
from tests.factories import DepartmentFactory, DesignationFactory, EmployeeFactory, user_with
from tests.intake.queue.steps import closed, received, routed, words

pytestmark = pytest.mark.django_db

TRANSFER = "Transférer un appel : qui peut répondre?"


def say(employee, status, *, until=None, age=timedelta(0)):
    set_availability(
        employee_pk=employee.pk, status=status, until=until, source=StatusSource.ADMIN, now=timezone.now() - age
    )


def page(client, case) -> str:
    return words(client.get(reverse("intake_queue:case", args=[case.reference])))


def test_annexe_b_status_and_its_age_are_beside_the_responsable_of_the_file(enter, technician, recipient, nature):
    say(recipient.employee, "in_meeting", until=timezone.now() + timedelta(days=3))

    text = page(enter(technician), routed(nature))

    assert f"Responsable {recipient.employee} En réunion jusqu'au" in text
    assert "statut d" in text


def test_annexe_b_status_is_beside_the_responsable_that_the_grid_proposes(enter, technician, recipient, nature):
    say(recipient.employee, "away")

    text = page(enter(technician), received(nature))

    assert f"Responsable {recipient.employee}, poste 2201 Absent du bureau statut d" in text


def test_annexe_b_stale_status_says_so_beside_the_name(enter, technician, recipient, nature):
    say(recipient.employee, "available", age=timedelta(hours=5))

    assert "– à vérifier" in page(enter(technician), routed(nature))


def test_annexe_b_file_that_is_closed_shows_no_status_of_today(enter, technician, recipient, nature):
    say(recipient.employee, "away")
    client = enter(technician)

    summary = page(client, closed(nature)).partition(TRANSFER)[0]

    assert "Absent du bureau" not in summary


def test_annexe_b_technician_who_transfers_a_call_reads_status_age_and_substitute(
    enter, technician, recipient, works, nature
):
    today, day = timezone.localdate(), timedelta(days=1)
    substitute = EmployeeFactory(first_name="Daniel", last_name="Ouellet", department=works)
    Designation.objects.update(effective_until=today - day)
    temporary = {"department": works, "employee": substitute, "phone_extension": "2205"}
    replaces = Designation.objects.get(employee=recipient.employee)
    DesignationFactory(**temporary, effective_from=today, effective_until=today + day, replaces=replaces)
    say(substitute, "in_meeting", until=timezone.now() + timedelta(days=2))

    transfers = page(enter(technician), received(nature)).partition(TRANSFER)[2]

    last_day = date_format(today + day, "DATE_FORMAT")
    assert "Travaux publics : Daniel Ouellet, poste 2205" in transfers
    assert f"remplace {recipient.employee} jusqu'au {last_day}" in transfers
    assert "En réunion jusqu'au" in transfers
    assert "statut d" in transfers


def test_annexe_b_list_of_transfers_names_who_receives_for_every_service_and_no_private_number(
    enter, technician, recipient, nature
):
    other = DesignationFactory(department=DepartmentFactory(code="URB", name="Urbanisme"), phone_extension="2301")

    transfers = page(enter(technician), received(nature)).partition(TRANSFER)[2]

    assert f"Urbanisme : {other.employee}, poste 2301" in transfers
    assert other.employee.email not in transfers


@pytest.mark.parametrize("role", [Role.RECIPIENT, Role.DIRECTOR])
def test_annexe_b_list_of_transfers_is_the_technicians(enter, recipient, nature, role):
    user = recipient if role is Role.RECIPIENT else user_with(role)

    assert TRANSFER not in page(enter(user), routed(nature))


def test_annexe_b_queue_says_in_a_word_whether_the_responsable_can_be_reached(enter, technician, recipient, nature):
    client = enter(technician)
    routed(nature)
    before = words(client.get("/admin/demandes/?vue=toutes"))
    say(recipient.employee, "away", age=timedelta(hours=5))

    after = words(client.get("/admin/demandes/?vue=toutes"))

    assert "Statut non indiqué" not in before
    assert f"{recipient.employee} – Absent du bureau (à vérifier)" in after


def test_annexe_b_confirmation_for_several_files_shows_whether_each_responsable_can_be_reached(
    enter, technician, recipient, nature
):
    say(recipient.employee, "in_meeting")
    case = received(nature)

    response = enter(technician).post("/admin/demandes/lot/", {"geste": "route", "demande": [case.reference]})

    assert f"{recipient.employee} En réunion" in words(response)


def test_page_costs_the_same_queries_for_two_services_as_for_twenty(enter, technician, recipient, nature):
    client, case = enter(technician), received(nature)
    page(client, case)
    with CaptureQueriesContext(connection) as few:
        page(client, case)
    for _ in range(18):
        say(DesignationFactory().employee, "available")
    with CaptureQueriesContext(connection) as many:
        page(client, case)

    assert len(many) == len(few)


def test_annexe_c_list_of_designations_shows_whether_the_responsable_of_today_can_be_reached(
    enter, technician, recipient
):
    say(recipient.employee, "away")

    assert f"{recipient.employee} Absent du bureau" in words(enter(technician).get(reverse("intake_designations:all")))
