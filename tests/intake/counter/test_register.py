"""Art. 4.1: the technician receives calls, letters and people, and files for them on one screen."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from post_office.models import Email

from intake.forms.tracking import case_for
from intake.models import Answer, Attachment, Case, CaseEvent
from intake.policy.clocks import local_day
from intake.policy.roles import GROUP_NAMES, Role
from intake.policy.vocabulary import Channel, Kind
from snippets.models import RequestNature
from tests.factories import a_case, a_contact, user_with
from tests.intake.forms.pictures import a_photo

from .forms import REGISTER, errors_in, soup_of, typed

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", GROUP_NAMES)
def test_matrix_only_the_technician_has_the_screen(roles, enter, role):
    client = enter(user_with(role))
    seen = 200 if role is Role.TECHNICIAN else 404

    assert client.get(REGISTER).status_code == seen
    assert client.get(REGISTER + "questions/?nature=TP-01").status_code == seen
    assert client.post(REGISTER, typed()).status_code == (302 if role is Role.TECHNICIAN else 404)


def test_art_4_1_a_call_is_registered_in_one_screen_through_receive(technician, enter, nature):
    answer = enter(technician).post(REGISTER, typed(nature="TP-01", questions_de="TP-01", location="Devant l'école"))

    case = Case.objects.get()
    assert answer["Location"] == f"/admin/demandes/{case.reference}/recu/"
    assert (case.channel, case.status, case.nature, case.location) == ("phone", "received", nature, "Devant l'école")
    assert case.due_on
    event = CaseEvent.objects.get()
    assert (event.verb, event.by, event.by_label) == ("receive", technician, "Lise Roy")


def test_art_1_and_2_3_a_call_has_the_same_due_day_as_the_web(technician, enter, nature):
    web = a_case(nature)

    enter(technician).post(REGISTER, typed(nature="TP-01", questions_de="TP-01"))

    assert Case.objects.exclude(pk=web.pk).get().due_on == web.due_on


def test_tricky_16_the_receipt_shows_number_and_code_that_open_the_file_and_they_are_spelled(technician, enter, nature):
    client = enter(technician)

    page = soup_of(client.post(REGISTER, typed(), follow=True))

    reference = page.select_one("[data-reference]")["data-reference"]
    code = page.select_one("[data-tracking-code]")["data-tracking-code"]
    assert case_for(reference, code) == Case.objects.get()
    spelled = page.select_one("[aria-labelledby=recu-epeler]").get_text(" ", strip=True)
    assert all(sign in spelled for sign in code.replace("-", ""))
    assert "remettez ce reçu" in page.get_text()
    assert not Email.objects.filter(to="").exists()


def test_the_code_is_read_by_whoever_filed_only_and_for_an_hour(technician, enter, nature):
    client = enter(technician)
    client.post(REGISTER, typed())
    url = f"/admin/demandes/{Case.objects.get().reference}/recu/"
    assert "no-store" in client.get(url)["Cache-Control"]
    assert soup_of(client.get(url)).select_one("[data-tracking-code]")

    other = user_with(Role.TECHNICIAN, username="autre")

    assert not soup_of(enter(other).get(url)).select_one("[data-tracking-code]")
    assert enter(user_with(Role.RECIPIENT)).get(url).status_code == 404


def test_art_4_1_the_citizen_is_told_by_mail_if_he_has_one(technician, enter, nature):
    enter(technician).post(REGISTER, typed(email="lise@exemple.example"))

    assert "Nous avons bien reçu" in Email.objects.get(to="lise@exemple.example").subject


def test_two_clicks_make_one_demand(technician, enter, nature):
    client = enter(technician)
    first = client.post(REGISTER, typed(facts="court"))
    key = soup_of(first).select_one("[name=brouillon]")["value"]

    client.post(REGISTER, typed(brouillon=key))
    again = client.post(REGISTER, typed(brouillon=key))

    assert Case.objects.count() == 1
    assert again["Location"].endswith(f"{Case.objects.get().reference}/recu/")


def test_the_key_of_another_s_form_opens_nothing(technician, enter, nature):
    key = soup_of(enter(technician).post(REGISTER, typed(facts="court"))).select_one("[name=brouillon]")["value"]
    other = enter(user_with(Role.TECHNICIAN, username="autre"))

    assert (
        soup_of(other.post(REGISTER, typed(facts="court", brouillon=key))).select_one("[name=brouillon]")["value"]
        != key
    )
    assert other.post(REGISTER, typed(brouillon="n'importe quoi")).status_code == 302


# --- What is missing -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"last_name": ""}, "Demandez le nom"),
        ({"phone": ""}, "Demandez un numéro de téléphone (art. 4.3)"),
        ({"address": ""}, "Demandez l'adresse"),
        ({"facts": "brisé"}, "Donnez plus de détails"),
        ({"facts": ""}, "Écrivez ce que la personne a dit"),
        ({"phone": "12"}, "Écrivez un numéro à 10 chiffres"),
        ({"postal_code": "X"}, "Écrivez un code postal"),
        ({"nature": "zorglub"}, "Aucune nature ne correspond"),
        ({"nature": "TP"}, "Aucune nature ne correspond"),
        ({"nature": "e"}, "Plusieurs natures correspondent : TP-01 Nid-de-poule, TP-03 Lampadaire éteint"),
        ({"kind": "autre"}, "Ce choix n'est plus offert"),
        ({"channel": "field"}, "Ce choix n'est plus offert"),
        ({"received_on": "hier"}, "Écrivez une date"),
        ({"received_on": "2099-01-01"}, "dans le futur"),
    ],
)
def test_art_4_3_what_is_missing_is_asked_beside_the_field_and_nothing_typed_is_lost(
    technician, enter, nature, change, said
):
    answer = enter(technician).post(REGISTER, typed(**change))

    assert answer.status_code == 422
    assert said in errors_in(answer)
    assert not Case.objects.exists()
    page = soup_of(answer)
    for name, value in typed(**change).items():
        if name not in ("kind", "channel", "facts"):
            assert page.select_one(f"[name={name}]").get("value", "") == value, name
    assert page.select("form [autofocus]")


@pytest.mark.parametrize("text", ["TP-01", "tp-01 Nid-de-poule", "nid-de-poule", "crevasse", "trou chaussee"])
def test_a_nature_is_found_by_its_code_its_name_or_words_that_only_it_has(technician, enter, nature, text):
    enter(technician).post(REGISTER, typed(nature=text, questions_de="TP-01"))

    assert Case.objects.get().nature == nature


def test_without_a_nature_the_request_stays_to_be_classified(technician, enter, nature):
    enter(technician).post(REGISTER, typed())

    case = Case.objects.get()
    assert (case.nature, case.department.code) == (None, "EXP")
    assert case.location == "1234, rue des Exemples"


def test_the_questions_of_the_nature_when_not_yet_read_are_asked_before_it_is_filed(technician, enter, nature):
    client = enter(technician)

    answer = client.post(REGISTER, typed(nature="TP-01"))

    assert "1 question à poser" in errors_in(answer)
    question = nature.questions.get()
    assert soup_of(answer).select_one(f"[name={question.key}]")
    assert not Case.objects.exists()
    client.post(REGISTER, typed(nature="TP-01", questions_de="TP-01", **{question.key: "Comme une assiette"}))
    given = Answer.objects.get()
    assert (given.question, given.label, given.display) == (question, "Taille approximative?", "Comme une assiette")


def test_a_question_that_the_caller_can_not_answer_stops_nothing(technician, enter, nature):
    enter(technician).post(REGISTER, typed(nature="TP-01", questions_de="TP-01"))

    assert Case.objects.exists()
    assert not Answer.objects.exists()


def test_the_questions_come_alone_for_the_form_already_on_the_screen(technician, enter, nature):
    page = soup_of(enter(technician).get(REGISTER + "questions/?nature=crevasse"))

    assert "Travaux publics" in page.get_text()
    assert page.select_one("[name=questions_de]")["value"] == "TP-01"
    assert enter(technician).get(REGISTER + "questions/?nature=zorglub").content.strip() == b""


# --- When ------------------------------------------------------------------------------------------


def test_a_letter_counts_from_the_day_of_its_stamp_not_from_the_day_it_is_typed(technician, enter, nature):
    stamp = timezone.localdate() - timedelta(days=6)

    enter(technician).post(
        REGISTER, typed(channel="post", received_on=stamp.isoformat(), nature="TP-03", questions_de="TP-03")
    )

    case = Case.objects.get()
    assert local_day(case.received_at) == stamp
    nature = RequestNature.objects.get(code="TP-03")
    assert case.due_on <= a_case(nature).due_on
    assert local_day(CaseEvent.objects.filter(case=case).get().at) == timezone.localdate()


# --- Danger ----------------------------------------------------------------------------------------


def test_tricky_1_a_danger_told_without_a_name_is_a_p1_request_without_identity_and_the_service_is_told(
    technician, enter, nature
):
    nameless = dict.fromkeys(("first_name", "last_name", "phone", "address", "city", "postal_code"), "")

    enter(technician).post(
        REGISTER,
        typed(**nameless, is_danger="on", location="Angle Gare et Moulin", nature="TP-01", questions_de="TP-01"),
    )

    case = Case.objects.get()
    assert case.priority == "p1"
    assert not hasattr(case, "requester")
    assert Email.objects.filter(subject__icontains="danger").exists()


# --- Given at once ---------------------------------------------------------------------------------


def test_given_to_the_service_in_the_same_gesture(technician, enter, nature):
    enter(technician).post(REGISTER, typed(nature="TP-01", questions_de="TP-01", puis="confier"))

    case = Case.objects.get()
    assert case.status == "routed"
    assert case.designation.department.code == "TP"


def test_given_to_a_service_without_a_recipient_it_is_filed_and_the_page_says_why_it_stays(technician, enter, nature):
    nature.department.designations.all().delete()

    page = enter(technician).post(REGISTER, typed(nature="TP-01", questions_de="TP-01", puis="confier"), follow=True)

    assert Case.objects.get().status == "received"
    assert "pas de Responsable désigné" in soup_of(page).get_text()


# --- The other kinds -------------------------------------------------------------------------------


def test_art_4_1_a_question_answered_at_once_needs_no_name(technician, enter, nature):
    nameless = dict.fromkeys(("first_name", "last_name", "phone", "address", "postal_code"), "")

    enter(technician).post(
        REGISTER, typed(kind="inquiry", facts="Quand passe le bac?", inquiry_type="information", **nameless)
    )

    case = Case.objects.get()
    assert (case.kind, hasattr(case, "requester")) == ("inquiry", False)
    assert case.inquiry_type == "information"
    assert Answer.objects.get(key="inquiry_type").display == "une question"


def test_tricky_2_a_verbal_complaint_opens_nothing_and_the_page_explains(technician, enter, nature):
    answer = enter(technician).post(REGISTER, typed(kind="complaint"))

    assert "Une plainte verbale n'ouvre pas de dossier" in errors_in(answer)
    assert "écrite et signée (art. 4.1)" in soup_of(answer).get_text()
    assert not Case.objects.exists()


def test_art_4_1_a_signed_letter_when_scanned_opens_a_complaint_with_the_letter(technician, enter, nature):
    letter = SimpleUploadedFile("lettre.jpg", a_photo(), content_type="image/jpeg")

    enter(technician).post(
        REGISTER,
        typed(kind="complaint", channel="post", concerned="Un employé", facts_on="2026-06-01", files=letter),
    )

    case = Case.objects.get()
    assert (case.kind, case.channel) == ("complaint", "post")
    # The name that it came with may be someone's: it is sealed with the words (art. 4.5).
    assert Attachment.objects.get(case=case).original_name == "Document 1.jpg"
    assert (case.complaint.facts_on, case.complaint.signature) == (date(2026, 6, 1), "paper")


@pytest.mark.parametrize("kind", [Kind.CLAIM, Kind.ACCESS_REQUEST])
def test_the_legal_kinds_are_registered_too_and_the_clerk_is_told(technician, enter, nature, kind):
    enter(technician).post(REGISTER, typed(kind=kind.value, event_on="2026-06-01", delivery="post"))

    assert Case.objects.get().kind == kind.value


def test_a_photo_sent_with_a_form_that_lacks_something_is_kept(technician, enter, nature):
    client = enter(technician)
    photo = SimpleUploadedFile("trou.jpg", a_photo(), content_type="image/jpeg")
    page = soup_of(client.post(REGISTER, typed(facts="court", files=photo)))
    assert "trou.jpg" in page.get_text()

    client.post(REGISTER, typed(brouillon=page.select_one("[name=brouillon]")["value"]))

    assert Attachment.objects.get().original_name == "trou.jpg"


def test_a_kept_file_when_unticked_is_not_joined_and_a_bad_one_is_named(technician, enter, nature):
    client = enter(technician)
    photo = SimpleUploadedFile("trou.jpg", a_photo(), content_type="image/jpeg")
    page = soup_of(client.post(REGISTER, typed(facts="court", files=photo)))
    key, kept = page.select_one("[name=brouillon]")["value"], page.select_one("[name=retirer]")["value"]
    bad = SimpleUploadedFile("virus.exe", b"MZ....", content_type="image/jpeg")

    refused = client.post(REGISTER, typed(brouillon=key, files=bad))
    client.post(REGISTER, typed(brouillon=key, retirer=kept))

    assert "virus.exe" in errors_in(refused)
    assert not Attachment.objects.exists()
    assert Case.objects.count() == 1


def test_a_field_added_by_hand_changes_nothing(technician, enter, nature):
    enter(technician).post(
        REGISTER, typed(status="closed", due_on="2020-01-01", reference="2020-0001", charge="director")
    )

    case = Case.objects.get()
    assert (case.status, case.charge) == ("received", None)
    assert case.due_on > date(2020, 1, 1)


# --- A known requester -----------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["5550177", "(450) 555-0177", "beausejour", "Zoé beauséjour", "77, rue du Pic"])
def test_a_known_requester_is_found_by_telephone_name_or_address_and_fills_the_form(technician, enter, nature, words):
    a_case(
        nature,
        contact=a_contact(first_name="Zoé", last_name="Beauséjour", phone="450 555-0177", address="77, rue du Pic"),
    )
    client = enter(technician)

    link = soup_of(client.get(REGISTER, {"q": words})).select_one(".guichet-counter__people a")
    page = soup_of(client.get(REGISTER + link["href"][len(REGISTER) :]))

    filled = {
        name: page.select_one(f"[name={name}]")["value"] for name in ("first_name", "last_name", "phone", "address")
    }
    assert filled == {
        "first_name": "Zoé",
        "last_name": "Beauséjour",
        "phone": "450 555-0177",
        "address": "77, rue du Pic",
    }
    assert page.select_one("[name=nature]").has_attr("autofocus")


def test_the_same_person_is_one_line_with_the_number_of_his_demands(technician, enter, nature):
    for _ in range(3):
        a_case(nature, contact=a_contact(last_name="Zorglub"))

    lines = soup_of(enter(technician).get(REGISTER, {"q": "zorglub"})).select(".guichet-counter__people li")

    assert len(lines) == 1
    assert "3 demandes" in lines[0].get_text()


@pytest.mark.parametrize("kind", [Kind.COMPLAINT, Kind.CLAIM, Kind.ACCESS_REQUEST])
def test_art_4_5_who_complained_claimed_or_asked_for_documents_is_not_a_known_requester(
    technician, enter, nature, kind
):
    case = a_case(kind=kind, contact=a_contact(last_name="Zorglub"))
    client = enter(technician)

    assert not soup_of(client.get(REGISTER, {"q": "zorglub"})).select(".guichet-counter__people li")
    page = soup_of(client.get(REGISTER, {"demandeur": str(case.requester.pk)}))
    assert page.select_one("[name=last_name]").get("value", "") == ""


@pytest.mark.parametrize("pk", ["", "0", "x", "9" * 40, "-1"])
def test_a_requester_that_does_not_exist_leaves_the_form_empty(technician, enter, nature, pk):
    assert enter(technician).get(REGISTER, {"demandeur": pk}).status_code == 200


def test_nobody_found_the_words_begin_the_form(technician, enter, nature):
    page = soup_of(enter(technician).get(REGISTER, {"q": "Anne Zorglub"}))

    assert page.select_one("[name=first_name]")["value"] == "Anne"
    assert page.select_one("[name=last_name]")["value"] == "Zorglub"
    assert "Personne de connu" in page.get_text()


def test_the_screen_costs_few_queries(technician, enter, nature, django_assert_max_num_queries):
    for number in range(20):
        a_case(nature, contact=a_contact(last_name="Zorglub", phone=f"450 555-01{number:02d}"))
    client = enter(technician)
    client.get(REGISTER)

    with django_assert_max_num_queries(24):
        client.get(REGISTER, {"q": "zorglub"})


def test_the_channels_of_the_counter_leave_the_web_and_the_field_to_their_own_doors(technician, enter, nature):
    page = soup_of(enter(technician).get(REGISTER))

    shown = {box["value"] for box in page.select("[name=channel]")}
    assert shown == {channel.value for channel in Channel} - {"web", "field"}
    assert page.select_one("[name=channel][checked]")["value"] == "phone"
