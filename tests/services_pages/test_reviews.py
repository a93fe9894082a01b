"""Art. 2.3, « à jour et fiables »: whoever answers for a guide is told once that its review date went by."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from django_q.models import Schedule
from post_office.models import Email

from cms.reviews.jobs import remind_owners
from cms.reviews.notices import _tell, tell_owners
from cms.reviews.report import lateness
from cms.roles import ensure_roles
from intake.policy.clocks import local_day
from intake.policy.roles import GROUP_NAMES, Role
from intake.schedules import RECURRING, register
from services_pages.models import GuidePage, ReviewNotice
from snippets.models import TownSettings
from tests.factories import DepartmentFactory, DesignationFactory, GuidePageFactory, town_time, user_with

NOW = town_time("2026-06-22 06:00")
TODAY, YESTERDAY = date(2026, 6, 22), date(2026, 6, 21)
READERS = {Role.COMMUNICATIONS, Role.TECHNICIAN, Role.RECIPIENT}


@pytest.fixture
def works(town):
    """A service whose Responsable is in force."""
    return DesignationFactory(department=DepartmentFactory(code="TP", name="Travaux publics")).department


def guide(town, service, due_on, **changes) -> GuidePage:
    return GuidePageFactory(parent=town.guides, department=service, review_due_on=due_on, **changes)


def mails() -> list[tuple[str, str]]:
    return [(mail.to[0], mail.message) for mail in Email.objects.order_by("pk")]


# --- Whom, when, how many -------------------------------------------------------------------------


def test_art_2_3_given_review_dates_gone_by_when_the_job_runs_then_the_owner_gets_one_mail_with_all_his_guides(
    town, works
):
    snow = guide(town, works, YESTERDAY, title="Déneigement", slug="deneigement")
    guide(town, works, date(2026, 3, 1), title="Égouts {numero}", slug="egouts")
    assert tell_owners(now=NOW) == 1
    [(recipient, text)] = mails()
    assert recipient == "poste.tp@ville.example"
    assert text.index("Égouts {numero} (à réviser le 1er mars 2026)") < text.index(
        "Déneigement (à réviser le 21 juin 2026)"
    )
    assert snow.get_url() in text
    assert reverse("review_report") in text
    assert Email.objects.get().subject == "À relire : 2 guides – Travaux publics"


def test_art_2_3_given_the_job_runs_again_then_the_same_date_is_not_told_twice(town, works):
    guide(town, works, YESTERDAY)
    assert [tell_owners(now=NOW), tell_owners(now=NOW), tell_owners(now=NOW + timedelta(days=40))] == [1, 0, 0]
    assert len(mails()) == ReviewNotice.objects.count() == 1


def test_art_2_3_given_two_workers_read_at_the_same_time_then_the_second_writes_nothing(town, works):
    page, settings = guide(town, works, YESTERDAY), TownSettings.load()
    assert _tell("a@ville.example", [page], [page], NOW, settings) is True
    assert _tell("a@ville.example", [page], [page], NOW, settings) is False
    assert len(mails()) == ReviewNotice.objects.count() == 1


def test_art_2_3_given_the_worker_was_stopped_for_months_then_the_mail_leaves_late_and_once(town, works):
    guide(town, works, YESTERDAY)
    assert tell_owners(now=NOW + timedelta(days=200)) == 1


@pytest.mark.parametrize(
    ("due_on", "live", "told"),
    [
        (YESTERDAY, True, 1),
        (TODAY, True, 0),
        (TODAY + timedelta(days=1), True, 0),
        (None, True, 0),
        (YESTERDAY, False, 0),
    ],
    ids=["gone by", "today", "to come", "no date", "not published"],
)
def test_art_2_3_only_a_published_guide_whose_date_has_gone_by_is_told(town, works, due_on, live, told):
    guide(town, works, due_on, live=live)
    assert tell_owners(now=NOW) == told


def test_art_2_3_given_a_new_date_then_it_is_over_until_that_date_goes_by(town, works):
    page = guide(town, works, YESTERDAY)
    tell_owners(now=NOW)
    GuidePage.objects.filter(pk=page.pk).update(review_due_on=date(2027, 1, 10))
    assert tell_owners(now=NOW) == 0
    assert tell_owners(now=town_time("2027-01-11 06:00")) == 1
    assert list(ReviewNotice.objects.order_by("pk").values_list("review_due_on", flat=True)) == [
        YESTERDAY,
        date(2027, 1, 10),
    ]


def test_art_2_3_given_a_second_guide_becomes_due_then_the_mail_lists_the_first_too(town, works):
    guide(town, works, YESTERDAY, title="Déneigement")
    guide(town, works, TODAY, title="Égouts")
    tell_owners(now=NOW)
    tell_owners(now=NOW + timedelta(days=1))
    first, second = (text for _, text in mails())
    assert "Déneigement" in first
    assert "Égouts" not in first
    assert "Déneigement" in second
    assert "Égouts" in second


@pytest.mark.parametrize(
    ("in_force", "service", "town_address", "expected"),
    [
        (True, "tp@ville.example", "citoyens@ville.example", "poste.tp@ville.example"),
        (False, "tp@ville.example", "citoyens@ville.example", "tp@ville.example"),
        (False, "", "citoyens@ville.example", "citoyens@ville.example"),
        (False, "", "", None),
    ],
    ids=["the Responsable", "the service", "the town", "nobody"],
)
def test_art_2_3_the_owner_is_the_responsable_in_force_else_the_service_else_the_town(
    town, in_force, service, town_address, expected
):
    TownSettings.objects.update(email=town_address)
    department = DepartmentFactory(code="TP", email=service)
    DesignationFactory(department=department, effective_until=None if in_force else date(2026, 1, 1))
    guide(town, department, YESTERDAY)
    tell_owners(now=NOW)
    assert [recipient for recipient, _ in mails()] == ([expected] if expected else [])
    # What could not be told stays to be told.
    assert ReviewNotice.objects.exists() is bool(expected)


def test_art_2_3_who_answers_for_two_services_gets_one_mail_and_two_owners_one_each(town, works):
    leisure, sport = DepartmentFactory(code="LOI", name="Loisirs"), DepartmentFactory(code="SPO", name="Sports")
    for department in (leisure, sport):
        DesignationFactory(department=department, position_email="poste.loisirs@ville.example")
    for department in (works, leisure, sport):
        guide(town, department, YESTERDAY)
    assert tell_owners(now=NOW) == 2
    written = dict(mails())
    assert set(written) == {"poste.tp@ville.example", "poste.loisirs@ville.example"}
    subjects = Email.objects.values_list("subject", flat=True)
    assert "À relire : 2 guides – Loisirs, Sports" in subjects


def test_the_job_costs_the_same_for_ten_guides_as_for_one(town, works, django_assert_max_num_queries):
    for _ in range(10):
        guide(town, works, YESTERDAY)
    with django_assert_max_num_queries(16):
        assert tell_owners(now=NOW) == 1


def test_the_job_is_scheduled_each_day_and_a_job_that_no_longer_exists_is_removed(db):
    Schedule.objects.create(name="Ancien", func="cms.gone.job")
    Schedule.objects.create(name="De la Ville", func="ville.job")
    register()
    assert "cms.reviews.jobs.remind_owners" in {job.func for job in RECURRING}
    assert Schedule.objects.get(func="cms.reviews.jobs.remind_owners").schedule_type == Schedule.DAILY
    assert not Schedule.objects.filter(name="Ancien").exists()
    assert Schedule.objects.filter(name="De la Ville").exists()
    assert remind_owners() == 0


# --- The list -------------------------------------------------------------------------------------


@pytest.fixture
def enter(client, town):
    """Log in with a role; a department makes the person its Responsable."""
    ensure_roles()

    def _enter(role: Role, **more):
        client.force_login(user_with(role, username=role.value, **more))
        return client

    return _enter


def rows(client) -> list[list[str]]:
    page = BeautifulSoup(client.get(reverse("review_report")).content, "html.parser")
    return [[cell.get_text(" ", strip=True) for cell in row.select("td")] for row in page.select("main table tbody tr")]


def test_art_2_3_a_guide_whose_date_has_gone_by_is_on_the_list_with_service_lateness_and_reminder(enter, town):
    today, works = timezone.localdate(), DepartmentFactory(code="TP", name="Travaux publics")
    late = guide(town, works, today - timedelta(days=12), title="Déneigement")
    guide(town, works, today + timedelta(days=3), title="Égouts")
    guide(town, works, today + timedelta(days=31), title="Arbres")
    tell_owners(now=timezone.now())
    client = enter(Role.COMMUNICATIONS)
    found = rows(client)
    assert [(row[0], row[1], row[3]) for row in found] == [
        ("Déneigement", "Travaux publics", "12 jours de retard"),
        ("Égouts", "Travaux publics", "dans 3 jours"),
    ]
    assert [row[5] != "–" for row in found] == [True, False]
    html = client.get(reverse("review_report")).content.decode()
    assert reverse("wagtailadmin_pages:edit", args=[late.pk]) in html


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (12, "12 jours de retard"),
        (1, "1 jour de retard"),
        (0, "aujourd'hui"),
        (-1, "dans 1 jour"),
        (-3, "dans 3 jours"),
    ],
)
def test_lateness_in_words(days, words):
    assert lateness(TODAY - timedelta(days=days), TODAY) == words


def test_art_2_3_a_responsable_reads_the_guides_of_his_services_and_no_door_that_does_not_open(enter, town):
    today = timezone.localdate()
    works, leisure = DepartmentFactory(code="TP"), DepartmentFactory(code="LOI")
    mine = guide(town, works, today - timedelta(days=1), title="Déneigement")
    guide(town, leisure, today - timedelta(days=1), title="Piscine")
    client = enter(Role.RECIPIENT, department=works)
    assert [row[0] for row in rows(client)] == ["Déneigement"]
    html = client.get(reverse("review_report")).content.decode()
    assert mine.get_url() in html
    assert reverse("wagtailadmin_pages:edit", args=[mine.pk]) not in html
    exported = b"".join(client.get(reverse("review_report"), {"export": "csv"}).streaming_content).decode()
    assert "Déneigement" in exported
    assert "Piscine" not in exported


@pytest.mark.parametrize("role", GROUP_NAMES)
def test_art_2_3_the_list_is_in_the_menu_of_those_who_answer_for_guides_and_of_no_other(enter, role):
    client = enter(role)
    assert (client.get(reverse("review_report")).status_code == 200) is (role in READERS)
    menu = client.get(reverse("wagtailadmin_home")).content.decode()
    assert (f'"{reverse("review_report")}"' in menu) is (role in READERS)


def test_the_list_costs_the_same_for_ten_guides_as_for_one(enter, town, django_assert_max_num_queries):
    works = DepartmentFactory(code="TP")
    for _ in range(10):
        guide(town, works, timezone.localdate() - timedelta(days=1))
    client = enter(Role.RECIPIENT, department=works)
    client.get(reverse("review_report"))
    with django_assert_max_num_queries(20):
        client.get(reverse("review_report"))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_is_exported_as_it_is_shown(enter, town, kind):
    guide(town, DepartmentFactory(code="TP"), local_day(timezone.now()) - timedelta(days=1))
    answer = enter(Role.TECHNICIAN).get(reverse("review_report"), {"export": kind})
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_the_home_of_communications_says_how_many_guides_are_late(enter, town):
    today, works = timezone.localdate(), DepartmentFactory(code="TP")
    for days in (1, 2, -5):
        guide(town, works, today - timedelta(days=days))
    page = BeautifulSoup(enter(Role.COMMUNICATIONS).get(reverse("wagtailadmin_home")).content, "html.parser")
    assert "2 guides sont en retard." in page.select_one("#guides-to-review-section").get_text(" ", strip=True)
