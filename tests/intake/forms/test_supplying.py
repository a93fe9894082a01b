"""Art. 2.3: from the tracking page, the citizen adds a precision or files; once a click, and nothing given is lost."""

import re
from datetime import timedelta

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from intake.forms import supplying
from intake.forms.citizen_words import CITIZEN_VERBS, STATES
from intake.forms.models import Draft, DraftFile
from intake.forms.told import told_of
from intake.models import Case, FailedLookup, private_storage
from intake.policy.transitions import statuses_of
from intake.policy.vocabulary import Kind, Status, Verb
from intake.process import Completion, close, complete, merge, route, wait
from tests.factories import TECHNICIAN, a_case

from .citizen import errors_of, text_of
from .pictures import a_pdf, a_photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def filed(citizen):
    """A request just filed: its case, and its tracking page."""
    draft = citizen.fill()
    page = citizen.follow(citizen.send(draft)).content.decode()
    code = re.search(r'data-tracking-code="([^"]+)"', page)[1]
    case = Case.objects.get()
    citizen.get("/suivi/")
    return case, lambda: citizen.post("/suivi/", {"numero": case.reference, "code": code})


def hidden(page) -> dict[str, str]:
    """The hidden fields of the form on a tracking page."""
    body = page.content.decode()
    return {name: re.search(rf'name="{name}" value="([^"]*)"', body)[1] for name in ("cle", "envoi")}


def test_art_2_3_a_precision_and_a_photo_are_added_from_the_tracking_page(citizen, filed):
    case, look = filed
    page = look()
    assert "Ajouter une précision ou une photo" in text_of(page)
    files = [SimpleUploadedFile("trou.jpg", a_photo())]
    response = citizen.post("/suivi/ajouter/", {**hidden(page), "text": "Devant le 12.", "files": files})
    assert "précision est reçue" in text_of(citizen.follow(response))
    event = case.events.get(verb="supply")
    assert event.changes["supplied"] == "Devant le 12."
    assert case.attachments.get().original_name == "trou.jpg"
    assert not Draft.objects.filter(page=None).exists()
    words = text_of(look())
    assert "Nous avons reçu votre précision." in words
    assert "Devant le 12." not in words


def test_art_2_3_when_he_was_awaited_the_work_resumes(citizen, filed):
    case, look = filed
    route(pk=case.pk, by=TECHNICIAN, now=timezone.now())
    wait(pk=case.pk, reason="citizen", note="De quel côté?", by=TECHNICIAN, now=timezone.now())
    page = look()
    assert "Nous répondre" in text_of(page)
    citizen.post("/suivi/ajouter/", {**hidden(page), "text": "À gauche."})
    assert "En cours : le service s'en occupe." in text_of(look())


def test_two_clicks_add_one_precision_and_one_photo(citizen, filed):
    case, look = filed
    given = hidden(look())
    for _ in range(2):
        files = [SimpleUploadedFile("trou.jpg", a_photo())]
        response = citizen.post("/suivi/ajouter/", {**given, "text": "Devant le 12.", "files": files})
        assert response.status_code == 303
    assert case.events.filter(verb="supply").count() == 1
    assert case.attachments.count() == 1
    assert not DraftFile.objects.exists()


def test_a_bad_file_is_named_and_neither_the_text_nor_the_good_file_is_lost(citizen, filed):
    case, look = filed
    files = [a_pdf(), SimpleUploadedFile("virus.exe", b"MZ\x90")]
    response = citizen.post("/suivi/ajouter/", {**hidden(look()), "text": "Devant le 12.", "files": files})
    assert response.status_code == 422
    assert any("virus.exe" in error for error in errors_of(response))
    assert "Devant le 12." in response.content.decode()
    assert "document.pdf" in text_of(response)
    assert not case.events.filter(verb="supply").exists()
    again = citizen.post("/suivi/ajouter/", {**hidden(response), "text": "Devant le 12."})
    assert again.status_code == 303
    assert [file.original_name for file in case.attachments.all()] == ["document.pdf"]
    assert private_storage().exists(case.attachments.get().file.name)


def test_an_empty_precision_is_refused_beside_its_field(citizen, filed):
    _, look = filed
    response = citizen.post("/suivi/ajouter/", {**hidden(look()), "text": "  "})
    assert response.status_code == 422
    assert errors_of(response) == ["Écrivez une précision ou joignez un fichier."]


def test_a_text_far_too_long_is_refused_and_kept(citizen, filed):
    _, look = filed
    response = citizen.post("/suivi/ajouter/", {**hidden(look()), "text": "é" * 4001})
    assert response.status_code == 422
    assert "é" * 4001 in response.content.decode()


@pytest.mark.parametrize("token", ["", "1:abc:def", "\x00", "é" * 500])
def test_art_4_5_a_made_up_key_opens_nothing(citizen, filed, token):
    case, look = filed
    response = citizen.post("/suivi/ajouter/", {**hidden(look()), "cle": token, "text": "Gardez ceci."})
    assert response.status_code == 410
    assert "Gardez ceci." in text_of(response)
    assert case.reference not in response.content.decode()
    assert not case.events.filter(verb="supply").exists()


def test_a_page_open_too_long_says_so_and_gives_the_text_back(citizen, filed, monkeypatch):
    _, look = filed
    given = hidden(look())
    monkeypatch.setattr(supplying, "OPEN_FOR", -1)
    response = citizen.post("/suivi/ajouter/", {**given, "text": "Devant le 12."})
    assert response.status_code == 410
    assert "Devant le 12." in text_of(response)


def test_a_key_signed_for_something_else_opens_nothing(citizen, filed):
    case, look = filed
    other = signing.dumps(case.pk, salt="autre")
    assert citizen.post("/suivi/ajouter/", {**hidden(look()), "cle": other, "text": "x"}).status_code == 410


def test_the_draft_of_a_form_is_not_a_place_for_a_precision(citizen, filed):
    case, look = filed
    begun = citizen.begin()
    response = citizen.post("/suivi/ajouter/", {**hidden(look()), "envoi": str(begun.pk), "text": "x"})
    assert response.status_code == 410
    assert not case.events.filter(verb="supply").exists()


def test_a_flood_from_one_sender_is_slowed(citizen, filed):
    case, look = filed
    for _ in range(20):
        supplying.SUPPLIES.count(look().wsgi_request, timezone.now())
    response = citizen.post("/suivi/ajouter/", {**hidden(look()), "text": "Devant le 12."})
    assert response.status_code == 429
    assert "Devant le 12." in response.content.decode()
    FailedLookup.objects.update(at=timezone.now() - timedelta(hours=2))
    assert citizen.post("/suivi/ajouter/", {**hidden(look()), "text": "Devant le 12."}).status_code == 303
    assert case.events.filter(verb="supply").exists()


def test_a_file_that_is_over_offers_nothing_and_takes_nothing(citizen, filed):
    case, look = filed
    given = hidden(look())
    route(pk=case.pk, by=TECHNICIAN, now=timezone.now())
    done = Completion(timezone.localdate(), "2201", "Fait.")
    complete(pk=case.pk, completion=done, by=TECHNICIAN, now=timezone.now())
    close(pk=case.pk, by=TECHNICIAN, now=timezone.now())
    assert "Ajouter une précision" not in text_of(look())
    response = citizen.post("/suivi/ajouter/", {**given, "text": "Trop tard?"})
    assert response.status_code == 422
    assert "n'est pas possible à cette étape" in text_of(response)


def test_the_address_alone_leads_to_the_tracking_page(citizen, filed):
    assert citizen.client.get("/suivi/ajouter/").url == "/suivi/"


@pytest.mark.parametrize("kind", list(Kind))
def test_art_2_3_every_status_of_every_kind_has_its_words(kind):
    assert set(STATES[kind]) == set(statuses_of(kind))


def test_art_4_5_a_complaint_founded_or_not_reads_the_same():
    words = STATES[Kind.COMPLAINT]
    assert len({str(words[status]) for status in (Status.FOUNDED, Status.UNFOUNDED, Status.INADMISSIBLE)}) == 1
    assert str(words[Status.RECEIVED]) == str(words[Status.UNDER_REVIEW])


@pytest.mark.parametrize(
    "verb", [Verb.LOG, Verb.NAME_INVESTIGATOR, Verb.NOTE, Verb.FLAG, Verb.ENTRUST, Verb.CLASSIFY, Verb.ASSIGN]
)
def test_art_4_5_what_is_internal_is_not_among_the_citizen_s_verbs(verb):
    assert verb not in CITIZEN_VERBS


def test_art_4_1_an_attached_request_reads_its_news_and_nothing_of_the_other(citizen, filed, nature):
    case, look = filed
    master = a_case(nature)
    merge(pk=case.pk, into=master.reference, by=TECHNICIAN, now=timezone.now())
    route(pk=master.pk, by=TECHNICIAN, now=timezone.now())
    done = Completion(timezone.localdate(), "2201", "NOTE-INTERNE", "Le trou est bouché.")
    complete(pk=master.pk, completion=done, by=TECHNICIAN, now=timezone.now())
    page = look()
    words = text_of(page)
    assert "Rattachée à une demande déjà reçue" in words
    assert "Le trou est bouché." in words
    assert master.reference not in page.content.decode()
    assert "NOTE-INTERNE" not in words


def test_annexe_a_a_word_held_for_proofreading_is_not_read_yet(filed):
    case, _ = filed
    route(pk=case.pk, by=TECHNICIAN, now=timezone.now())
    done = Completion(timezone.localdate(), "2201", "Fait.", "Texte à relire.")
    case = complete(pk=case.pk, completion=done, by=TECHNICIAN, now=timezone.now())
    assert any("à relire" in moment.message for moment in told_of(case)["moments"])
    case.awaits_proofreading = True
    assert not any("à relire" in moment.message for moment in told_of(case)["moments"])
