"""`seed_demo` builds a working town once, sends nothing, and never undoes what a person did (contract)."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.management import call_command
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_q.models import OrmQ
from post_office.models import STATUS, Email
from wagtail.models import Page, Site

from cms.demonstration import ACCOUNTS, PASSWORD
from cms.models import SeededItem
from cms.seeding.ledger import Ledger
from intake.forms.models import RequestFormPage
from intake.jobs import keep_the_month
from intake.models import (
    Attachment,
    Case,
    CaseEvent,
    CaseMessage,
    CouncilList,
    CouncilMessage,
    LineAnswer,
    ListMessage,
    OpenRequestsList,
    PostalLetter,
    ReferenceCounter,
    SurveyAnswer,
    SurveyInvitation,
)
from intake.policy.surveys import completed_to_ask
from intake.policy.vocabulary import Channel, Kind
from intake.process.calendar import town_calendar
from intake.process.surveys import to_invite
from intake.reports.survey import results
from services_pages.models import GuidePage, GuidePartPage, ServicePage
from snippets.availability.words import say
from snippets.models import (
    Availability,
    AvailabilityStatus,
    Closure,
    Department,
    Designation,
    Employee,
    MessageText,
    RequestNature,
    TownSettings,
)

COUNTED = (Page, Case, CaseEvent, Email, Department, Employee, Designation, RequestNature, MessageText, Closure)


def counts():
    return {model.__name__: model.objects.count() for model in COUNTED} | {"User": get_user_model().objects.count()}


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker):
    """The whole demonstration, once for the module; each test undoes its own changes."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("seed_demo", stdout=StringIO())
        yield
        transaction.set_rollback(True)


pytestmark = pytest.mark.usefixtures("town", "db")


def test_town_when_seeded_has_what_the_issue_asks():
    assert Department.objects.count() == 8
    assert RequestNature.objects.count() >= 40
    assert GuidePage.objects.live().count() == 14
    assert RequestFormPage.objects.live().count() == 5
    assert ServicePage.objects.live().count() >= 12
    assert Employee.objects.count() == 20
    # Beside them, the requests that were opened for a claim or a complaint.
    assert Case.objects.filter(origin__isnull=True).count() >= 200


def test_rows_when_seeded_are_ones_that_the_admin_would_accept():
    for model in (Department, Employee, Designation, RequestNature, MessageText, Closure, TownSettings):
        for row in model.objects.all():
            row.full_clean()
    for page in Page.objects.filter(depth__gt=1).specific():
        page.full_clean()


def test_guides_when_seeded_have_the_seven_elements_and_meet_in_the_grid():
    for guide in GuidePage.objects.all():
        assert all((guide.for_whom, guide.when, guide.documents, guide.cost, guide.delay, guide.department_id))
        assert guide.body
        assert guide.get_children().type(GuidePartPage).count() >= 2
        assert guide.review_due_on > timezone.localdate()
    assert not RequestNature.objects.filter(guide_page__isnull=True).exists()


def test_site_when_seeded_has_the_addresses_of_the_contract(client):
    home = Site.objects.get(is_default_site=True).root_page
    kinds = dict(RequestFormPage.objects.values_list("url_path", "kind"))
    assert kinds == {
        f"{home.url_path}demandes/requete/": "request",
        f"{home.url_path}demandes/plainte/": "complaint",
        f"{home.url_path}demandes/commentaire/": "inquiry",
        f"{home.url_path}demandes/reclamation/": "claim",
        f"{home.url_path}demandes/acces-information/": "access_request",
    }
    menu = list(home.get_children().live().in_menu().values_list("slug", flat=True))
    assert menu == ["services", "guides", "demandes", "nous-joindre"]
    assert Page.objects.get(pk=TownSettings.load().privacy_page_id).slug == "confidentialite"


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/services/",
        "/guides/",
        "/demandes/",
        "/nous-joindre/",
        "/accessibilite/",
        "/confidentialite/",
        "/engagements/",
    ],
)
def test_page_when_seeded_is_shown(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert b"linktype" not in response.content


def test_links_when_seeded_follow_the_page_and_not_its_address():
    guide = GuidePage.objects.get(slug="porter-plainte")
    assert f'id="{RequestFormPage.objects.get(kind="complaint").pk}"' in str(
        [child.specific.body.raw_data[:] for child in guide.get_children()]
    )


def test_cases_when_seeded_are_of_all_kinds_states_and_ages():
    today = timezone.localdate()
    assert set(Case.objects.values_list("kind", flat=True)) == {kind.value for kind in Kind}
    assert {"received", "routed", "in_progress", "waiting", "completed", "closed"} <= set(
        Case.objects.values_list("status", flat=True)
    )
    assert set(Case.objects.values_list("channel", flat=True)) == {channel.value for channel in Channel}
    assert Case.objects.overdue(on=today).count() >= 5
    assert Case.objects.filter(received_at__lt=timezone.now() - timedelta(days=200)).exists()
    assert Case.objects.filter(kind="request", nature__isnull=True).exists()
    assert CaseEvent.objects.filter(verb="reopen").exists()


def test_photos_when_seeded_are_kept_privately_with_their_true_size():
    photos = Attachment.objects.all()
    assert photos.count() >= 5
    for attachment in photos:
        with attachment.file.open() as kept:
            assert len(kept.read()) == attachment.size


def test_history_when_seeded_never_goes_back_in_time_nor_into_the_future():
    assert not CaseEvent.objects.filter(at__gt=timezone.now()).exists()
    assert not CaseEvent.objects.filter(at__lt=F("case__received_at")).exists()
    for case in Case.objects.prefetch_related("events"):
        moments = [event.at for event in case.events.order_by("pk")]
        assert moments == sorted(moments)


def test_references_when_seeded_follow_each_other_in_the_order_of_receipt():
    filed = Case.objects.filter(origin__isnull=True).order_by("received_at").values_list("year", "number")
    assert list(filed) == sorted(filed)
    for counter in ReferenceCounter.objects.all():
        numbers = sorted(Case.objects.filter(year=counter.year).values_list("number", flat=True))
        assert numbers == list(range(1, counter.last_number + 1))


def test_mails_when_seeded_are_in_the_past_and_none_is_left_to_send():
    lists = ListMessage.objects.count() + CouncilMessage.objects.count()
    assert Email.objects.count() - lists == CaseMessage.objects.count() > 200
    assert not Email.objects.exclude(status=STATUS.sent).exists()
    assert not OrmQ.objects.exists()
    assert not mail.outbox
    late = CaseMessage.objects.exclude(mail__created=F("event__at"))
    assert not late.exists()


def test_letters_when_seeded_wait_only_for_the_last_days():
    waiting, gone = PostalLetter.objects.to_post(), PostalLetter.objects.exclude(posted_on=None)
    assert 0 < waiting.count() < 40
    assert gone.count() > 10
    assert waiting.earliest("made_at").made_at > timezone.now() - timedelta(days=8)
    assert not gone.exclude(tracking_code="").exists()


def test_accounts_when_seeded_open_with_the_demonstration_password_and_lead_to_their_employee():
    for account in ACCOUNTS:
        user = get_user_model().objects.get(username=account.username)
        assert user.check_password(PASSWORD)
        assert user.groups.exists()
    held = Designation.objects.filter(employee__user__username="responsable.tp").values_list(
        "department__code", flat=True
    )
    assert list(held) == ["TP"]
    assert Employee.objects.get(user__username="responsable.taxation").designations.get().department.code == "TRE"


def test_annexe_b_statuses_when_seeded_are_of_every_sort_and_some_ask_to_be_checked():
    now, stale_after = timezone.localtime(), TownSettings.load().status_stale_after
    said = [say(row, now=now, stale_after=stale_after) for row in Availability.objects.all()]
    assert {words.status for words in said} == set(AvailabilityStatus.values)
    assert {words.to_check for words in said} == {True, False}
    assert Employee.objects.filter(is_active=True, availability=None).exists()


def test_annexe_b_statuses_when_seeded_again_stay_what_people_said():
    Availability.objects.filter(employee__phone_extension="2201").update(status="away", until=None)
    Availability.objects.filter(employee__phone_extension="2101").delete()
    call_command("seed_demo", stdout=StringIO())
    assert Availability.objects.get(employee__phone_extension="2201").status == "away"
    assert not Availability.objects.filter(employee__phone_extension="2101").exists()


def test_seeding_again_changes_nothing():
    before, newest = counts(), Page.objects.order_by("-latest_revision_created_at").first()
    call_command("seed_demo", stdout=StringIO())
    assert counts() == before
    again = Page.objects.order_by("-latest_revision_created_at").first()
    assert again.latest_revision_id == newest.latest_revision_id


def test_seeding_again_when_a_person_changed_things_keeps_them():
    MessageText.objects.filter(code="T1").update(subject="Un autre objet {numero}")
    RequestNature.objects.filter(code="TP-01").update(name="Trou dans la rue", target_working_days=2, guide_page=None)
    TownSettings.objects.update(name="Ville de Saint-Exemple")
    guide = GuidePage.objects.get(slug="deneigement")
    guide.title, guide.slug = "La neige", "neige"
    guide.save_revision().publish()
    GuidePage.objects.get(slug="animaux").delete()
    Closure.objects.all().delete()
    get_user_model().objects.get(username="elu").delete()
    before = counts()
    call_command("seed_demo", stdout=StringIO())
    assert counts() == before
    assert MessageText.objects.get(code="T1").subject == "Un autre objet {numero}"
    nature = RequestNature.objects.get(code="TP-01")
    assert (nature.name, nature.target_working_days, nature.guide_page) == ("Trou dans la rue", 2, None)
    assert TownSettings.objects.get().name == "Ville de Saint-Exemple"
    assert GuidePage.objects.get(pk=guide.pk).slug == "neige"
    assert not GuidePage.objects.filter(slug__in=["animaux", "deneigement"]).exists()


def test_seeding_again_when_the_whole_site_was_deleted_leaves_it_so():
    Site.objects.get(is_default_site=True).root_page.delete()
    call_command("seed_demo", stdout=StringIO())
    assert not GuidePage.objects.exists()


def test_seeding_outside_demonstration_is_refused_with_one_line_and_code_2(settings):
    settings.DEMONSTRATION = False
    errors, before = StringIO(), counts()
    with pytest.raises(SystemExit) as stopped:
        call_command("seed_demo", stderr=errors)
    assert stopped.value.code == 2
    assert len(errors.getvalue().splitlines()) == 1
    assert counts() == before


def test_ledger_when_an_item_was_seeded_says_so_for_ever():
    assert Ledger().has("page/guides/deneigement/")
    assert not Ledger().first_time("page/guides/deneigement/")
    assert SeededItem.objects.filter(key="page/guides/deneigement/").count() == 1


def test_art_4_1_4_2_the_lists_of_the_month_are_out_partly_answered_and_no_worker_sends_them_again():
    sent = OpenRequestsList.objects.sent()
    assert sent.count() == OpenRequestsList.objects.count() == Department.objects.count()
    assert not sent.filter(late=True).exists()
    assert {LineAnswer.objects.filter(line__list=monthly).count() > 0 for monthly in sent.exclude(file="")} == {
        True,
        False,
    }
    published = CouncilList.objects.count()
    assert published <= 2  # one a month that began since the lists do, none before its first working day
    keep_the_month()
    assert CouncilList.objects.count() == published
    assert not Email.objects.filter(status=STATUS.queued, subject__startswith="Requêtes non").exists()


def test_art_4_1_the_past_has_its_surveys_and_the_first_start_of_the_worker_asks_nobody_again():
    assert SurveyInvitation.objects.count() > 30
    assert SurveyAnswer.objects.count() == SurveyInvitation.objects.filter(answered=True).count() > 20
    assert any(not line.is_hidden and line.answered for line in results(today=timezone.localdate()).by_department)
    when = completed_to_ask(today=timezone.localdate(), calendar=town_calendar())
    assert not to_invite(when).exists()
    assert not Case.objects.filter(survey_invitation__isnull=False, wants_survey=False).exists()
