"""What is refused or said when services, employees and their accounts change."""

from django.urls import reverse

from cms.roles import ensure_roles
from intake.policy.roles import GROUP_NAMES, Role
from snippets.models import Department
from tests.factories import DepartmentFactory, EmployeeFactory, NatureFactory, user_with

from .forms import errors_of, filled_form


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


def test_the_form_of_an_employee_changes_neither_his_account_nor_whether_he_is_in_office(staff, admin_client):
    employee = EmployeeFactory()
    account = user_with(Role.EMPLOYEE, username="cible")

    for client in (staff, admin_client):
        page = edit(client, employee, user=str(account.pk), is_active="", job_title="Adjointe").content.decode()
        employee.refresh_from_db()
        assert (employee.user, employee.is_active, employee.job_title) == (None, True, "Adjointe")
        assert 'name="user"' not in page


def test_an_older_version_of_an_employee_brings_back_neither_his_account_nor_his_office(db):
    employee = EmployeeFactory(user=user_with(Role.EMPLOYEE, username="ancien"), job_title="Commis")
    older = employee.save_revision()
    employee.user, employee.is_active, employee.job_title = None, False, "Adjointe"
    employee.save()

    read_again = older.as_object()

    assert (read_again.user, read_again.is_active, read_again.job_title) == (None, False, "Commis")


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


def test_a_service_that_escalates_without_a_head_is_refused_beside_the_field(staff):
    department = DepartmentFactory(head=None)

    response = edit(staff, department, escalate_after_working_days="5")

    assert any("Choisissez d'abord la directrice ou le directeur" in error for error in errors_of(response))
    assert Department.objects.get(pk=department.pk).escalate_after_working_days is None


def test_a_service_with_a_head_says_after_how_many_days_it_escalates(staff):
    department = DepartmentFactory(head=EmployeeFactory())

    for given, kept in (("0", None), ("61", None), ("5", 5), ("", None)):
        edit(staff, department, escalate_after_working_days=given)
        assert Department.objects.get(pk=department.pk).escalate_after_working_days == kept
