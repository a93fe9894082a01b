"""Art. 4.1: the technician « est Responsable de la gestion des droits »; each try is written, allowed or not."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from post_office.models import Email

from intake.models import Investigator, RightsRecord, actor_for
from intake.policy.roles import GROUP_NAMES, Role
from intake.policy.vocabulary import Kind
from intake.process.departure import StillHolds, depart, reinstate, ties_of
from intake.process.rights import grant, invite, revoke, tie, untie
from intake.process.steps import Refused
from tests.factories import DesignationFactory, EmployeeFactory, NatureFactory, a_case, user_with
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
