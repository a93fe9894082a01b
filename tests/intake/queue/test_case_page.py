"""One file on one page: everything a person needs, nothing he may not read."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from post_office.models import STATUS

from intake.models import AccessRecord
from intake.policy.roles import Role
from intake.policy.vocabulary import Kind
from intake.process import Completion, GivenAnswer, complete, reopen, route, wait
from intake.process.due_reminders import remind_due
from tests.factories import (
    TECHNICIAN,
    DesignationFactory,
    NatureFactory,
    QuestionFactory,
    a_case,
    a_contact,
    town_time,
    user_with,
)
from tests.intake.queue.steps import closed, completed, received, routed, taken, waiting, words

pytestmark = pytest.mark.django_db
# Art. 4.1 and 2.3: until it is completed.
AT_ANY_OPEN_STEP = ("reclassify", "supply", "withdraw", "flag", "note", "correct")
AT_WORK = ("complete", "assign", *AT_ANY_OPEN_STEP)


def page(client, case):
    return client.get(reverse("intake_queue:case", args=[case.reference]))


def test_page_when_opened_shows_what_was_asked_with_the_words_of_then(enter, technician, nature):
    question = QuestionFactory(nature=nature, label="Taille approximative?")
    answer = GivenAnswer(question.key, question.label, "short_text", "un ballon", "un ballon", question.pk)
    case = received(nature, answers=(answer,))
    question.label, nature.name = "Autre question?", "Autre nature"
    question.save()
    nature.save()

    text = words(page(enter(technician), case))

    for expected in (
        case.reference,
        "Nid-de-poule",
        "Taille approximative? un ballon",
        "Un grand trou devant le 1234, rue des Exemples",
        "Marie Tremblay",
        "450 555-0123",
        "1234, rue des Exemples, Val-des-Érables J0R 1T0",
        "Version 1",
    ):
        assert expected in text


def test_page_of_a_new_file_when_opened_proposes_what_the_grid_says(enter, technician, recipient, nature):
    text = words(page(enter(technician), received(nature)))

    assert f"La grille propose Service Travaux publics Responsable {recipient.employee}, poste 2201" in text
    assert f"Confier à {recipient.employee}" in text


def test_page_of_a_new_file_when_nobody_is_designated_warns(enter, technician, nature):
    text = words(page(enter(technician), received(nature)))

    assert "Le service Travaux publics n'a pas de Responsable désigné en ce moment." in text
    assert "Confier à " not in text


def test_page_when_opened_says_what_may_be_done_by_me_and_why_not_the_rest(enter, technician, recipient, nature):
    case = completed(nature)

    mine, theirs = page(enter(recipient), case), page(enter(technician), case)

    assert [offer.gesture.verb.value for offer in theirs.context["offers"] if offer.form] == [
        "close",
        "reopen",
        "note",
        "correct",
    ]
    assert [offer.gesture.verb.value for offer in mine.context["offers"] if offer.form] == ["note"]
    assert "Fermer – Seul peut le faire : le Technicien du Service aux citoyens (art. 4.1)." in words(mine)
    assert "Prendre en charge – Cette action n'est pas possible à cette étape du dossier." in words(mine)


@pytest.mark.parametrize(
    ("step", "verbs"),
    [
        (received, {"route", "classify", "merge", "out_of_scope", *AT_ANY_OPEN_STEP}),
        (routed, {"take", "plan", "wait", "classify", "merge", "out_of_scope", *AT_WORK}),
        (taken, {"plan", "wait", *AT_WORK}),
        (waiting, {"resume", *AT_WORK}),
        (completed, {"close", "reopen", "note", "correct"}),
        (closed, {"reopen", "note", "correct"}),
    ],
)
def test_technician_at_each_step_may_do_what_the_policy_says(enter, technician, recipient, nature, step, verbs):
    offers = page(enter(technician), step(nature)).context["offers"]

    assert {offer.gesture.verb.value for offer in offers if offer.form} == verbs


def test_history_when_read_begins_with_the_newest_and_keeps_the_internal_apart(enter, technician, recipient, nature):
    case = completed(nature, public_message="Le trou est bouché. Merci!")
    reopen(pk=case.pk, reason="Il s'est rouvert.", by=TECHNICIAN, now=timezone.now())

    response = page(enter(technician), case)
    entries, text = response.context["entries"], words(response)

    assert [entry.event.verb for entry in entries] == ["reopen", "complete", "take", "route", "receive"]
    assert "Note interne, jamais lue par le citoyen Trou bouché avec de l'asphalte froid." in text
    assert "Le citoyen lit ceci Le trou est bouché. Merci!" in text
    assert "Intervention 238, effectuée le" in text
    assert "poste 2201" in text
    assert f"Responsable : {recipient.employee}" in text
    assert "Canal : Site web" in text


def test_messages_when_listed_show_how_each_fared_and_never_a_tracking_code(enter, technician, recipient, nature):
    case = completed(nature, public_message="C'est réparé.")
    acknowledgement = case.messages.get(code="T1")
    acknowledgement.mail.status = STATUS.sent
    acknowledgement.mail.save()
    failed = case.messages.get(code="R1").mail
    failed.status = STATUS.failed
    failed.save()

    response = page(enter(technician), case)
    shown = {sent.message.code: sent for sent in response.context["messages_sent"]}

    assert {code: str(sent.state) for code, sent in shown.items()} == {
        "T1": "Envoyé",
        "R1": "Échec : ce courriel n'est pas parti",
        "T2": "En file d'envoi",
        "T5": "En file d'envoi",
    }
    assert "C'est réparé." in shown["T5"].body
    code = re.search(r"\b\w{4}-\w{4}-\w{4}\b", acknowledgement.mail.message).group()
    assert code not in response.content.decode()
    assert shown["T1"].body == ""


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (Kind.REQUEST, "T1"),
        (Kind.INQUIRY, "T1B"),
        (Kind.COMPLAINT, "T9"),
        (Kind.CLAIM, "T12"),
        (Kind.ACCESS_REQUEST, "T13"),
    ],
)
def test_acknowledgement_of_each_kind_when_listed_hides_its_text(enter, technician, kind, code):
    case = received(kind=kind)

    shown = page(enter(technician), case).context["messages_sent"]

    assert [sent.body for sent in shown if sent.message.code == code] == [""]


def test_page_when_the_history_is_long_asks_the_same_number_of_questions(enter, technician, recipient, nature):
    client = enter(technician)
    short, long = received(nature), completed(nature)
    for _ in range(5):
        reopen(pk=long.pk, reason="Encore.", by=TECHNICIAN, now=timezone.now())
        long = completed_again(long)
    page(client, short)

    counts = []
    for case in (completed(nature), long):
        with CaptureQueriesContext(connection) as queries:
            page(client, case)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 30


def completed_again(case):
    done = Completion(done_on=timezone.localdate(), phone_extension="2201", internal_note="Refait.")
    return complete(pk=case.pk, completion=done, by=TECHNICIAN, now=timezone.now())


def test_file_without_identity_when_opened_says_so(enter, technician, nature):
    assert "Demande reçue sans identité." in words(page(enter(technician), received(nature, contact=None)))


def test_file_without_email_when_opened_says_how_to_reach_the_person(enter, technician, nature):
    client = enter(technician)

    by_post = words(page(client, received(nature, contact=a_contact(email=""))))
    by_telephone = words(page(client, received(nature, contact=a_contact(email="", address=""))))

    assert "Aucun : ses messages sont des lettres à poster." in by_post
    assert "Ni courriel ni adresse : à joindre par téléphone." in by_telephone


def test_unseen_file_when_opened_is_missing_and_the_attempt_on_a_confidential_one_is_written(enter, recipient):
    complaint, elsewhere = received(kind=Kind.COMPLAINT), received(NatureFactory())
    client = enter(recipient)

    assert page(client, complaint).status_code == 404
    assert page(client, elsewhere).status_code == 404
    assert client.get("/admin/demandes/2019-0005/").status_code == 404
    traces = AccessRecord.objects.values_list("case__reference", "user__username", "what", "allowed")
    assert list(traces) == [(complaint.reference, "responsable", "case", False)]


def test_confidential_file_when_opened_leaves_a_trace_and_says_so(enter, town):
    director = user_with(Role.DIRECTOR, username="direction")
    complaint = received(kind=Kind.COMPLAINT)

    response = page(enter(director), complaint)

    assert "Dossier confidentiel : votre consultation est inscrite" in words(response)
    traces = AccessRecord.objects.values_list("case__reference", "user__username", "what", "allowed")
    assert list(traces) == [(complaint.reference, "direction", "case", True)]


def test_request_when_opened_leaves_no_trace(enter, technician, nature):
    page(enter(technician), received(nature))

    assert not AccessRecord.objects.exists()


def test_words_of_a_citizen_when_shown_are_never_markup(enter, technician, nature):
    case = received(nature, facts="<script>alert(1)</script>\nligne 2", contact=a_contact(last_name="<b>T</b>"))

    html = page(enter(technician), case).content.decode()

    assert "<script>alert(1)" not in html
    assert "<b>T</b>" not in html
    assert "ligne 2" in html


def test_address_of_a_gesture_when_opened_leads_to_its_form(enter, technician, recipient, nature):
    case = taken(nature)
    client = enter(technician)

    response = client.get(reverse("intake_queue:gesture", args=[case.reference, "wait"]))

    assert response.url.endswith(f"/{case.reference}/?geste=wait#wait")
    assert '<details class="guichet-action" id="wait" open>' in client.get(response.url).content.decode()
    assert client.get(reverse("intake_queue:gesture", args=[case.reference, "receive"])).status_code == 404
    assert client.get(reverse("intake_queue:gesture", args=[case.reference, "rien"])).status_code == 404


def test_a_stopped_clock_is_said_in_words_with_the_day_it_stopped(enter, technician, works, nature):
    DesignationFactory(department=works)
    case = taken(nature)
    wait(pk=case.pk, reason="citizen", note="Quel côté?", by=TECHNICIAN, now=town_time("2026-06-01 10:00"))

    shown = words(page(enter(technician), case))

    assert "Arrêtée depuis le 1er juin 2026 : la Ville attend la réponse du citoyen." in shown


def test_what_was_said_of_the_due_day_is_on_the_page(enter, technician, works, nature):
    DesignationFactory(department=works)
    case = route(
        pk=a_case(nature, now=town_time("2026-06-01 10:00")).pk, by=TECHNICIAN, now=town_time("2026-06-01 10:00")
    )
    remind_due(now=town_time("2026-07-02 08:00"))

    shown = words(page(enter(technician), case))

    assert "Rappel au Responsable : l'échéance est passée, le 2 juillet 2026." in shown
