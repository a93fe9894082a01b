"""Who may make, change and delete which account: nobody raises his own rights, nobody erases the history."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from cms.roles import ensure_roles
from intake.models import Case, CaseEvent, Investigator
from intake.policy.roles import GROUP_NAMES, Role
from intake.policy.vocabulary import Kind
from tests.factories import DepartmentFactory, EmployeeFactory, a_case, user_with

NEW = {
    "username": "nouvelle",
    "email": "nouvelle@ville.example",
    "first_name": "Nouvelle",
    "last_name": "Venue",
    "password1": "un-long-mot-de-passe",
    "password2": "un-long-mot-de-passe",
}


def group(role: Role) -> Group:
    return Group.objects.get(name=GROUP_NAMES[role])


@pytest.fixture
def manager(client, db):
    """A browser in which the technical administrator, who is no superuser, is logged in."""
    ensure_roles()
    client.user = user_with(
        Role.ADMINISTRATOR, username="gestionnaire", first_name="G", last_name="H", email="g@v.example"
    )
    client.force_login(client.user)
    return client


def edit_url(user):
    return reverse("wagtailusers_users:edit", args=[user.pk])


def posted(user, **changes):
    """The form of an account as it is."""
    return {
        "username": user.username,
        "email": user.email or "x@ville.example",
        "first_name": user.first_name or "X",
        "last_name": user.last_name or "Y",
        "is_active": "on",
        "groups": [g.pk for g in user.groups.all()],
    } | changes


def an_act_of(user) -> CaseEvent:
    moment = timezone.now()
    case = Case.objects.create(
        reference="2026-0001",
        year=2026,
        number=1,
        kind="request",
        department=DepartmentFactory(),
        received_at=moment,
        last_event_at=moment,
        tracking_hash="x",
    )
    return CaseEvent.objects.create(case=case, verb="note", at=moment, by=user, by_label="Elle", to_status="received")


def test_an_administrator_makes_an_account_and_gives_it_no_role(manager):
    data = NEW | {"groups": [group(Role.COMMUNICATIONS).pk]}

    assert manager.post(reverse("wagtailusers_users:add"), data).status_code == 302

    assert not get_user_model().objects.get(username="nouvelle").groups.exists()


@pytest.mark.parametrize("role", GROUP_NAMES)
def test_no_form_of_accounts_gives_a_role_not_even_to_the_emergency_account(manager, admin_client, role):
    user = user_with(username="cible", first_name="C", last_name="D", email="c@v.example")

    for browser in (manager, admin_client):
        assert browser.post(edit_url(user), posted(user, groups=[group(role).pk])).status_code == 302
        assert not user.groups.exists()


def test_an_administrator_cannot_make_a_superuser(manager):
    manager.post(reverse("wagtailusers_users:add"), NEW | {"is_superuser": "on"})
    made = get_user_model().objects.get(username="nouvelle")
    assert not made.is_superuser

    manager.post(edit_url(made), posted(made, is_superuser="on"))
    made.refresh_from_db()
    assert not made.is_superuser


def test_an_administrator_cannot_raise_his_own_rights(manager):
    data = posted(manager.user, groups=[group(Role.ADMINISTRATOR).pk, group(Role.TECHNICIAN).pk], first_name="Gina")

    manager.post(edit_url(manager.user), data)

    manager.user.refresh_from_db()
    assert manager.user.first_name == "Gina"
    assert [g.name for g in manager.user.groups.all()] == [GROUP_NAMES[Role.ADMINISTRATOR]]


@pytest.mark.parametrize("role", [Role.TECHNICIAN, Role.DIRECTOR, Role.CLERK, Role.ADMINISTRATOR, None])
def test_an_administrator_cannot_take_over_an_account_that_opens_more_than_his(manager, role):
    user = user_with(*([role] if role else []), username="cible", is_superuser=role is None)
    user.set_password("ancien-mot-de-passe")
    user.save()
    new = posted(user, password1="nouveau-mot-de-passe", password2="nouveau-mot-de-passe")

    for url in (edit_url(user), reverse("wagtailusers_users:delete", args=[user.pk])):
        assert manager.get(url).status_code == 302
        assert manager.post(url, new).status_code == 302

    user.refresh_from_db()
    assert user.check_password("ancien-mot-de-passe")
    assert edit_url(user) not in manager.get(reverse("wagtailusers_users:index")).content.decode()


def test_an_administrator_cannot_do_it_for_several_at_once_either(manager):
    ordinary = user_with(Role.EMPLOYEE, username="ordinaire")
    director = user_with(Role.DIRECTOR, username="directrice")

    def act(action, user, **data):
        return manager.post(reverse("wagtail_bulk_action", args=["auth", "user", action]) + f"?id={user.pk}", data)

    act("assign_role", ordinary, role=group(Role.CLERK).pk)
    act("assign_role", manager.user, role=group(Role.TECHNICIAN).pk)
    act("set_active_state", director, mark_as_active="False")
    act("delete", director)
    act("assign_role", ordinary, role=group(Role.RECIPIENT).pk)
    act("set_active_state", ordinary, mark_as_active="False")

    ordinary.refresh_from_db()
    director.refresh_from_db()
    assert director.is_active
    assert [g.name for g in manager.user.groups.all()] == [GROUP_NAMES[Role.ADMINISTRATOR]]
    assert [g.name for g in ordinary.groups.all()] == [GROUP_NAMES[Role.EMPLOYEE]]
    assert not ordinary.is_active


@pytest.mark.parametrize("role", GROUP_NAMES)
def test_the_emergency_account_gives_every_role_on_the_screen_of_rights(admin_client, role):
    ensure_roles()
    account = user_with(username="cible")

    admin_client.post(reverse("intake_rights:account", args=[account.pk]), {"geste": "donner", "role": role.value})

    assert [g.name for g in account.groups.all()] == [GROUP_NAMES[role]]


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_account_that_acted_in_a_file_when_deleted_stays_and_the_page_proposes_to_deactivate_it(manager, method):
    user = user_with(Role.RECIPIENT, username="active", first_name="Anne", last_name="Roy")
    an_act_of(user)

    response = getattr(manager, method)(reverse("wagtailusers_users:delete", args=[user.pk]))

    page = response.content.decode()
    assert response.status_code == 200
    assert "Désactivez-le plutôt" in page
    assert edit_url(user) in page
    assert "2026-0001" not in page
    assert get_user_model().objects.filter(pk=user.pk).exists()


def test_several_accounts_when_one_acted_all_stay(manager):
    acted = user_with(Role.RECIPIENT, username="active")
    an_act_of(acted)
    idle = user_with(Role.EMPLOYEE, username="nouveau")
    url = reverse("wagtail_bulk_action", args=["auth", "user", "delete"]) + f"?id={acted.pk}&id={idle.pk}"

    response = manager.post(url)

    assert "Désactivez-le plutôt" in response.content.decode()
    assert get_user_model().objects.filter(pk__in=[acted.pk, idle.pk]).count() == 2


def test_an_account_without_a_trace_is_deleted(manager):
    user = user_with(Role.EMPLOYEE, username="partie")

    assert manager.post(reverse("wagtailusers_users:delete", args=[user.pk])).status_code == 302
    assert not get_user_model().objects.filter(pk=user.pk).exists()


def test_an_account_when_deactivated_no_longer_enters(manager, client):
    user = user_with(Role.RECIPIENT, username="active")
    an_act_of(user)
    data = posted(user)
    del data["is_active"]

    manager.post(edit_url(user), data)

    user.refresh_from_db()
    assert not user.is_active


# --- Nobody enters in someone's place (art. 4.5) ---------------------------------------------------


def investigates(user) -> None:
    case = a_case(kind=Kind.COMPLAINT)
    Investigator.objects.create(case=case, user=user, named_at=timezone.now(), named_by_label="Directeur")


@pytest.mark.parametrize(
    "made",
    [
        lambda: user_with(Role.RECIPIENT, username="cible"),
        lambda: user_with(Role.EXECUTOR, username="cible"),
        lambda: EmployeeFactory(user=user_with(Role.EMPLOYEE, username="cible")).user,
        lambda: DepartmentFactory(head=EmployeeFactory(user=user_with(username="cible"))).head.user,
        lambda: investigates(user_with(Role.COUNCIL, username="cible")),
    ],
)
def test_art_4_5_an_administrator_types_neither_password_nor_address_of_who_reads_files_or_signs(manager, made):
    made()
    user = get_user_model().objects.get(username="cible")
    user.email = "cible@ville.example"
    user.set_password("ancien-mot-de-passe")
    user.save()
    page = manager.get(edit_url(user)).content.decode()
    assert "La personne choisit elle-même son mot de passe" in page
    taken = posted(
        user, email="gestionnaire@ville.example", password1="nouveau-mot-de-passe", password2="nouveau-mot-de-passe"
    )

    assert manager.post(edit_url(user), taken | {"first_name": "Renommée"}).status_code == 302

    user.refresh_from_db()
    assert user.check_password("ancien-mot-de-passe")
    assert (user.email, user.first_name) == ("cible@ville.example", "Renommée")


def test_an_administrator_still_types_those_of_his_own_account_and_of_one_that_reads_no_file(manager):
    official = user_with(Role.COUNCIL, username="elue", email="elue@ville.example")

    for user in (official, manager.user):
        new = posted(
            user, email="neuve@ville.example", password1="nouveau-mot-de-passe", password2="nouveau-mot-de-passe"
        )
        manager.post(edit_url(user), new)
        user.refresh_from_db()
        assert (user.email, user.check_password("nouveau-mot-de-passe")) == ("neuve@ville.example", True)
        manager.force_login(manager.user)


def test_an_administrator_still_has_a_new_password_asked_at_the_address_that_is_known(manager):
    user = EmployeeFactory(user=user_with(Role.RECIPIENT, username="cible", email="cible@ville.example")).user

    manager.post(reverse("wagtailadmin_password_reset"), {"email": "cible@ville.example"})

    assert [message.to for message in mail.outbox] == [["cible@ville.example"]]
    assert user.pk
