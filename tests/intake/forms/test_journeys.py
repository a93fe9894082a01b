"""From the first page to the confirmation, without a script, for each kind (art. 4.1, 4.3, 4.4, 4.6)."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from post_office.models import Email

from intake.forms.models import Draft, DraftFile, FormQuestion
from intake.models import Attachment, Case, private_storage
from intake.policy.vocabulary import Kind
from tests.factories import QuestionFactory

from .citizen import GOOD, SLUGS, text_of, url_of
from .pictures import a_pdf, a_photo

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", list(Kind))
def test_given_a_browser_without_script_when_every_step_is_filled_then_the_case_exists(citizen, kind):
    first = citizen.get(f"/demandes/{SLUGS[kind]}/")
    assert "Mot d'introduction" in text_of(first)
    assert not Draft.objects.exists(), "nothing is kept before something is sent"
    draft = citizen.fill(kind)
    check = citizen.get(url_of(draft, "verification"))
    assert "Tremblay" in text_of(check)
    assert "Modifier" in text_of(check)
    confirmation = citizen.follow(citizen.send(draft))
    case = Case.objects.get()
    assert (case.kind_, case.channel, case.submission_key) == (kind, "web", draft.pk)
    assert f'data-reference="{case.reference}"' in confirmation.content.decode()
    assert re.search(r'data-tracking-code="[2-9B-Z]{4}-[2-9B-Z]{4}-[2-9B-Z]{4}"', confirmation.content.decode())
    assert "Mot de la suite" in text_of(confirmation)
    assert "9-1-1" in text_of(confirmation)
    assert case.requester.full_name == "Marie Tremblay"


@pytest.mark.parametrize("kind", list(Kind))
def test_when_a_case_is_filed_then_its_acknowledgement_is_in_the_outbox(citizen, kind):
    citizen.file(kind)
    # A complaint is signed first, with the code of a mail.
    signing = Email.objects.filter(subject="Votre code pour signer")
    assert Email.objects.filter(to="marie@exemple.example").exclude(pk__in=signing).count() == 1


def test_when_the_confirmation_is_shown_again_then_it_says_the_same_and_files_nothing(citizen):
    draft = citizen.fill()
    first = citizen.follow(citizen.send(draft))
    again = citizen.get(url_of(draft, "confirmation"))
    codes = [re.search(r'data-tracking-code="([^"]+)"', page.content.decode())[1] for page in (first, again)]
    assert codes[0] == codes[1]
    assert Case.objects.count() == 1


def test_the_due_day_is_told_in_words(citizen):
    draft = citizen.fill()
    confirmation = text_of(citizen.follow(citizen.send(draft)))
    due_on = Case.objects.get().due_on
    assert re.search(rf"d'ici le \w+ {due_on.day} \w+ {due_on.year}", confirmation)


def test_what_was_asked_and_answered_is_kept_with_its_words(citizen, nature, pages):
    size = QuestionFactory(nature=nature, label="Quelle taille?", question_type="one_choice", choices="Petit\nGrand")
    since = QuestionFactory(nature=nature, label="Depuis quand?", question_type="date")
    retired = QuestionFactory(nature=nature, label="Plus posée?", is_active=False)
    own = FormQuestion.objects.create(
        page=pages[Kind.REQUEST], label="Combien de voisins touchés?", question_type="number"
    )
    answers = {size.key: "Grand", since.key: "2026-10-01", retired.key: "x", own.key: "1 200,5"}
    case = citizen.file(demande=answers)
    kept = {answer.label: (answer.value, answer.display) for answer in case.answers.all()}
    assert kept == {
        "Quelle taille?": ("Grand", "Grand"),
        "Depuis quand?": ("2026-10-01", "1er octobre 2026"),
        "Combien de voisins touchés?": (1200.5, "1\xa0200,5"),
    }
    own.delete()
    size.label = "Autre chose?"
    size.save()
    assert {answer.label for answer in case.answers.all()} == set(kept)


def test_the_answers_proper_to_a_kind_have_stable_keys(citizen):
    keys = {
        # Art. 4.5: what a complaint says is sealed in a table of its own.
        Kind.COMPLAINT: set(),
        Kind.INQUIRY: {"inquiry_type", "wants_reply"},
        Kind.CLAIM: {"event_on", "damage_type", "damage", "amount", "insurer", "witnesses"},
        Kind.ACCESS_REQUEST: {"about", "period", "delivery"},
    }
    more = {
        Kind.CLAIM: {"amount": "1 234,50", "insurer": "Assurances Boréales", "witnesses": "Jean, 450 555-0199"},
        Kind.ACCESS_REQUEST: {"period": "mai 2026"},
    }
    for kind, expected in keys.items():
        case = citizen.file(kind, demande=more.get(kind, {}))
        assert {answer.key for answer in case.answers.all()} == expected
    assert Case.objects.get(kind="claim").answers.get(key="amount").value == 1234.5
    assert Case.objects.get(kind="complaint").complaint.facts_on == date(2020, 1, 10)
    assert Case.objects.get(kind="inquiry").answers.get(key="inquiry_type").display == "une suggestion"


def test_files_follow_the_case_and_leave_the_draft(citizen):
    draft = citizen.begin()
    photo = SimpleUploadedFile("trou.jpg", a_photo())
    citizen.post(url_of(draft, "demande"), {**GOOD[Kind.REQUEST]["demande"], "files": [photo, a_pdf("plan.pdf")]})
    citizen.post(url_of(draft, "coordonnees"), GOOD[Kind.REQUEST]["coordonnees"])
    assert "trou.jpg" in text_of(citizen.get(url_of(draft, "verification")))
    assert citizen.send(draft).status_code == 303
    assert [file.original_name for file in Attachment.objects.all()] == ["trou.jpg", "plan.pdf"]
    assert all(private_storage().exists(file.file.name) for file in Attachment.objects.all())
    assert not DraftFile.objects.exists()


def test_once_filed_the_draft_holds_no_answer_any_more(citizen):
    draft = citizen.fill()
    citizen.send(draft)
    draft.refresh_from_db()
    assert draft.data == {}
    assert citizen.get(url_of(draft, "coordonnees")).url == url_of(draft, "confirmation")


def test_given_an_address_that_names_the_nature_then_the_choice_is_made(citizen, nature):
    page = text_of(citizen.get("/demandes/requete/?nature=TP-01"))
    assert "Il s'agit de : Nid-de-poule" in page
    response = citizen.post("/demandes/requete/?nature=TP-01", GOOD[Kind.REQUEST]["demande"])
    draft = Draft.objects.get()
    assert response.url == url_of(draft, "coordonnees")
    citizen.post(response.url, GOOD[Kind.REQUEST]["coordonnees"])
    citizen.send(draft)
    assert Case.objects.get().nature == nature


def test_given_an_address_that_names_no_nature_on_offer_then_the_choice_is_asked(citizen):
    for code in ("XX-99", "TP-01' OR 1=1", ""):
        assert "De quoi s'agit-il?" in text_of(citizen.get(f"/demandes/requete/?nature={code}"))


def test_when_nothing_fits_then_the_request_is_filed_without_a_nature(citizen):
    case = citizen.file(nature={"nature": "autre"})
    assert (case.nature, case.nature_name, case.department.code) == (None, "", "EXP")


def test_the_place_is_not_asked_where_it_has_no_meaning(citizen, nature):
    nature.asks_location = False
    nature.save()
    case = citizen.file(demande={"location": "ignoré"})
    assert case.location == ""


def test_a_word_shortens_the_list_of_natures_by_its_synonyms(citizen):
    found = citizen.get("/demandes/requete/?mot=CREVASSE").content.decode()
    assert 'value="TP-01"' in found
    assert "1 résultat pour" in found
    nothing = citizen.get("/demandes/requete/?mot=zzz").content.decode()
    assert "Rien ne correspond" in nothing
    assert 'value="TP-01"' in nothing


def test_a_danger_recalls_9_1_1_before_anything_is_sent(citizen, nature, town_words):
    nature.priority = "p1"
    nature.save()
    draft = citizen.fill()
    for step in ("demande", "verification"):
        page = text_of(citizen.get(url_of(draft, step)))
        assert "composez le 9-1-1" in page
        assert "450 555-0911" in page


def test_art_2_3_the_guide_of_the_nature_is_offered_before_sending_and_the_answers_stay(citizen, nature, root):
    nature.guide_page = root.add_child(instance=type(root)(title="Guide des rues", slug="guide-des-rues"))
    nature.save()
    draft = citizen.fill()
    body = citizen.get(url_of(draft, "verification")).content.decode()
    assert re.search(r'<a class="govuk-link" href="/guide-des-rues/" target="_blank"', body)
    citizen.client.get("/guide-des-rues/")
    assert citizen.send(draft).status_code == 303


def test_the_notice_of_collection_and_the_consent_come_before_sending_and_the_consent_is_not_ticked(
    citizen, town_words
):
    draft = citizen.fill()
    page = citizen.get(url_of(draft, "verification"))
    assert "La Ville recueille ces renseignements" in text_of(page)
    box = re.search(r'<input[^>]*name="wants_survey"[^>]*>', page.content.decode())[0]
    assert "checked" not in box
    citizen.send(draft, wants_survey="on")
    assert Case.objects.get().wants_survey is True


@pytest.mark.parametrize("kind", [Kind.COMPLAINT, Kind.CLAIM, Kind.ACCESS_REQUEST])
def test_no_survey_is_offered_where_the_matter_is_confidential(citizen, kind):
    draft = citizen.fill(kind)
    assert "wants_survey" not in citizen.get(url_of(draft, "verification")).content.decode()


def test_art_4_4_a_late_complaint_is_warned_and_received(citizen):
    draft = citizen.fill(Kind.COMPLAINT, demande={"facts_on": "2026-01-02"})
    assert "hors délai" in text_of(citizen.get(url_of(draft, "verification")))
    assert citizen.send(draft).status_code == 303
    assert Case.objects.get().kind_ is Kind.COMPLAINT


def test_before_a_complaint_the_policy_is_explained_with_a_way_out_to_a_request(citizen):
    page = citizen.get("/demandes/plainte/")
    words = text_of(page)
    for said in (
        "par écrit",
        "signée",
        "15 jours",
        "Une plainte anonyme ou seulement verbale n'est pas traitée",
        "9-1-1",
    ):
        assert said in words
    assert 'href="/demandes/requete/"' in page.content.decode()


def test_a_claim_says_that_receiving_it_admits_nothing(citizen):
    assert "ne veut pas dire que la Ville se reconnaît responsable" in text_of(citizen.get("/demandes/reclamation/"))


def test_art_4_8_a_compliment_when_filed_keeps_whom_it_praises_in_the_citizens_words(citizen):
    case = citizen.file(
        Kind.INQUIRY, demande={"inquiry_type": "compliment", "praised": "L'équipe du déneigement", "wants_reply": "no"}
    )
    assert case.inquiry_type == "compliment"
    answer = case.answers.get(key="praised")
    assert (answer.label, answer.display) == ("À qui s'adressent vos félicitations?", "L'équipe du déneigement")
