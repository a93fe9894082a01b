"""A guide is live once its service approved it (art. 2.3: « des renseignements exacts et complets »)."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from post_office.models import Email
from wagtail.models import WorkflowState
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from cms.roles import ensure_roles
from intake.policy.roles import Role
from services_pages.models import GuidePage, ServiceApproval
from snippets.models import Designation, Employee, TownSettings
from tests.factories import DepartmentFactory, EmployeeFactory, GuidePageFactory, GuidePartPageFactory, user_with
from tests.services_pages.test_editing import a_guide_form, the_address


@pytest.fixture
def urbanism(db):
    return DepartmentFactory(code="URB", name="Urbanisme")


@pytest.fixture
def people(town, urbanism):
    """Who writes, who answers for the service, and who does not."""
    ensure_roles()
    people = SimpleNamespace(
        writer=user_with(Role.COMMUNICATIONS, username="comm", email="comm@ville.example", first_name="Camille"),
        recipient=user_with(Role.RECIPIENT, username="urb", department=urbanism, first_name="Ursule"),
        head=user_with(Role.EMPLOYEE, username="head"),
        other=user_with(Role.RECIPIENT, username="loi", department=DepartmentFactory(code="LOI")),
        technician=user_with(Role.TECHNICIAN, username="tec"),
    )
    urbanism.head = EmployeeFactory(department=urbanism, user=people.head)
    urbanism.save()
    Designation.objects.filter(department=urbanism).update(position_email="urbanisme@ville.example")
    return people


@pytest.fixture
def guide(town, urbanism):
    """A guide that citizens read already."""
    return GuidePageFactory(parent=town.guides, department=urbanism, title="Permis de piscine", slug="piscine")


def screen(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def editor(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def form_of(guide, **changes) -> dict:
    return a_guide_form(guide.department, **{"title": guide.title, "slug": guide.slug, **changes})


def submit(guide, people, **changes):
    return screen(people.writer).post(editor(guide), {**form_of(guide, **changes), "action-submit": "1"})


def decide(guide, user, action="approve", **extra):
    state = guide.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[guide.pk, action, state.pk])
    return screen(user).post(address, extra)


def draft(guide) -> str:
    return GuidePage.objects.get(pk=guide.pk).get_latest_revision_as_object().title


def citizens_read(guide) -> str:
    return GuidePage.objects.get(pk=guide.pk).title


def test_art_2_3_given_a_guide_of_a_service_when_communications_submit_it_then_it_is_live_only_after_its_approver_accepts(
    people, guide
):
    assert submit(guide, people, title="Permis de piscine, 2027").status_code == 302
    assert citizens_read(guide) == "Permis de piscine"

    decide(guide, people.other)
    decide(guide, people.writer)
    decide(guide, people.technician)
    assert citizens_read(guide) == "Permis de piscine"

    assert decide(guide, people.recipient).status_code in {200, 302}
    assert citizens_read(guide) == "Permis de piscine, 2027"


def test_art_2_3_a_new_guide_begins_as_a_draft_even_when_asked_to_publish(people, town, urbanism):
    answer = screen(people.writer).post(the_address(town), {**a_guide_form(urbanism), "action-publish": "1"})
    assert answer.status_code == 302
    guide = GuidePage.objects.get()
    assert not guide.live
    assert guide.get_latest_revision_as_object().title == "Vignettes de stationnement"


def test_art_2_3_communications_do_not_go_past_the_service(people, guide):
    screen(people.writer).post(editor(guide), {**form_of(guide, title="En douce"), "action-publish": "1"})
    assert citizens_read(guide) == "Permis de piscine"

    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={guide.pk}&next=/admin/"
    screen(people.writer).post(bulk)
    assert citizens_read(guide) == "Permis de piscine"

    page = screen(people.writer).get(editor(guide)).content.decode()
    assert "Soumettre à l'approbation du service".replace("'", "&#x27;") in page
    assert 'name="action-publish"' not in page


@pytest.mark.parametrize("who", ["recipient", "head"])
def test_art_2_3_the_responsable_or_the_head_of_the_service_approves(people, guide, who):
    submit(guide, people, title="Relu")
    user = getattr(people, who)

    page = screen(user).get(editor(guide)).content.decode()
    assert "Approuver" in page
    assert "Demander une correction" in page
    assert page.index("Approuver") < page.index("Enregistrer le brouillon")
    home = screen(user).get(reverse("wagtailadmin_home")).content.decode()
    assert editor(guide) in home

    decide(guide, user)
    assert citizens_read(guide) == "Relu"
    # Once nothing waits, the page is closed to who does not write.
    assert screen(user).get(editor(guide)).status_code == 302


def test_art_2_3_another_service_sees_nothing_of_what_waits(people, guide):
    submit(guide, people, title="Relu")
    assert screen(people.other).get(editor(guide)).status_code == 302
    assert editor(guide) not in screen(people.other).get(reverse("wagtailadmin_home")).content.decode()


def test_art_2_3_a_part_of_a_guide_is_approved_like_the_guide(people, guide):
    part = GuidePartPageFactory(parent=guide, title="La clôture", slug="cloture")
    form = nested_form_data(
        {
            "title": "La clôture, corrigée",
            "slug": "cloture",
            "body": streamfield([("heading", "Hauteur")]),
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000},
        }
    )
    screen(people.writer).post(editor(part), {**form, "action-publish": "1"})
    part.refresh_from_db()
    assert part.title == "La clôture"

    screen(people.writer).post(editor(part), {**form, "action-submit": "1"})
    decide(part, people.recipient)
    part.refresh_from_db()
    assert part.title == "La clôture, corrigée"


def test_art_2_3_an_incomplete_guide_is_not_submitted(people, guide):
    answer = submit(guide, people, cost=rich_text("<p> </p>"))
    assert list(answer.context["form"].errors) == ["cost"]
    assert not WorkflowState.objects.exists()


def test_art_2_3_while_it_waits_only_the_service_may_change_the_words(people, guide):
    submit(guide, people, title="Relu")
    screen(people.writer).post(editor(guide), form_of(guide, title="Autre chose"))
    assert draft(guide) == "Relu"

    screen(people.recipient).post(editor(guide), form_of(guide, title="Relu et précisé"))
    decide(guide, people.recipient)
    assert citizens_read(guide) == "Relu et précisé"


def test_art_2_3_who_submitted_may_take_it_back(people, guide):
    submit(guide, people, title="Trop tôt")
    page = screen(people.writer).get(editor(guide)).content.decode()
    assert "Retirer de l&#x27;approbation" in page
    screen(people.writer).post(editor(guide), {**form_of(guide), "action-cancel-workflow": "1"})
    assert not guide.workflow_in_progress
    assert citizens_read(guide) == "Permis de piscine"


def test_art_2_3_a_service_that_nobody_answers_for_is_replaced_by_the_citizen_service(people, guide):
    Employee.objects.filter(user__in=[people.recipient, people.head]).update(is_active=False)
    submit(guide, people, title="Relu")
    decide(guide, people.recipient)
    decide(guide, people.other)
    assert citizens_read(guide) == "Permis de piscine"

    assert list(Email.objects.values_list("to", flat=True)) == [["citoyens@ville.example"]]
    decide(guide, people.technician)
    assert citizens_read(guide) == "Relu"


def test_art_2_3_a_responsable_whose_designation_ended_approves_no_more(people, guide, urbanism):
    Designation.objects.filter(department=urbanism).update(
        effective_from=timezone.localdate() - timedelta(days=30),
        effective_until=timezone.localdate() - timedelta(days=1),
    )
    submit(guide, people, title="Relu")
    decide(guide, people.recipient)
    assert citizens_read(guide) == "Permis de piscine"


def test_art_2_3_a_draft_that_changes_service_is_approved_by_the_new_one(people, guide):
    leisure = people.other.employee.department
    submit(guide, people, title="Relu", department=leisure.pk)
    decide(guide, people.recipient)
    assert citizens_read(guide) == "Permis de piscine"
    decide(guide, people.other)
    assert citizens_read(guide) == "Relu"


def test_art_2_3_mails_say_what_waits_what_is_to_correct_and_what_is_live(people, guide):
    """One mail a gesture, from the outbox, in the town's words, and none of Wagtail's."""
    submit(guide, people, title="Relu")
    asked = Email.objects.get()
    assert asked.to == ["urbanisme@ville.example"]
    assert asked.subject == "À approuver : Relu"
    assert editor(guide) in asked.message
    assert "Camille" in asked.message

    decide(guide, people.recipient, "reject", comment="La hauteur est de 1,2 m.")
    back = Email.objects.exclude(pk=asked.pk).get()
    assert back.to == ["comm@ville.example"]
    assert back.subject == "À corriger : Relu"
    assert "La hauteur est de 1,2 m." in back.message
    assert citizens_read(guide) == "Permis de piscine"

    submit(guide, people, title="Relu, 1,2 m")
    decide(guide, people.recipient)
    last = Email.objects.latest("pk")
    assert (last.to, last.subject) == (["comm@ville.example"], "Publiée : Relu, 1,2 m")
    assert guide.url_path.rsplit("/", 2)[1] in last.message
    assert Email.objects.count() == 4


def test_a_town_that_asks_no_approval_publishes_as_before(people, guide, town):
    TownSettings.objects.update(guides_are_approved=False)
    screen(people.writer).post(editor(guide), {**form_of(guide, title="Publié"), "action-publish": "1"})
    assert citizens_read(guide) == "Publié"
    page = screen(people.writer).get(editor(guide)).content.decode()
    assert 'name="action-publish"' in page
    assert "approbation du service" not in page


def test_the_approval_is_made_once(people):
    ensure_roles()
    assert ServiceApproval.objects.count() == 1


def test_who_answers_for_the_guide_and_writes_pages_publishes_it_himself(people, guide, urbanism):
    both = people.recipient
    both.groups.add(people.writer.groups.get())
    screen(both).post(editor(guide), {**form_of(guide, title="Du service"), "action-publish": "1"})
    assert citizens_read(guide) == "Du service"
