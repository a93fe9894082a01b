"""The first page of the admin, its menu and its language, role by role."""

import json
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.users.models import UserProfile

from cms.roles import ensure_roles
from intake.policy.roles import GROUP_NAMES, Role
from services_pages.models import GuideIndexPage, GuidePage
from snippets.models import TownSettings
from tests.factories import DepartmentFactory, user_with


@pytest.fixture
def enter(client, db):
    """Log in with a role; the soup of the first page."""
    ensure_roles()

    def _enter(role: Role) -> BeautifulSoup:
        client.force_login(user_with(role, username=role.value, first_name="Jo", last_name="Roy"))
        return BeautifulSoup(client.get(reverse("wagtailadmin_home")).content, "html.parser")

    return _enter


def menu_of(soup) -> list[str]:
    """All the names of the menu, submenus included."""
    props = json.loads(soup.select_one("#wagtail-sidebar-props").string)

    def names(item):
        if isinstance(item, dict):
            if item.get("_type", "").endswith("MenuItem"):
                yield item["_args"][0]["name"]
            for value in item.values():
                yield from names(value)
        elif isinstance(item, list):
            for value in item:
                yield from names(value)

    return list(names(props))


def first_words_of(soup) -> list[str]:
    """The names of the menu that are read without unfolding anything, of the town's work."""
    props = json.loads(soup.select_one("#wagtail-sidebar-props").string)
    (main,) = (module for module in props["modules"] if module["_type"].endswith("MainMenuModule"))
    return [item["_args"][0]["name"] for item in main["_args"][0]]


def headings(soup) -> list[str]:
    return [h.get_text(" ", strip=True) for h in soup.select("main .w-panel__heading")]


def test_the_title_and_the_heading_name_guichet_and_the_town(enter):
    town = TownSettings.load()
    town.name = "Val-des-Érables"
    town.save()

    soup = enter(Role.COMMUNICATIONS)

    assert "Guichet – Val-des-Érables" in soup.title.get_text(" ", strip=True)
    assert soup.h1.get_text(" ", strip=True) == "Guichet – Val-des-Érables"
    soup.noscript.decompose()
    assert "Wagtail" not in soup.get_text()


def test_the_door_of_the_staff_is_in_french_with_the_name_of_the_town(client, db):
    soup = BeautifulSoup(client.get(reverse("wagtailadmin_login")).content, "html.parser")

    assert "accès du personnel" in soup.h1.get_text()
    assert [label.get_text(" ", strip=True).rstrip(" *") for label in soup.select("label")] == [
        "Nom d’utilisateur",
        "Mot de passe",
        "Se souvenir de moi",
    ]


@pytest.mark.parametrize("role", list(GROUP_NAMES))
def test_no_role_is_sent_to_another_site(enter, role):
    soup = enter(role)
    outside = [a["href"] for a in soup.select("main a[href], aside a[href]") if a["href"].startswith(("http", "//"))]

    assert outside == []
    assert not [name for name in menu_of(soup) if name.startswith(("whats-new", "editor-guide"))]
    assert "wagtail.org" not in json.dumps(soup.select_one("#wagtail-sidebar-props").string)


def test_communications_find_pages_grid_files_of_the_site_and_the_town(enter):
    names = set(menu_of(enter(Role.COMMUNICATIONS)))

    assert {"explorer", "grid", "images", "documents", "settings", "reports"} <= names
    assert not {"users", "groups", "sites", "workflow-tasks", "snippets"} & names


def test_a_menu_longer_than_the_screen_keeps_the_daily_words_in_sight_and_folds_the_others(enter):
    soup = enter(Role.TECHNICIAN)
    seen = first_words_of(soup)

    assert len(seen) <= 14  # seventeen words before
    assert {"demandes", "nouvelle", "lists", "suivi", "equipe"} <= set(seen)
    assert {"performance", "year", "council", "surveys", "designations", "droits"} <= set(menu_of(soup)) - set(seen)


def test_a_menu_that_fits_folds_nothing(enter):
    assert "council" in first_words_of(enter(Role.COUNCIL))


def test_the_technician_finds_the_grid_and_the_town_but_no_pages(enter):
    names = set(menu_of(enter(Role.TECHNICIAN)))

    assert {"grid", "settings"} <= names
    assert not {"explorer", "users"} & names


@pytest.mark.parametrize("role", [Role.COUNCIL, Role.EXPERIENCE])
def test_those_who_only_enter_find_a_short_menu_and_a_sentence(enter, role):
    soup = enter(role)

    assert not {"grid", "settings", "reports", "explorer", "users"} & set(menu_of(soup))
    assert "Bienvenue dans Guichet" in soup.get_text()


def test_art_4_3_an_employee_finds_the_field_note_and_a_short_menu(enter):
    soup = enter(Role.EMPLOYEE)

    assert not {"grid", "settings", "reports", "explorer", "users", "Demandes"} & set(menu_of(soup))
    assert [a["href"] for a in soup.select(".guichet-shortcuts a")] == ["/admin/terrain/"]


def test_the_administrator_finds_accounts_and_sites(enter):
    names = set(menu_of(enter(Role.ADMINISTRATOR)))

    assert {"settings", "users", "sites"} <= names
    assert not {"grid", "explorer", "groups"} & names


@pytest.fixture
def index(db):
    return Page.objects.get(depth=2).add_child(instance=GuideIndexPage(title="Guides", slug="guides"))


def guide(index, title, **extra):
    essentials = dict.fromkeys(("summary", "for_whom", "when", "documents", "cost", "delay"), "Écrit.")
    department = DepartmentFactory(code="GUI")
    page = GuidePage(title=title, department=department, slug=title.lower().replace(" ", "-"), **essentials, **extra)
    return index.add_child(instance=page)


def test_communications_read_which_pages_are_changed_and_not_published(enter, index):
    changed = guide(index, "Bacs")
    changed.title = "Bacs et collectes"
    changed.save_revision()
    guide(index, "Taxes")

    panel = enter(Role.COMMUNICATIONS).select_one("#drafts-section")

    assert "Bacs et collectes" in panel.get_text()
    assert "Taxes" not in panel.get_text()


def test_communications_read_which_guides_are_to_be_reviewed_the_late_ones_marked(enter, index):
    today = timezone.localdate()
    guide(index, "En retard", review_due_on=today - timedelta(days=1))
    guide(index, "Bientôt", review_due_on=today + timedelta(days=30))
    guide(index, "Plus tard", review_due_on=today + timedelta(days=31))

    panel = enter(Role.COMMUNICATIONS).select_one("#guides-to-review-section")

    rows = [row.get_text(" ", strip=True) for row in panel.select("tbody tr")]
    assert len(rows) == 2
    assert rows[0].startswith("En retard")
    assert rows[0].endswith("en retard")
    assert "en retard" not in rows[1]


def test_others_find_no_panel_about_pages(enter, index):
    changed = guide(index, "Bacs", review_due_on=timezone.localdate())
    changed.save_revision()

    assert not {"drafts-section", "guides-to-review-section"} & {
        s.get("id") for s in enter(Role.TECHNICIAN).select("[id]")
    }


def test_the_home_costs_the_same_queries_for_ten_drafts_as_for_one(client, index):
    ensure_roles()
    client.force_login(user_with(Role.COMMUNICATIONS))
    guide(index, "Un", review_due_on=timezone.localdate()).save_revision()
    client.get(reverse("wagtailadmin_home"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("wagtailadmin_home"))
    for number in range(9):
        guide(index, f"Guide {number}", review_due_on=timezone.localdate()).save_revision()
    with CaptureQueriesContext(connection) as ten:
        client.get(reverse("wagtailadmin_home"))

    assert len(ten) == len(one)


def test_an_account_that_asked_for_english_reads_french_and_has_no_language_to_choose(client, db):
    ensure_roles()
    user = user_with(Role.COMMUNICATIONS)
    profile = UserProfile.get_for_user(user)
    client.force_login(user)

    page = client.get(reverse("wagtailadmin_account")).content.decode()

    assert "preferred_language" not in page
    assert "current_time_zone" not in page
    assert profile.get_preferred_language().startswith("fr")
    assert "Enregistrer" in page
