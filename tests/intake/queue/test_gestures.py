"""Acting on a file from its page: one verb a gesture, previewed when the citizen reads it, nothing typed is lost."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from intake.models import Case, CaseEvent, CaseMessage
from intake.policy.roles import Role
from intake.policy.vocabulary import Kind
from intake.process import close, take
from snippets.models import TownSettings
from tests.factories import TECHNICIAN, DesignationFactory, NatureFactory, a_contact, user_with
from tests.intake.queue.steps import closed, completed, received, routed, taken, waiting, words

pytestmark = pytest.mark.django_db


def send(client, case, verb: str, **data):
    address = reverse("intake_queue:gesture", args=[case.reference, verb])
    return client.post(address, {"seen_version": case.version, **data})


def completion(**changes) -> dict:
    return {
        "code": "238",
        "done_on": timezone.localdate().isoformat(),
        "phone_extension": "2201",
        "internal_note": "Trou bouché.",
        "public_message": "Nos équipes ont fait le nécessaire.",
        **changes,
    }


def fresh(case) -> Case:
    return Case.objects.get(pk=case.pk)


def test_route_when_confirmed_in_one_gesture_gives_the_file_to_the_recipient(enter, technician, recipient, nature):
    case = received(nature)

    response = send(enter(technician), case, "route")

    assert response.url == reverse("intake_queue:case", args=[case.reference])
    assert fresh(case).status == "routed"
    assert fresh(case).designation.employee == recipient.employee
    event = case.events.last()
    assert (event.verb, event.by, event.by_label) == ("route", technician, "technicienne")


def test_route_with_another_nature_when_sent_classifies_first(enter, technician, recipient, nature):
    case, other = received(NatureFactory()), nature

    send(enter(technician), case, "route", nature=other.pk, internal_note="À voir sur place.")

    assert [event.verb for event in case.events.all()] == ["receive", "classify", "route"]
    assert fresh(case).nature == other
    assert case.events.last().internal_note == "À voir sur place."


def test_route_when_nobody_is_designated_stays_with_the_technician_and_says_why(enter, technician, nature):
    case = received(nature)

    response = send(enter(technician), case, "route", internal_note="Ma note.")

    assert response.status_code == 422
    assert "Le service Travaux publics n'a pas de Responsable désigné" in words(response)
    assert "Ma note." in response.content.decode()
    assert fresh(case).status == "received"


def test_classify_when_sent_changes_the_service_and_the_due_day(enter, technician, nature):
    case = received(NatureFactory(target_working_days=50))

    send(enter(technician), case, "classify", nature=nature.pk)

    assert (fresh(case).nature, fresh(case).department) == (nature, nature.department)
    assert fresh(case).due_on < case.due_on


@pytest.mark.parametrize("value", ["", "999999", "abc"])
def test_classify_without_a_nature_when_sent_is_refused_beside_the_field(enter, technician, nature, value):
    response = send(enter(technician), received(nature), "classify", nature=value)

    assert response.status_code == 422
    assert response.context["offers"]
    assert "guichet-field--error" in response.content.decode()


def test_take_when_sent_by_the_recipient_puts_it_in_progress(enter, recipient, nature):
    case = routed(nature)

    send(enter(recipient), case, "take")

    assert fresh(case).status == "in_progress"
    assert case.events.last().by_label == str(recipient.employee)


def test_complete_when_previewed_then_validated_sends_the_very_same_text(enter, recipient, nature):
    case = taken(nature)
    client = enter(recipient)

    preview = send(client, case, "complete", **completion())
    before = fresh(case)
    events, messages = CaseEvent.objects.count(), CaseMessage.objects.count()
    shown = preview.context["letter"]
    done = send(client, case, "complete", etape="valider", **completion())

    assert preview.status_code == 200
    assert (before.status, before.version) == (case.status, case.version)
    assert "Nos équipes ont fait le nécessaire." in words(preview)
    assert "Trou bouché." not in shown.body
    assert done.status_code == 302
    assert (CaseEvent.objects.count(), CaseMessage.objects.count()) == (events + 1, messages + 1)
    sent = fresh(case).messages.get(code="T5").mail
    assert (sent.subject, sent.message) == (shown.subject, shown.body)
    intervention = fresh(case).interventions.get()
    assert (intervention.code_id, intervention.phone_extension) == ("238", "2201")
    assert fresh(case).status == "completed"


@pytest.mark.parametrize("verb", ["complete", "answer"])
def test_art_3_given_a_word_to_the_citizen_when_previewed_then_greeting_and_closing_surround_it(
    enter, technician, recipient, nature, verb
):
    word = "Le nid-de-poule est réparé.\n\nMerci de votre patience."
    town = TownSettings.load()
    if verb == "complete":
        case = taken(nature)
        preview = send(enter(recipient), case, verb, **completion(public_message=word))
    else:
        case = received(kind=Kind.INQUIRY)
        preview = send(enter(technician), case, verb, public_message=word)

    before, met, after = preview.context["letter"].body.partition(word)
    assert met
    assert before.startswith(f"Bonjour {case.requester.full_name},")
    assert after.rstrip().endswith(town.signature)
    assert "Bien cordialement," in after
    shown = words(preview)
    assert shown.index(f"Bonjour {case.requester.full_name}") < shown.index("Le nid-de-poule est réparé.")
    assert shown.index("Merci de votre patience.") < shown.index("Bien cordialement,")


def test_complete_without_a_word_when_previewed_shows_the_default_word(enter, recipient, nature):
    preview = send(enter(recipient), taken(nature), "complete", **completion(public_message=""))

    assert "Notre équipe a fait le nécessaire le" in words(preview)


def test_complete_when_the_citizen_has_no_email_shows_the_letter_that_will_be_posted(
    enter, technician, nature, recipient
):
    case = received(nature, contact=a_contact(email=""))
    client = enter(technician)
    send(client, case, "route")

    preview = send(client, fresh(case), "complete", **completion())
    assert fresh(case).letters.filter(code="T5").count() == 0
    send(client, fresh(case), "complete", etape="valider", **completion())

    shown, letter = preview.context["letter"], fresh(case).letters.get(code="T5")
    assert (shown.subject, shown.body) == (letter.subject, letter.body)
    assert "Cette lettre sera à poster dès que vous validerez" in words(preview)
    assert "Marie Tremblay, 1234, rue des Exemples, Val-des-Érables (Québec)" in words(preview)


def test_complete_when_the_citizen_has_no_address_says_that_no_mail_leaves(enter, technician, recipient, nature):
    case = received(nature, contact=a_contact(email="", address=""))
    client = enter(technician)
    send(client, case, "route")
    case = fresh(case)

    preview = send(client, case, "complete", **completion())

    assert preview.context["letter"] is None
    assert "Aucun courriel ne partira" in words(preview)
    assert "Nos équipes ont fait le nécessaire." in words(preview)


def test_complete_when_modified_after_the_preview_keeps_what_was_typed(enter, recipient, nature):
    case = taken(nature)

    response = send(enter(recipient), case, "complete", etape="modifier", **completion(internal_note="Texte à moi."))

    assert "Texte à moi." in response.content.decode()
    assert '<details class="guichet-action" id="complete" open>' in response.content.decode()
    assert fresh(case).status == "in_progress"


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("code", "999", "Choisissez un code de la liste. Le code 238, « Demande complétée », complète la requête."),
        ("code", "", "Entrez le code 238, « Demande complétée »."),
        ("done_on", "", "Indiquez la date à laquelle le travail a été fait."),
        ("done_on", (timezone.localdate() + timedelta(days=2)).isoformat(), "La date ne peut pas être dans le futur."),
        ("done_on", "hier", "Saisissez une date valide."),
        ("phone_extension", " ", "Indiquez votre numéro de poste."),
        ("phone_extension", "12345678", "6"),
        ("internal_note", "", "Écrivez une note interne"),
        ("public_message", "x" * 10_001, "10000"),
        ("internal_note", "a\x00b", "nul"),
    ],
)
@pytest.mark.parametrize("step", ["apercu", "valider"])
def test_complete_when_something_is_wrong_says_it_beside_the_field_and_loses_nothing(
    enter, recipient, nature, field, value, message, step
):
    case = taken(nature)
    typed = completion(planned_on="2026-01-05", public_message="Mon mot au citoyen.") | {field: value}

    response = send(enter(recipient), case, "complete", etape=step, **typed)

    assert response.status_code == 422
    form = next(offer.form for offer in response.context["offers"] if offer.form and offer.form.is_bound)
    assert any(message in error for error in form.errors[field])
    if field != "public_message":
        assert "Mon mot au citoyen." in response.content.decode()
    assert fresh(case).status == "in_progress"
    assert not fresh(case).interventions.exists()


def test_complete_form_when_opened_holds_the_code_and_the_extension_of_the_person(enter, recipient, nature):
    case = taken(nature)

    html = enter(recipient).get(reverse("intake_queue:gesture", args=[case.reference, "complete"]), follow=True)
    form = next(offer.form for offer in html.context["offers"] if offer.gesture.verb.value == "complete")

    assert form["code"].value() == "238"
    assert form["phone_extension"].value() == recipient.employee.phone_extension
    assert 'spellcheck="true"' in str(form["public_message"])


def test_wait_for_the_citizen_when_previewed_shows_his_question_then_stops_the_clock(enter, recipient, nature):
    case = taken(nature)
    client = enter(recipient)
    data = {"reason": "citizen", "note": "De quelle couleur est le bac?"}

    preview = send(client, case, "wait", **data)
    send(client, case, "wait", etape="valider", **data)

    assert "De quelle couleur est le bac?" in preview.context["letter"].body
    assert fresh(case).clock_stopped_on == timezone.localdate()
    assert fresh(case).messages.get(code="T3").mail.message == preview.context["letter"].body


def test_wait_for_material_when_previewed_says_that_no_mail_leaves(enter, recipient, nature):
    case = taken(nature)
    tomorrow = timezone.localdate() + timedelta(days=1)
    client = enter(recipient)
    data = {"reason": "material", "note": "Pièce commandée.", "next_action_on": tomorrow.isoformat()}

    preview = send(client, case, "wait", **data)
    send(client, case, "wait", etape="valider", **data)

    assert "Aucun courriel ne partira" in words(preview)
    assert (fresh(case).waiting_reason_id, fresh(case).next_action_on) == ("material", tomorrow)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({}, "reason"),
        ({"reason": "ailleurs"}, "reason"),
        ({"reason": "citizen"}, "note"),
        ({"reason": "weather", "next_action_on": "2020-01-01"}, "next_action_on"),
    ],
)
def test_wait_when_something_is_missing_is_refused_beside_the_field(enter, recipient, nature, data, field):
    response = send(enter(recipient), taken(nature), "wait", **data)

    form = next(offer.form for offer in response.context["offers"] if offer.form and offer.form.is_bound)
    assert response.status_code == 422
    assert field in form.errors


def test_resume_when_sent_takes_the_file_up_again(enter, recipient, nature):
    case = waiting(nature)

    send(enter(recipient), case, "resume", internal_note="Il a répondu.")

    assert fresh(case).status == "in_progress"


def test_answer_when_previewed_then_validated_closes_the_inquiry(enter, technician):
    case = received(kind=Kind.INQUIRY)
    client = enter(technician)

    preview = send(client, case, "answer", public_message="Le bureau ouvre à 8 h 30.")
    send(client, case, "answer", etape="valider", public_message="Le bureau ouvre à 8 h 30.")

    assert "Le bureau ouvre à 8 h 30." in preview.context["letter"].body
    assert fresh(case).status == "closed"
    assert fresh(case).messages.get(code="T8").mail.message == preview.context["letter"].body


def test_answer_without_words_when_sent_is_refused(enter, technician):
    response = send(enter(technician), received(kind=Kind.INQUIRY), "answer", public_message="  ")

    assert response.status_code == 422
    assert "Écrivez la réponse que le citoyen recevra." in words(response)


def test_close_then_reopen_when_sent_by_the_technician_tells_the_recipient_where_to_read_why(
    enter, technician, recipient, nature
):
    case = completed(nature)
    client = enter(technician)

    send(client, case, "close", internal_note="Orthographe relue.")
    assert fresh(case).status == "closed"
    send(client, fresh(case), "reopen", internal_note="Le trou est revenu.")

    assert fresh(case).status == "in_progress"
    assert "La raison est écrite dans le dossier." in fresh(case).messages.get(code="R3").mail.message


def test_reopen_without_reason_or_too_late_when_sent_is_refused(enter, technician, recipient, nature):
    case = closed(nature)
    client = enter(technician)
    assert send(client, case, "reopen").status_code == 422
    case.closed_at = timezone.now() - timedelta(days=40)
    case.save()

    response = send(client, case, "reopen", internal_note="Tard.")

    assert response.status_code == 422
    assert "fermée depuis plus de 30 jours" in words(response)


def test_gesture_that_another_role_holds_when_sent_is_refused_with_its_article(enter, recipient, nature):
    response = send(enter(recipient), completed(nature), "close", internal_note="Je ferme.")

    assert response.status_code == 422
    assert "Seul peut le faire : le Technicien du Service aux citoyens (art. 4.1)." in words(response)
    assert "Ce que vous aviez écrit Cette action n'est plus possible" in words(response)
    assert "Je ferme." in words(response)


def test_two_people_when_both_act_the_second_sees_the_first_and_keeps_his_text(enter, technician, recipient, nature):
    case = routed(nature)
    take(pk=case.pk, by=TECHNICIAN, now=timezone.now(), internal_note="Je m'en occupe.")
    client = enter(recipient)

    response = send(client, case, "complete", etape="valider", **completion(internal_note="Déjà fait mardi."))

    assert response.status_code == 409
    text = words(response)
    assert "Ce qui a changé pendant que vous écriviez Prise en charge" in text
    assert "Je m'en occupe." in text
    assert "Déjà fait mardi." in response.content.decode()
    assert [entry.event.verb for entry in response.context["changed"]] == ["take"]
    assert fresh(case).status == "in_progress"
    again = send(client, fresh(case), "complete", etape="valider", **completion())
    assert again.status_code == 302


def test_second_person_when_the_gesture_is_no_longer_possible_keeps_his_text_to_copy(
    enter, technician, recipient, nature
):
    case = completed(nature)
    close(pk=case.pk, by=TECHNICIAN, now=timezone.now())

    response = send(enter(technician), case, "close", internal_note="Texte long à garder.")

    assert response.status_code == 409
    assert ("Note interne", "Texte long à garder.") in [(str(a), b) for a, b in response.context["kept"]]


def test_double_click_when_validating_acts_once(enter, recipient, nature):
    case = taken(nature)
    client = enter(recipient)

    first = send(client, case, "complete", etape="valider", **completion())
    second = send(client, case, "complete", etape="valider", **completion())

    assert (first.status_code, second.status_code) == (302, 409)
    assert fresh(case).interventions.count() == 1
    assert fresh(case).messages.filter(code="T5").count() == 1


@pytest.mark.parametrize("version", ["", "abc", "-1", "99999999999999999999"])
def test_version_when_it_means_nothing_never_breaks_the_page(enter, technician, recipient, nature, version):
    case = received(nature)

    response = send(enter(technician), case, "route", seen_version=version)

    assert response.status_code == 409
    assert fresh(case).status == "received"


@pytest.mark.parametrize("step", ["apercu", "valider"])
@pytest.mark.parametrize("version", ["", None])
def test_two_people_when_the_form_does_not_say_what_it_was_filled_on_overwrites_nothing(
    enter, technician, recipient, nature, version, step
):
    case = routed(nature)
    take(pk=case.pk, by=TECHNICIAN, now=timezone.now())
    day = (timezone.localdate() + timedelta(days=3)).isoformat()
    sent = {"planned_on": day, "internal_note": "Avec la nacelle.", "etape": step}
    if version is not None:
        sent["seen_version"] = version
    client, address = enter(technician), reverse("intake_queue:gesture", args=[case.reference, "plan"])

    response = client.post(address, sent)

    assert response.status_code == 409
    assert (fresh(case).status, fresh(case).planned_on) == ("in_progress", None)
    assert "On ne sait pas ce que vous aviez lu" in words(response)
    form = next(offer.form for offer in response.context["offers"] if offer.gesture.verb.value == "plan")
    assert (form["internal_note"].value(), form["planned_on"].value()) == ("Avec la nacelle.", day)
    assert int(form["seen_version"].value()) == fresh(case).version
    assert send(client, fresh(case), "plan", **sent | {"seen_version": fresh(case).version}).status_code in (200, 302)


def test_gesture_on_an_unseen_file_when_sent_is_missing(enter, recipient):
    complaint = received(kind=Kind.COMPLAINT)

    assert send(enter(recipient), complaint, "take").status_code == 404
    assert complaint.accesses.get().allowed is False


def test_recipient_when_his_designation_ends_between_two_screens_is_told_that_the_file_is_gone(
    enter, recipient, nature
):
    case = routed(nature)
    client = enter(recipient)
    designation = recipient.employee.designations.get()
    designation.effective_until = timezone.localdate() - timedelta(days=1)
    designation.save()

    assert send(client, case, "take").status_code == 404
    assert fresh(case).status == "routed"


def test_director_when_he_reopens_is_within_his_role(enter, town, recipient, nature):
    director = user_with(Role.DIRECTOR)
    case = closed(nature)

    assert send(enter(director), case, "reopen", internal_note="Citoyen mécontent.").status_code == 302
    assert send(enter(director), fresh(case), "complete", **completion()).status_code == 422


def test_nature_of_another_service_when_routed_leads_back_to_the_list_if_unseen(enter, technician, recipient, nature):
    other = NatureFactory()
    DesignationFactory(department=other.department)
    case = received(nature)

    response = send(enter(technician), case, "route", nature=other.pk)

    assert response.url == reverse("intake_queue:case", args=[case.reference])
