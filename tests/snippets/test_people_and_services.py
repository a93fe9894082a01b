"""What is refused or said when services, employees and their accounts change."""

from django.urls import reverse

from cms.roles import ensure_roles
from intake.policy.roles import GROUP_NAMES, Role
from snippets.models import Department
from tests.factories import DepartmentFactory, DesignationFactory, EmployeeFactory, NatureFactory, user_with

from .forms import errors_of, filled_form, messages_of


def edit(client, row, *, without=(), **changes):
    """Open the form, change these fields, untick `without`, save."""
    url = reverse(f"wagtailsnippets_snippets_{row._meta.model_name}:edit", args=[row.pk])
    data = filled_form(client.get(url)) | changes
    for name in without:
        data.pop(name)
    return client.post(url, data, follow=True)


def test_a_service_that_offers_natures_when_retired_is_refused_naming_them(staff):
    department = DepartmentFactory()
    DepartmentFactory()
    NatureFactory(department=department, code="AA-01", name="Nid-de-poule")

    response = edit(staff, department, without=["is_active"])

    assert any("AA-01 Nid-de-poule" in error for error in errors_of(response))
    assert Department.objects.get(pk=department.pk).is_active


def test_a_service_without_offers_when_retired_is_retired(staff):
    department = DepartmentFactory()
    DepartmentFactory()
    NatureFactory(department=department, is_active=False)

    edit(staff, department, without=["is_active"])

    assert not Department.objects.get(pk=department.pk).is_active


def test_the_last_active_service_when_retired_is_refused(staff):
    department = DepartmentFactory()

    response = edit(staff, department, without=["is_active"])

    assert any("dernier service actif" in error for error in errors_of(response))


def test_a_second_front_line_service_is_refused_with_a_sentence(staff):
    DepartmentFactory(is_front_line=True)
    second = DepartmentFactory()

    response = edit(staff, second, is_front_line="on")

    assert "Un autre service est déjà le service de première ligne" in response.content.decode()


def test_an_employee_who_receives_requests_when_retired_is_saved_with_a_warning(staff):
    designation = DesignationFactory(department__name="Travaux publics", employee__first_name="Anne")

    response = edit(staff, designation.employee, without=["is_active"])

    assert any("Travaux publics" in message and "Désignez" in message for message in messages_of(response))
    designation.employee.refresh_from_db()
    assert not designation.employee.is_active


def test_an_employee_without_designation_when_retired_gives_no_warning(staff):
    response = edit(staff, EmployeeFactory(), without=["is_active"])

    assert not any("Désignez" in message for message in messages_of(response))


def test_the_account_of_an_employee_is_tied_only_by_who_manages_accounts(staff, client, admin_client):
    employee = EmployeeFactory()
    account = user_with(Role.EMPLOYEE, username="cible")

    page = edit(staff, employee, user=str(account.pk)).content.decode()
    employee.refresh_from_db()
    assert employee.user is None
    assert 'name="user"' not in page

    edit(admin_client, employee, user=str(account.pk))
    employee.refresh_from_db()
    assert employee.user == account


def test_the_technician_edits_the_grid_too_and_others_do_not(client, db):
    ensure_roles()
    department = DepartmentFactory()
    url = reverse("wagtailsnippets_snippets_department:edit", args=[department.pk])
    answers = {}
    for role in GROUP_NAMES:
        client.force_login(user_with(role, username=role.value))
        answers[role] = client.get(url).status_code

    assert answers[Role.TECHNICIAN] == answers[Role.COMMUNICATIONS] == 200
    assert {status for role, status in answers.items() if role not in (Role.TECHNICIAN, Role.COMMUNICATIONS)} == {302}
