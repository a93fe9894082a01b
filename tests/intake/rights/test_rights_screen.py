"""« Droits »: who has it, what it shows, and that a forged form changes nothing (art. 4.1)."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from intake.models import Investigator, RightsRecord
from intake.policy.roles import GROUP_NAMES, Role
from intake.policy.vocabulary import Kind
from tests.factories import DesignationFactory, EmployeeFactory, a_case, user_with

pytestmark = pytest.mark.django_db
MANAGERS = {Role.TECHNICIAN, Role.DIRECTOR, Role.GENERAL_DIRECTOR}


def page_of(employee) -> str:
    return reverse("intake_rights:employee", args=[employee.pk])


def words(response) -> str:
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


@pytest.mark.parametrize("role", GROUP_NAMES)
def test_matrix_users_and_rights_the_screen_and_its_log_exist_for_whom_the_matrix_says(roles, enter, employee, role):
    client = enter(user_with(role))
    answers = {
        name: client.get(url).status_code
        for name, url in (
            ("list", reverse("intake_rights:index")),
            ("person", page_of(employee)),
            ("log", reverse("intake_rights:log")),
        )
    }

    seen = 200 if role in MANAGERS else 404
    assert answers == {
        "list": seen,
        "person": seen,
        "log": 200 if role in {Role.DIRECTOR, Role.GENERAL_DIRECTOR} else 404,
    }
    menu = client.get(reverse("wagtailadmin_home")).content.decode()
    assert ("/admin/droits/" in menu) is (role in MANAGERS)


def test_the_list_shows_account_roles_service_and_last_visit_and_finds_by_name(technician, enter, employee):
    account = user_with(Role.EMPLOYEE, username="eric", last_login=timezone.now())
    employee.user = account
    employee.save()
    other = EmployeeFactory(first_name="Anne", last_name="Dubé")
    client = enter(technician)

    row = BeautifulSoup(client.get("/admin/droits/?q=cote").content, "html.parser").select_one("tbody").get_text(" ")

    assert all(text in row for text in ("Éric Côté-Lévesque", "eric", "Employés", employee.department.name))
    assert str(timezone.localdate().year) in row
    assert str(other) not in row
    assert str(other) in words(client.get("/admin/droits/?etat=sans"))
    assert "Anne" not in words(client.get("/admin/droits/?role=employee"))
    assert "Personne ne répond" in words(client.get("/admin/droits/?q=zorglub"))


def test_the_list_costs_the_same_whatever_the_number_of_people(technician, enter, django_assert_max_num_queries):
    for number in range(30):
        EmployeeFactory(user=user_with(Role.EMPLOYEE, username=f"e{number}"))
    client = enter(technician)
    client.get("/admin/droits/")

    with django_assert_max_num_queries(24):
        client.get("/admin/droits/")


def test_the_page_of_an_account_offers_only_what_one_may_give_and_says_why_not_the_rest(technician, enter, employee):
    employee.user = user_with(Role.EMPLOYEE, username="eric")
    employee.save()

    soup = BeautifulSoup(enter(technician).get(page_of(employee)).content, "html.parser")

    lines = {li.select_one("input[name=role]")["value"]: li for li in soup.select(".guichet-roles li")}
    offered = {role for role, li in lines.items() if li.select("button")}
    assert offered == {"communications", "designated_recipient", "executor", "experience_lead", "council", "employee"}
    assert "Direction générale" in lines["clerk"].get_text()


def test_a_role_given_on_the_screen_is_held(technician, enter, employee):
    employee.user = user_with(Role.EMPLOYEE, username="eric")
    employee.save()

    answer = enter(technician).post(page_of(employee), {"geste": "donner", "role": "executor"}, follow=True)

    assert "a maintenant le rôle" in words(answer)
    assert employee.user.groups.filter(name=GROUP_NAMES[Role.EXECUTOR]).exists()


@pytest.mark.parametrize(
    "role", ["clerk", "citizen_service_director", "general_director", "administrator", "technician"]
)
def test_art_4_1_a_forged_form_that_gives_a_reserved_role_is_refused_said_and_written(
    technician, enter, employee, role
):
    employee.user = user_with(Role.EMPLOYEE, username="eric")
    employee.save()

    answer = enter(technician).post(page_of(employee), {"geste": "donner", "role": role})

    assert answer.status_code == 422
    assert "Vous ne pouvez pas donner" in words(answer)
    assert [group.name for group in employee.user.groups.all()] == ["Employés"]
    assert RightsRecord.objects.get().allowed is False


def test_art_4_1_a_forged_form_on_one_s_own_account_is_refused_and_written(technician, enter):
    url = reverse("intake_rights:account", args=[technician.pk])

    answer = enter(technician).post(url, {"geste": "donner", "role": "communications"})

    assert answer.status_code == 422
    assert "ses propres droits" in words(answer)
    assert RightsRecord.objects.get().allowed is False


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"geste": "effacer"},
        {"geste": "donner"},
        {"geste": "donner", "role": "system"},
        {"geste": "lier", "employe": "x"},
    ],
)
def test_a_form_that_makes_no_sense_is_not_found(technician, enter, employee, data):
    employee.user = user_with(Role.EMPLOYEE, username="eric")
    employee.save()

    assert enter(technician).post(page_of(employee), data).status_code == 404


@pytest.mark.parametrize("role", [role for role in GROUP_NAMES if role not in MANAGERS])
def test_art_4_1_who_does_not_manage_rights_gives_none_by_a_forged_form(roles, enter, employee, role):
    employee.user = user_with(username="eric")
    employee.save()

    answer = enter(user_with(role)).post(page_of(employee), {"geste": "donner", "role": "employee"})

    assert answer.status_code == 404
    assert not employee.user.groups.exists()


def test_a_departure_that_leaves_files_alone_is_refused_with_the_list_and_the_way_out(technician, enter):
    designation = DesignationFactory(department__name="Travaux publics")

    answer = enter(technician).post(page_of(designation.employee), {"geste": "depart"})

    assert answer.status_code == 422
    text = words(answer)
    assert "ne peut pas encore être retiré" in text
    assert "Responsable du service Travaux publics" in text
    assert reverse("intake_designations:all") in answer.content.decode()


def test_a_departure_and_a_return_are_said(technician, enter, employee):
    client = enter(technician)

    assert "ne peut plus entrer" in words(client.post(page_of(employee), {"geste": "depart"}, follow=True))
    assert employee.last_name in words(client.get("/admin/droits/?etat=partis"))
    assert "de retour" in words(client.post(page_of(employee), {"geste": "retour"}, follow=True))


def test_an_invitation_is_said_with_the_address(technician, enter, employee):
    answer = enter(technician).post(page_of(employee), {"geste": "inviter"}, follow=True)

    assert "Une invitation part à eric@ville.example" in words(answer)


def test_the_log_shows_who_gave_what_to_whom_and_what_was_refused(technician, enter, employee):
    employee.user = user_with(Role.EMPLOYEE, username="eric", first_name="Éric", last_name="Côté")
    employee.save()
    client = enter(technician)
    client.post(page_of(employee), {"geste": "donner", "role": "executor"})
    client.post(page_of(employee), {"geste": "donner", "role": "clerk"})

    text = words(enter(user_with(Role.DIRECTOR)).get(reverse("intake_rights:log")))

    assert "Lise Roy" in text
    assert "Responsables de l'exécution" in text
    assert text.count("Éric Côté (eric)") == 2
    assert "refusé" in text


def test_annexe_c_the_page_of_who_signs_says_who_makes_the_account_and_offers_the_technician_no_button(
    technician, enter
):
    designation = DesignationFactory()
    page = enter(technician).get(page_of(designation.employee))

    assert "Seule la direction du Service aux citoyens crée, lie ou délie ce compte" in words(page)
    assert 'value="inviter"' not in page.content.decode()
    director = enter(user_with(Role.DIRECTOR)).get(page_of(designation.employee)).content.decode()
    assert 'value="inviter"' in director
    designation.employee.user = user_with(Role.RECIPIENT, username="responsable", email=designation.employee.email)
    designation.employee.save()
    again = enter(technician).get(page_of(designation.employee)).content.decode()
    assert ('value="inviter"' in again, 'value="delier"' in again) == (True, False)


def test_art_4_5_the_page_of_who_investigates_says_nothing_of_it_to_the_technician(technician, enter, employee):
    account = user_with(Role.EMPLOYEE, username="eric", email=employee.email)
    employee.user = account
    employee.save()
    client = enter(technician)
    before = words(client.get(page_of(employee)))

    case = a_case(kind=Kind.COMPLAINT)
    Investigator.objects.create(case=case, user=account, named_at=timezone.now(), named_by_label="Directeur")

    after = words(client.get(page_of(employee)))
    # The one sentence said to who leaves: something rests on this person, neither what nor why.
    assert "nquêt" not in after
    assert before.split("Les rôles")[0] == after.split("Les rôles")[0]
