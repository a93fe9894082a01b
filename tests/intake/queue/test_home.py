"""The first panel of the home: what waits, with links, and what is out of order, in red."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_q.models import Task
from django_q.status import Stat
from post_office.models import STATUS, Email

from intake.policy.roles import Role
from intake.policy.vocabulary import Kind
from intake.queue.desk import desk_for
from intake.queue.home import figures, outbox_troubles
from tests.factories import NatureFactory, user_with
from tests.intake.queue.steps import completed, received, routed, taken, words

pytestmark = pytest.mark.django_db


def counts(user) -> dict[str, int]:
    return {str(figure.words): figure.number for figure in figures(desk_for(user))}


def worker_did_something(ago: timedelta) -> None:
    moment = timezone.now() - ago
    Task.objects.create(id="a" * 32, name="x", func="x", started=moment, stopped=moment, success=True)


def test_panel_of_the_technician_counts_what_waits_with_links_that_show_it(enter, technician, recipient, nature):
    unclassified = received(nature)
    unclassified.nature = None
    unclassified.save()
    received(nature)
    taken(nature, days=60)
    completed(nature)
    received()

    assert counts(technician) == {
        "à traiter": 5,
        "à classer": 1,
        "à confier": 1,
        "à fermer": 1,
        "en retard": 1,
        "sans Responsable": 1,
    }
    client = enter(technician)
    assert "Demandes 5 à traiter" in words(client.get("/admin/"))
    for figure in figures(desk_for(technician)):
        assert client.get(figure.url).context["paginator"].count == figure.number, figure.words


def test_panel_of_the_recipient_counts_his_own_service(recipient, nature):
    routed(nature)
    received(NatureFactory())

    assert counts(recipient) == {"à traiter": 1, "à prendre en charge": 1}


def test_panel_of_the_director_and_the_clerk_count_what_is_theirs(town):
    received(kind=Kind.COMPLAINT)
    received(kind=Kind.CLAIM)

    assert counts(user_with(Role.DIRECTOR)) == {"à traiter": 1, "à examiner": 1}
    assert counts(user_with(Role.CLERK)) == {"à traiter": 1, "à examiner": 1}


@pytest.mark.parametrize("role", [Role.COMMUNICATIONS, Role.COUNCIL, Role.EXPERIENCE, Role.ADMINISTRATOR])
def test_panel_when_the_role_sees_no_file_is_absent(enter, technician, nature, role):
    received(nature)

    assert "à traiter" not in words(enter(user_with(role)).get("/admin/"))


def test_service_without_recipient_when_it_offers_natures_is_named(enter, technician, nature):
    text = words(enter(technician).get("/admin/"))

    assert "Aucun Responsable désigné aujourd'hui pour : Travaux publics." in text


def test_service_with_its_recipient_when_the_home_is_read_is_not_named(enter, technician, recipient, nature):
    assert "Aucun Responsable désigné" not in words(enter(technician).get("/admin/"))


def test_recipient_when_the_mail_fails_is_not_troubled_with_it(enter, recipient, nature):
    Email.objects.create(from_email="a@b.example", to="c@d.example", status=STATUS.failed)

    assert "courriel n'est pas parti" not in words(enter(recipient).get("/admin/"))


def test_outbox_when_all_is_well_says_nothing(db):
    worker_did_something(timedelta(minutes=1))
    Email.objects.create(from_email="a@b.example", to="c@d.example", status=STATUS.sent)

    assert outbox_troubles(timezone.now()) == []


def test_outbox_when_mails_failed_or_wait_or_the_worker_is_silent_says_which(enter, technician):
    worker_did_something(timedelta(minutes=42))
    Email.objects.create(from_email="a@b.example", to="c@d.example", status=STATUS.failed)
    late = Email.objects.create(from_email="a@b.example", to="c@d.example", status=STATUS.queued)
    Email.objects.filter(pk=late.pk).update(created=timezone.now() - timedelta(hours=2))

    text = words(enter(technician).get("/admin/"))

    assert "1 courriel n'est pas parti." in text
    assert "1 courriel attend depuis plus de 15 minutes." in text
    assert "Le service d'envoi ne travaille plus depuis 42 minutes." in text


def test_town_that_has_just_started_is_not_alarmed(db):
    Email.objects.create(from_email="a@b.example", to="c@d.example", status=STATUS.queued)

    assert outbox_troubles(timezone.now()) == []


def test_worker_when_it_never_worked_and_a_mail_waits_is_asked_after(db):
    mail = Email.objects.create(from_email="a@b.example", to="c@d.example", status=STATUS.queued)
    Email.objects.filter(pk=mail.pk).update(created=timezone.now() - timedelta(minutes=11))

    assert outbox_troubles(timezone.now()) == ["Le service d'envoi n'a encore rien fait. Est-il démarré?"]


def test_worker_when_it_has_just_started_again_is_not_blamed_for_the_night(db, monkeypatch):
    worker_did_something(timedelta(hours=9))
    assert outbox_troubles(timezone.now()) == ["Le service d'envoi ne travaille plus depuis 540 minutes."]

    monkeypatch.setattr(Stat, "get_all", staticmethod(lambda broker=None: ["one"]))

    assert outbox_troubles(timezone.now()) == []


@pytest.mark.parametrize(
    ("field", "words_of_it"),
    [
        ("email", "personne n'est avisé des dossiers qui arrivent"),
        ("clerk_email", "l'avis d'une réclamation ou d'une demande d'accès va au Service aux citoyens"),
        ("director_email", "personne n'est avisé d'une plainte."),
        ("general_director_email", "personne n'est avisé d'une plainte qui vise la direction"),
    ],
)
def test_an_address_of_the_town_that_is_missing_is_said_with_what_it_costs(
    enter, technician, recipient, town, field, words_of_it
):
    assert words_of_it not in words(enter(technician).get("/admin/"))
    setattr(town, field, "")
    town.save()
    assert words_of_it in words(enter(technician).get("/admin/"))
    assert words_of_it not in words(enter(recipient).get("/admin/"))


def test_art_4_1_without_the_address_of_the_clerk_the_citizen_service_hears_of_a_claim(town):
    town.clerk_email = ""
    town.save()
    claim = received(kind=Kind.CLAIM)
    assert [message.recipient for message in claim.messages.filter(audience="staff")] == [town.email]
