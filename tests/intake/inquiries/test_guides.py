"""A guide goes with an answer (art. 3: « informer, accompagner »): searched from the file, chosen, kept."""

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.urls import reverse

from intake.models import Case
from intake.policy.vocabulary import Kind
from intake.process import Refused, answer
from intake.process.guides import guides_about
from snippets.models import MessageText
from tests.factories import TECHNICIAN, NatureFactory, a_case, a_contact, town_time

pytestmark = pytest.mark.django_db
MONDAY = town_time("2026-06-01 10:00")
REPLY = "Oui, cinq poules au plus."


@pytest.fixture
def question(town) -> Case:
    return a_case(kind=Kind.INQUIRY, now=MONDAY)


def send(client, case, **data):
    address = reverse("intake_queue:gesture", args=[case.reference, "answer"])
    return client.post(address, {"seen_version": case.version, **data})


def offered(response) -> list[str]:
    """The guides that the page offers, by what their buttons say."""
    page = BeautifulSoup(response.content, "html.parser")
    return [box.find_parent("label").get_text(strip=True) for box in page.select("input[name=guide]") if box["value"]]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("poules", ["hens"]),
        ("POULE cour", ["hens"]),
        ("deneigement", ["snow"]),
        ("poulailler", ["hens"]),  # a synonym of the nature that the guide explains
        ("poules déneigement", []),
        ("   ", []),
        ("xyzzy", []),
    ],
)
def test_art_3_only_published_guides_that_everyone_reads_are_found(guides, words, found):
    NatureFactory(name="Animaux", synonyms="poulailler, coq", guide_page=guides.hens)
    assert [guide.pk for guide in guides_about(words)] == [getattr(guides, name).pk for name in found]


def test_art_3_given_the_guide_of_the_answer_then_the_mail_and_the_history_hold_its_title_and_link(guides, question):
    answer(pk=question.pk, reply=REPLY, guide_page=guides.hens.pk, by=TECHNICIAN, now=MONDAY)

    link = f"{settings.BASE_URL}/guides/permis/"
    mail = question.messages.get(code="T8").mail.message
    assert f"{REPLY}\n\nPour en savoir plus, lisez le guide « Permis et certificats » : {link}\n" in mail
    event = question.events.last()
    assert event.changes == {"guide": {"page": guides.hens.pk, "title": "Permis et certificats", "url": link}}
    assert link in event.public_message


def test_a_text_of_the_town_without_the_variable_loses_no_guide(guides, question):
    MessageText.objects.update_or_create(code="T8", defaults={"subject": "{numero}", "body": "{reponse}\nFin."})
    answer(pk=question.pk, reply=REPLY, guide_page=guides.hens.pk, by=TECHNICIAN, now=MONDAY)
    mail = question.messages.get(code="T8").mail.message
    assert mail.count("/guides/permis/") == 1
    assert mail.endswith("\nFin.")


def test_without_a_guide_the_mail_has_no_hole(guides, question):
    answer(pk=question.pk, reply=REPLY, by=TECHNICIAN, now=MONDAY)
    mail = question.messages.get(code="T8").mail.message
    assert "\n\n\n" not in mail
    assert "guide" not in mail
    assert question.events.last().changes == {}


@pytest.mark.parametrize("which", ["draft", "private"])
def test_a_guide_that_not_everyone_reads_is_refused_and_nothing_is_sent(guides, question, which):
    with pytest.raises(Refused, match="n'est plus publié"):
        answer(pk=question.pk, reply=REPLY, guide_page=getattr(guides, which).pk, by=TECHNICIAN, now=MONDAY)
    question.refresh_from_db()
    assert question.status == "received"


# --- On the page of the file ----------------------------------------------------------------------


def test_searching_keeps_what_is_typed_and_offers_the_guides_found(technician, guides, question):
    page = send(technician, question, etape="chercher", guide_words="poule", public_message=REPLY)
    assert page.status_code == 200
    assert offered(page) == ["Permis et certificats"]
    assert REPLY in page.content.decode()
    assert Case.objects.get(pk=question.pk).status == "received"


def test_the_enter_key_in_the_words_searches_before_anything_is_shown_to_the_citizen(technician, guides, question):
    page = send(technician, question, guide_words="poule neige", public_message=REPLY)
    assert offered(page) == []
    assert "Aucun guide publié ne répond à ces mots" in page.content.decode()
    page = send(technician, question, guide_words="rues", public_message=REPLY)
    assert offered(page) == ["Déneigement des rues"]


@pytest.mark.parametrize("words", ["", "  "])
def test_searching_without_a_word_says_so(technician, guides, question, words):
    page = send(technician, question, etape="chercher", guide_words=words, public_message=REPLY)
    assert "Écrivez d&#x27;abord un mot du guide" in page.content.decode()


def test_the_guide_chosen_is_in_the_preview_then_in_the_mail(technician, guides, question):
    chosen = {"guide_words": "poule", "guide": guides.hens.pk, "public_message": REPLY}
    preview = send(technician, question, **chosen)
    assert "/guides/permis/" in preview.context["letter"].body
    hidden = BeautifulSoup(preview.content, "html.parser").select_one("form input[name=guide]")
    assert hidden["value"] == str(guides.hens.pk)
    send(technician, question, etape="valider", **chosen)
    assert question.messages.get(code="T8").mail.message == preview.context["letter"].body
    history = technician.get(reverse("intake_queue:case", args=[question.reference])).content.decode()
    assert "Guide joint : Permis et certificats" in history


def test_a_citizen_whom_no_letter_reaches_reads_the_guide_in_his_follow_up(technician, guides):
    case = a_case(kind=Kind.INQUIRY, contact=a_contact(email="", address=""), now=MONDAY)
    preview = send(technician, case, guide=guides.hens.pk, public_message=REPLY)
    assert preview.context["letter"] is None
    assert "/guides/permis/" in preview.content.decode()


@pytest.mark.parametrize("guide", ["999999", "abc", "9" * 40, "-1", "draft"])
def test_a_guide_that_is_no_longer_there_is_refused_beside_the_field_and_loses_nothing(
    technician, guides, question, guide
):
    value = guides.draft.pk if guide == "draft" else guide
    page = send(technician, question, guide=value, public_message=REPLY)
    assert page.status_code == 422
    assert "plus publié" in page.content.decode()
    assert REPLY in page.content.decode()


def test_the_guide_of_the_nature_is_offered_at_once(technician, guides):
    nature = NatureFactory(guide_page=guides.snow)
    case = a_case(kind=Kind.INQUIRY, now=MONDAY)
    Case.objects.filter(pk=case.pk).update(nature=nature, nature_name=nature.name)
    page = technician.get(reverse("intake_queue:case", args=[case.reference]))
    assert offered(page) == ["Déneigement des rues"]
