"""Art. 4.1: the technician « est Responsable de la gestion des droits »; each try is written, allowed or not."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from post_office.models import Email

from intake.models import Investigator, RightsRecord, account_of, actor_for
from intake.policy.roles import GROUP_NAMES, Role
from intake.policy.vocabulary import Kind
from intake.process.departure import StillHolds, depart, reinstate, ties_of
from intake.process.rights import grant, invite, revoke, tie, untie
from intake.process.steps import Refused
from snippets.models import Employee
from tests.factories import (
    DepartmentFactory,
    DesignationFactory,
    EmployeeFactory,
    NatureFactory,
    a_case,
    user_with,
)
from tests.intake.queue.steps import routed

pytestmark = pytest.mark.django_db
ORDINARY = [Role.COMMUNICATIONS, Role.RECIPIENT, Role.EXECUTOR, Role.EXPERIENCE, Role.COUNCIL, Role.EMPLOYEE]


def by(user) -> dict:
    return {"by": actor_for(get_user_model().objects.get(pk=user.pk)), "now": timezone.now()}


def held(account) -> set[str]:
    return set(account.groups.values_list("name", flat=True))


@pytest.mark.parametrize("role", ORDINARY)
def test_art_4_1_the_technician_gives_and_takes_an_ordinary_role_and_both_are_written(technician, role):
    account = user_with(username="cible")

    grant(account=account, role=role, **by(technician))
    assert held(account) == {GROUP_NAMES[role]}
    revoke(account=account, role=role, **by(technician))
    assert held(account) == set()

    written = RightsRecord.objects.order_by("pk").values_list("what", "role", "allowed", "by", "account")
    assert list(written) == [
        ("grant", role.value, True, technician.pk, account.pk),
        ("revoke", role.value, True, technician.pk, account.pk),
    ]


@pytest.mark.parametrize("role", [role for role in GROUP_NAMES if role not in ORDINARY])
def test_art_4_5_the_technician_when_he_gives_a_role_that_opens_files_is_refused_and_it_is_written(technician, role):
    account = user_with(username="cible")

    with pytest.raises(Refused, match=re.escape(GROUP_NAMES[role])):
        grant(account=account, role=role, **by(technician))

    assert held(account) == set()
    record = RightsRecord.objects.get()
    assert (record.by, record.account, record.role, record.allowed) == (technician, account, role.value, False)
    assert record.reason


@pytest.mark.parametrize("role", GROUP_NAMES)
def test_art_4_1_the_technician_when_he_raises_his_own_rights_is_refused_and_it_is_written(technician, role):
    with pytest.raises(Refused):
        grant(account=technician, role=role, **by(technician))

    assert held(technician) == {GROUP_NAMES[Role.TECHNICIAN]}
    assert not RightsRecord.objects.get().allowed


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.GENERAL_DIRECTOR, Role.CLERK, Role.ADMINISTRATOR])
def test_art_4_1_the_technician_does_not_touch_an_account_above_him(technician, role):
    above = user_with(role, username="dessus")
    employee = EmployeeFactory(user=above)

    for attempt in (
        lambda: grant(account=above, role=Role.EMPLOYEE, **by(technician)),
        lambda: revoke(account=above, role=role, **by(technician)),
        lambda: invite(employee=employee, **by(technician)),
        lambda: untie(employee=employee, **by(technician)),
        lambda: depart(employee=employee, **by(technician)),
    ):
        with pytest.raises(Refused):
            attempt()

    above.refresh_from_db()
    employee.refresh_from_db()
    assert (above.is_active, employee.is_active, employee.user) == (True, True, above)
    assert held(above) == {GROUP_NAMES[role]}
    assert RightsRecord.objects.filter(allowed=False).count() == 5


def test_matrix_the_director_names_the_technician_and_the_general_director_names_director_and_clerk(roles):
    director, general = user_with(Role.DIRECTOR), user_with(Role.GENERAL_DIRECTOR)
    account = user_with(username="cible")

    grant(account=account, role=Role.TECHNICIAN, **by(director))
    with pytest.raises(Refused):
        grant(account=user_with(username="autre"), role=Role.CLERK, **by(director))
    grant(account=user_with(username="greffiere"), role=Role.CLERK, **by(general))

    assert held(account) == {GROUP_NAMES[Role.TECHNICIAN]}
    assert RightsRecord.objects.filter(allowed=True).count() == 2


def test_matrix_the_administrator_gives_no_role(roles):
    with pytest.raises(Refused):
        grant(account=user_with(username="cible"), role=Role.EMPLOYEE, **by(user_with(Role.ADMINISTRATOR)))


def test_the_log_of_rights_is_only_added_to(technician):
    grant(account=user_with(username="cible"), role=Role.EMPLOYEE, **by(technician))

    with pytest.raises(TypeError):
        RightsRecord.objects.all().delete()
    record = RightsRecord.objects.get()
    record.allowed = False
    with pytest.raises(DatabaseError), transaction.atomic():
        record.save()


# --- An account ------------------------------------------------------------------------------------


def link_of(mail) -> str:
    return re.search(r"https?://[^/]+(/admin/password_reset/\S+)", mail.message)[1]


def test_an_employee_when_invited_has_an_account_without_a_password_and_chooses_it_himself(
    technician, employee, client
):
    invite(employee=employee, **by(technician))

    employee.refresh_from_db()
    account = employee.user
    assert account.username == "eric.cotelevesque"
    assert not account.has_usable_password()
    assert held(account) == {GROUP_NAMES[Role.EMPLOYEE]}
    mail = Email.objects.get()
    assert mail.to == ["eric@ville.example"]
    assert "eric.cotelevesque" in mail.message
    page = client.get(link_of(mail), follow=True)
    new = {"new_password1": "un-long-mot-de-passe", "new_password2": "un-long-mot-de-passe"}
    client.post(page.redirect_chain[-1][0], new)
    account.refresh_from_db()
    assert account.check_password("un-long-mot-de-passe")


def test_two_employees_of_the_same_name_have_two_accounts(technician, employee):
    twin = EmployeeFactory(first_name="Eric", last_name="Côté-Lévesque", email="eric2@ville.example")

    invite(employee=employee, **by(technician))
    invite(employee=twin, **by(technician))

    twin.refresh_from_db()
    assert twin.user.username == "eric.cotelevesque2"


def test_an_employee_when_invited_again_keeps_his_account_and_has_a_new_link(technician, employee):
    invite(employee=employee, **by(technician))
    employee.refresh_from_db()

    invite(employee=employee, **by(technician))

    assert Email.objects.count() == 2
    assert get_user_model().objects.filter(username__startswith="eric").count() == 1


def test_an_employee_whose_address_is_another_account_s_is_tied_rather_than_invited(technician, employee):
    account = user_with(Role.EMPLOYEE, username="eric", email="ERIC@ville.example")

    with pytest.raises(Refused, match="Liez-le plutôt"):
        invite(employee=employee, **by(technician))
    tie(account=account, employee=employee, **by(technician))

    employee.refresh_from_db()
    assert employee.user == account
    assert not Email.objects.exists()


def test_an_account_of_one_employee_is_not_tied_to_another(technician, employee):
    account = user_with(Role.EMPLOYEE, username="eric")
    tie(account=account, employee=employee, **by(technician))

    with pytest.raises(Refused, match="déjà celui"):
        tie(account=account, employee=EmployeeFactory(), **by(technician))


# --- « An employee who leaves with open files » ----------------------------------------------------


def test_an_employee_who_leaves_with_a_designation_is_refused_naming_the_service_and_nothing_changed(technician):
    designation = DesignationFactory(department__name="Travaux publics")

    with pytest.raises(StillHolds) as refused:
        depart(employee=designation.employee, **by(technician))

    assert [held.department.name for held in refused.value.ties.designations] == ["Travaux publics"]
    designation.employee.refresh_from_db()
    assert designation.employee.is_active
    assert not RightsRecord.objects.exists()


def test_an_employee_who_leaves_with_open_files_is_refused_with_their_list(technician):
    nature = NatureFactory()
    designation = DesignationFactory(department=nature.department)
    case = routed(nature)
    designation.effective_until = timezone.localdate().replace(year=2021)
    designation.save()

    with pytest.raises(StillHolds) as refused:
        depart(employee=designation.employee, **by(technician))

    assert refused.value.ties.cases == [case]
    assert "Confiez-les d'abord" in str(refused.value)


def test_art_4_5_who_investigates_a_complaint_does_not_leave_and_the_technician_reads_neither_number_nor_kind(
    technician, employee
):
    invite(employee=employee, **by(technician))
    employee.refresh_from_db()
    case = a_case(kind=Kind.COMPLAINT)
    Investigator.objects.create(case=case, user=employee.user, named_at=timezone.now(), named_by_label="Directeur")

    ties = ties_of(employee, seen_by=actor_for(technician), now=timezone.now())

    assert ties.others
    assert ties.cases == []
    with pytest.raises(StillHolds):
        depart(employee=employee, **by(technician))


def test_an_employee_who_heads_a_service_is_replaced_first(technician, employee):
    employee.department.head = employee
    employee.department.save()

    with pytest.raises(StillHolds) as refused:
        depart(employee=employee, **by(technician))

    assert refused.value.ties.headed == [employee.department]


def test_an_employee_on_whom_nothing_rests_leaves_and_no_longer_enters(technician, employee, client):
    invite(employee=employee, **by(technician))
    employee.refresh_from_db()
    client.force_login(employee.user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("wagtailadmin_home")).status_code == 200

    depart(employee=employee, **by(technician))

    employee.refresh_from_db()
    assert (employee.is_active, employee.user.is_active, held(employee.user)) == (False, False, set())
    assert client.get(reverse("wagtailadmin_home")).status_code == 302
    reinstate(employee=employee, **by(technician))
    employee.refresh_from_db()
    assert (employee.is_active, employee.user.is_active, held(employee.user)) == (True, True, set())


# --- Nobody enters in someone's place (art. 4.5, Annexe C) -----------------------------------------


def invitations():
    """The mails that let someone choose a password."""
    return Email.objects.filter(message__contains="password_reset")


@pytest.fixture
def investigator(technician, employee):
    """An employee with an account, named to the investigation of a complaint today."""
    account = user_with(Role.EMPLOYEE, username="eric", email="eric@ville.example")
    employee.user = account
    employee.save()
    case = a_case(kind=Kind.COMPLAINT)
    Investigator.objects.create(case=case, user=account, named_at=timezone.now(), named_by_label="Directeur")
    return employee


def test_art_4_5_an_account_is_an_investigator_s_as_long_as_the_person_is_named(investigator):
    assert Role.INVESTIGATOR in account_of(investigator.user).roles

    Investigator.objects.update(ended_at=timezone.now())

    assert Role.INVESTIGATOR not in account_of(investigator.user).roles


def test_art_4_5_the_technician_when_he_writes_his_address_on_a_form_invites_nobody_there(technician, investigator):
    Employee.objects.filter(pk=investigator.pk).update(email="technicienne@ville.example")
    investigator.refresh_from_db()

    with pytest.raises(Refused, match="Corrigez la fiche") as refused:
        invite(employee=investigator, **by(technician))

    assert "eric@ville.example" in str(refused.value)
    assert not invitations().exists()
    assert not RightsRecord.objects.get().allowed


@pytest.mark.parametrize("address", ["eric@ville.example", "ERIC@ville.example"])
def test_an_invitation_to_an_account_goes_to_the_address_of_the_account(technician, investigator, address):
    investigator.user.email = address
    investigator.user.save()

    invite(employee=investigator, **by(technician))

    assert invitations().get().to == [address]


def heads(employee) -> None:
    DepartmentFactory(head=employee)


def receives(employee) -> None:
    DesignationFactory(employee=employee, department=employee.department, signed_by_head_on=None)


@pytest.mark.parametrize("becomes", [heads, receives])
def test_annexe_c_the_account_of_who_signs_is_made_tied_and_untied_by_the_direction(
    technician, roles, employee, becomes
):
    becomes(employee)
    puppet = user_with(Role.EMPLOYEE, username="prete-nom", email="prete-nom@ville.example")

    for attempt in (
        lambda: tie(account=puppet, employee=employee, **by(technician)),
        lambda: invite(employee=employee, **by(technician)),
    ):
        with pytest.raises(Refused, match="signe l'Annexe C avec son compte"):
            attempt()
    director = user_with(Role.DIRECTOR, username="directeur")
    invite(employee=employee, **by(director))
    employee.refresh_from_db()
    with pytest.raises(Refused, match="signe l'Annexe C"):
        untie(employee=employee, **by(technician))

    assert employee.user.email == "eric@ville.example"
    assert list(RightsRecord.objects.order_by("pk").values_list("what", "allowed")) == [
        ("tie", False),
        ("invite", False),
        ("invite", True),
        ("untie", False),
    ]


def test_who_signed_no_designation_any_more_has_his_account_tied_by_the_technician(technician, employee):
    yesterday = timezone.localdate() - timedelta(days=1)
    DesignationFactory(employee=employee, department=employee.department, effective_until=yesterday)
    DepartmentFactory(head=employee, is_active=False)

    tie(account=user_with(Role.EMPLOYEE, username="eric"), employee=employee, **by(technician))

    employee.refresh_from_db()
    assert employee.user.username == "eric"
