"""Art. 4.5, « l'exécution » (matrix, denial 8): whoever executes sees the place and the work, never who asks."""

import pytest
from django.contrib.auth import get_user_model
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from intake.models import Case, Investigator, actor_for
from intake.policy.roles import Role
from intake.policy.vocabulary import Kind
from intake.process import assign, note, supply, take, withdraw
from intake.queue.desk import desk_for
from intake.queue.listing import read_listing
from tests.factories import TECHNICIAN, DepartmentFactory, EmployeeFactory, NatureFactory, user_with
from tests.intake.queue.steps import received, routed, words
from tests.intake.queue.test_attachments import attach

pytestmark = pytest.mark.django_db

FACTS = "Marie Tremblay ici : un arbre penche, appelez-moi au 450 555-0123."
TOLD = ("Tremblay", "Marie", "marie@", "555-0123")


@pytest.fixture
def executor(roles, works):
    user = user_with(Role.EXECUTOR, username="executante")
    EmployeeFactory(department=works, user=user, first_name="Danielle", last_name="Ouellet")
    return user


@pytest.fixture
def work(recipient, nature, executor) -> Case:
    """A request given to the executor, with everything a citizen and staff may have written in it."""
    case = routed(nature, facts=FACTS)
    attach(case, name="marie-tremblay.jpg")
    now = timezone.now()
    assign(pk=case.pk, executor=executor.employee, by=TECHNICIAN, now=now)
    supply(pk=case.pk, text="Je suis Marie Tremblay au 450 555-0123, derrière la haie.", by=TECHNICIAN, now=now)
    note(pk=case.pk, internal_note="Mme TREMBLAY attend un retour.", by=TECHNICIAN, now=now)
    return case


def page(client, case) -> str:
    return words(client.get(reverse("intake_queue:case", args=[case.reference])))


def again(user):
    """The account as the next request reads it."""
    return get_user_model().objects.get(pk=user.pk)


def name_to_another(user) -> None:
    Investigator.objects.create(case=received(kind=Kind.COMPLAINT), user=user, named_at=timezone.now())


@pytest.mark.parametrize("named", [False, True], ids=["", "named to an investigation"])
def test_art_4_5_the_executor_reads_the_place_and_the_work_never_who_asks(enter, executor, work, named):
    if named:
        name_to_another(executor)
    withdraw(pk=work.pk, asked_by="Marie Tremblay, au téléphone", by=TECHNICIAN, now=timezone.now())
    client = enter(again(executor))
    said = page(client, work)
    assert [told for told in TOLD if told.casefold() in said.casefold()] == []
    for kept in ("un arbre penche", "derrière la haie", work.location, "Demandé par : le citoyen", "attend un retour"):
        assert kept in said
    file = client.get(reverse("intake_queue:attachment", args=[work.reference, work.attachments.get().pk]))
    assert "tremblay" not in file.headers["Content-Disposition"]


def test_art_4_5_what_changed_meanwhile_does_not_tell_the_executor_who_asks(enter, executor, work):
    work.refresh_from_db()
    seen = work.version
    supply(pk=work.pk, text="Marie Tremblay : c'est tombé.", by=TECHNICIAN, now=timezone.now())
    address = reverse("intake_queue:gesture", args=[work.reference, "take"])
    response = enter(executor).post(address, {"seen_version": seen})
    assert response.status_code == 409
    assert "c'est tombé" in words(response)
    assert "Tremblay" not in words(response)


def test_art_4_5_who_asks_is_read_in_the_files_of_the_service_and_not_in_those_given_by_another(
    enter, recipient, work, nature
):
    """A Responsable who executes for another service, and investigates besides."""
    other = DepartmentFactory(code="URB")
    theirs = user_with(Role.RECIPIENT, Role.EXECUTOR, username="urbanisme", department=other)
    own = take(pk=routed(NatureFactory(department=other)).pk, by=TECHNICIAN, now=timezone.now())
    Case.objects.filter(pk=work.pk).update(executor=theirs.employee)
    name_to_another(theirs)
    client = enter(again(theirs))

    assert "Tremblay" in page(client, own)
    assert "Tremblay" not in page(client, work)
    rows = words(client.get(reverse("demandes_modeladmin_index")))
    assert rows.count("Marie Tremblay") == 1
    assert "Non montré" in rows
    listing = read_listing(desk_for(again(theirs)), QueryDict("q=marie@exemple.example"))
    assert list(listing.rows) == [own]
    by_name = read_listing(desk_for(again(theirs)), QueryDict("tri=demandeur"))
    assert {case.pk for case in by_name.rows} == {own.pk, work.pk}


def test_art_4_5_the_responsable_of_the_service_reads_who_asks_as_before(enter, recipient, work):
    said = page(enter(recipient), work)
    assert "Marie Tremblay" in said
    assert "Je suis Marie Tremblay au 450 555-0123, derrière la haie." in said


def test_art_4_5_the_text_of_a_message_is_never_filled_with_a_file_whose_author_is_hidden(executor, work):
    actor = actor_for(executor)
    assert work in Case.objects.visible_to_actor(actor)
    assert not read_listing(desk_for(executor), QueryDict("q=marie@exemple.example")).rows.exists()
