"""The groups of the admin hold exactly the rights of §3, however often and from whatever state they are made."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.urls import NoReverseMatch, get_resolver, reverse
from wagtail.models import GroupApprovalTask, GroupCollectionPermission, GroupPagePermission, Page, Workflow

from cms.roles import MODEL_PERMISSIONS, ensure_roles
from intake.policy.roles import GROUP_NAMES, Role
from snippets.models import TownSettings
from tests.factories import user_with

GRID = ("department", "requestnature", "employee", "closure", "messagetext")


def rights_of(role: Role) -> set[str]:
    group = Group.objects.get(name=GROUP_NAMES[role])
    return {f"{p.content_type.app_label}.{p.codename}" for p in group.permissions.select_related("content_type")}


def everything() -> list[tuple]:
    """All that the groups hold, to compare two moments."""
    return [
        sorted(Group.objects.values_list("name", "permissions__codename"), key=str),
        sorted(GroupPagePermission.objects.values_list("group__name", "page", "permission__codename")),
        sorted(GroupCollectionPermission.objects.values_list("group__name", "collection", "permission__codename")),
        sorted(Workflow.objects.values_list("name", flat=True)),
    ]


# §3 typed again, by role: what each may do in the admin and, above all, what it may not.
@pytest.mark.parametrize(
    ("role", "may", "may_not"),
    [
        (Role.COMMUNICATIONS, "snippets.change_requestnature", "intake.view_case"),
        (Role.COMMUNICATIONS, "snippets.change_townsettings", "intake.change_case"),
        (Role.COMMUNICATIONS, "snippets.add_messagetext", "auth.change_user"),
        (Role.COMMUNICATIONS, "snippets.change_employee", "snippets.view_designation"),  # §3, « Designations »
        (Role.TECHNICIAN, "snippets.view_designation", "snippets.change_designation"),  # verbs write them (Annexe C)
        (Role.TECHNICIAN, "snippets.change_employee", "auth.change_user"),
        (Role.TECHNICIAN, "snippets.change_townsettings", "auth.change_group"),
        (Role.RECIPIENT, "wagtailadmin.access_admin", "snippets.change_designation"),  # explicit denial (2)
        (Role.DIRECTOR, "wagtailadmin.access_admin", "intake.change_case"),
        (Role.CLERK, "snippets.change_legalprovision", "snippets.change_requestnature"),
        (Role.EXPERIENCE, "wagtailadmin.access_admin", "intake.view_case"),  # explicit denial (4)
        (Role.COUNCIL, "wagtailadmin.access_admin", "intake.view_case"),  # explicit denial (3)
        (Role.EMPLOYEE, "wagtailadmin.access_admin", "intake.view_case"),
        (Role.ADMINISTRATOR, "auth.change_user", "intake.view_case"),  # « ADM holds no case right »
        (Role.ADMINISTRATOR, "wagtailcore.change_site", "auth.change_group"),
    ],
)
def test_a_role_holds_its_right_and_not_the_other(db, role, may, may_not):
    ensure_roles()

    assert may in rights_of(role)
    assert may_not not in rights_of(role)


def test_art_4_5_no_role_holds_a_right_of_django_on_files_for_the_policy_alone_decides_row_by_row(db):
    ensure_roles()

    assert not {right for role in GROUP_NAMES for right in rights_of(role) if right.startswith("intake")}


def test_art_4_1_the_technician_and_communications_edit_the_whole_grid(db):
    ensure_roles()
    wanted = {f"snippets.{verb}_{model}" for model in GRID for verb in ("add", "change", "delete", "view")}

    assert wanted <= rights_of(Role.COMMUNICATIONS)
    assert wanted <= rights_of(Role.TECHNICIAN)


def test_everyone_who_has_a_role_may_enter_the_admin(db):
    ensure_roles()

    assert all("wagtailadmin.access_admin" in rights_of(role) for role in GROUP_NAMES)
    assert set(MODEL_PERMISSIONS) == set(GROUP_NAMES)


def test_communications_publish_pages_and_no_other_role_changes_one(db):
    ensure_roles()
    home = Page.objects.get(depth=2)
    may = {}
    for role in GROUP_NAMES:
        rights = home.permissions_for_user(user_with(role, username=role.value))
        may[role] = (rights.can_edit(), rights.can_publish())

    assert may.pop(Role.COMMUNICATIONS) == (True, True)
    assert set(may.values()) == {(False, False)}


def test_made_twice_nothing_changes(db):
    ensure_roles()
    before = everything()

    ensure_roles()

    assert everything() == before


def test_a_right_added_by_hand_on_a_model_is_taken_away(db):
    groups = ensure_roles()
    groups[Role.COMMUNICATIONS].permissions.add(Permission.objects.get(codename="view_case"))

    ensure_roles()

    assert "intake.view_case" not in rights_of(Role.COMMUNICATIONS)


def test_a_section_of_the_site_opened_by_hand_stays_open(db):
    groups = ensure_roles()
    change = Permission.objects.get(codename="change_page", content_type__app_label="wagtailcore")
    home = Page.objects.get(depth=2)
    GroupPagePermission.objects.create(group=groups[Role.CLERK], page=home, permission=change)

    ensure_roles()

    assert GroupPagePermission.objects.filter(group=groups[Role.CLERK], page=home).exists()


def test_members_and_groups_of_the_town_are_left_alone(db):
    own = Group.objects.create(name="Comité vert")
    groups = ensure_roles()
    user = user_with(Role.COMMUNICATIONS)

    ensure_roles()

    assert Group.objects.filter(pk=own.pk).exists()
    assert groups[Role.COMMUNICATIONS].user_set.filter(pk=user.pk).exists()


def test_the_sample_groups_are_removed_and_the_workflow_goes_to_people_who_exist(db):
    assert Group.objects.filter(name__in=["Editors", "Moderators"]).count() == 2

    ensure_roles()

    assert not Group.objects.filter(name__in=["Editors", "Moderators"]).exists()
    (task,) = GroupApprovalTask.objects.all()
    assert [group.name for group in task.groups.all()] == ["Communications"]


def test_a_sample_group_in_which_someone_is_stays(db, django_user_model):
    editors = Group.objects.get(name="Editors")
    editors.user_set.add(django_user_model.objects.create_user("ancienne"))

    ensure_roles()

    assert list(Group.objects.filter(name__in=["Editors", "Moderators"])) == [editors]


def test_the_command_tells_what_each_group_holds(db, capsys):
    call_command("ensure_roles")
    call_command("ensure_roles")

    assert "Communications : " in capsys.readouterr().out


def test_the_command_without_migrations_says_so_on_one_line(db):
    Permission.objects.filter(codename="change_messagetext").delete()

    with pytest.raises(CommandError, match=r"snippets\.change_messagetext") as refused:
        call_command("ensure_roles")

    assert refused.value.returncode == 2
    assert not Group.objects.filter(name="Communications").exists()


def test_the_tools_of_the_machine_room_have_no_address_in_the_admin():
    with pytest.raises(NoReverseMatch):
        reverse("admin:index")

    addresses = str(list(get_resolver().reverse_dict)) + str(list(get_resolver().namespace_dict))
    assert not any(name in addresses for name in ("django_q", "post_office", "axes"))


def test_the_settings_of_the_town_open_to_communications_and_the_technician_only(client, db):
    ensure_roles()
    town = TownSettings.load()
    url = reverse("wagtailsettings:edit", args=["snippets", "townsettings", town.pk])
    logo_chooser = reverse("wagtailimages_chooser:choose")
    opens = {}
    for role in GROUP_NAMES:
        client.force_login(user_with(role, username=role.value))
        opens[role] = (client.get(url).status_code, client.get(logo_chooser).status_code)

    assert {role for role, (status, _) in opens.items() if status == 200} == {Role.COMMUNICATIONS, Role.TECHNICIAN}
    assert opens[Role.TECHNICIAN] == (200, 200)
