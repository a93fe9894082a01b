"""A complaint followed from `/suivi/` (art. 4.1, 4.4, 4.5): signed later, completed, and answered behind the code."""

import re

import pytest
from django.utils import timezone

from intake.forms.models import Draft
from intake.letters import as_pdf, sheet_of
from intake.models import Case, PostalLetter
from intake.policy.complaint import Obstacle
from intake.policy.investigation import Missing
from intake.policy.roles import citizen_of
from intake.policy.signature import SignatureMethod
from intake.policy.vocabulary import Kind, Status
from intake.process import supply
from intake.process.complaint_filing import Signature
from intake.process.complaint_signing import sign
from intake.process.complaints import ask, reject
from tests.factories import DIRECTOR, a_contact
from tests.intake.forms.citizen import code_in_mail, errors_of, text_of, url_of
from tests.intake.forms.test_tracking import look

from .steps import a_complaint, end, investigated, under_review
from .test_erasure import every_text

pytestmark = pytest.mark.django_db
DECLARED = {"declared": "on", "name": "Marie Tremblay"}


@pytest.fixture
def unsigned(citizen):
    """A complaint sent unsigned, with its code; `email` may be empty."""

    def send(email="marie@exemple.example"):
        draft = citizen.fill(Kind.COMPLAINT, coordonnees={"email": email})
        sent = citizen.post(url_of(draft, "verification"), {"action": "sans-signature"})
        page = citizen.follow(sent).content.decode()
        return Case.objects.get(), re.search(r'data-tracking-code="([^"]+)"', page)[1]

    return send


def opened(citizen, case, code):
    page = look(citizen, case.reference, code)
    return page, re.search(r'name="cle" value="([^"]+)"', page.content.decode())


def test_art_4_1_an_unsigned_complaint_is_signed_later_with_a_code(citizen, unsigned):
    case, code = unsigned()
    page, key = opened(citizen, case, code)
    assert "Il nous manque : votre signature" in text_of(page)

    asked = citizen.post("/suivi/signer/", {**DECLARED, "cle": key[1], "action": "code"})
    assert "Un code part à l'adresse marie@exemple.example" in text_of(asked)
    done = citizen.post("/suivi/signer/", {**DECLARED, "cle": key[1], "action": "signer", "code": code_in_mail()})

    assert done.status_code == 303
    case = Case.objects.get()
    assert (case.status, case.complaint.signature, case.complaint.missing) == ("under_review", "email", [])
    assert case.complaint.is_intact()
    assert case.clock_stopped_on is None
    again = citizen.post("/suivi/signer/", {**DECLARED, "cle": key[1], "action": "signer", "code": "000000"})
    assert again.status_code == 303
    assert "Signer ma plainte" not in text_of(look(citizen, case.reference, code))


def test_without_e_mail_one_may_give_it_to_sign_and_it_is_kept(citizen, unsigned):
    case, code = unsigned(email="")
    _page, key = opened(citizen, case, code)
    data = {**DECLARED, "cle": key[1], "email": "marie@exemple.example"}
    assert citizen.post("/suivi/signer/", {**data, "action": "code"}).status_code == 200
    citizen.post("/suivi/signer/", {**data, "action": "signer", "code": code_in_mail()})
    assert Case.objects.get().complaint.is_signed
    assert Case.objects.get().requester.email == "marie@exemple.example"


def test_the_code_goes_to_the_address_of_the_complaint_whatever_is_typed(citizen, unsigned):
    case, code = unsigned()
    _page, key = opened(citizen, case, code)
    asked = citizen.post(
        "/suivi/signer/", {**DECLARED, "cle": key[1], "email": "autre@exemple.example", "action": "code"}
    )
    assert "marie@exemple.example" in text_of(asked)


@pytest.mark.parametrize("missing", ["declared", "name"])
def test_what_a_signature_lacks_is_said_beside_the_field(citizen, unsigned, missing):
    case, code = unsigned()
    _page, key = opened(citizen, case, code)
    data = {name: value for name, value in DECLARED.items() if name != missing}
    refused = citizen.post("/suivi/signer/", {**data, "cle": key[1], "action": "code"})
    assert refused.status_code == 422
    assert len(errors_of(refused)) == 1


@pytest.mark.parametrize("key", ["", "rien", "1:abc:def"])
def test_a_made_up_key_opens_nothing(citizen, unsigned, key):
    unsigned()
    assert citizen.post("/suivi/signer/", {**DECLARED, "cle": key}).status_code == 410
    assert citizen.post("/suivi/lettre/", {"cle": key}).status_code == 303


def test_art_4_1_the_letter_to_sign_by_hand_is_printed_from_the_tracking_page(citizen, unsigned):
    case, code = unsigned(email="")
    _page, key = opened(citizen, case, code)
    letter = citizen.post("/suivi/lettre/", {"cle": key[1]})
    assert letter.content.startswith(b"%PDF")
    assert letter["Content-Disposition"] == f'attachment; filename="lettre-a-signer-{case.reference}.pdf"'
    assert as_pdf is not None


def test_art_4_1_a_word_added_does_not_replace_the_signature(citizen, unsigned):
    case, _code = unsigned()
    kept = supply(pk=case.pk, text="Je précise : c'était lundi.", by=citizen_of(case.pk), now=timezone.now())
    assert kept.status_ is Status.INCOMPLETE
    assert [entry.note for entry in kept.investigation.all()] == ["Je précise : c'était lundi."]
    assert "supplied" not in kept.events.last().changes


def test_art_4_4_what_was_asked_and_given_brings_the_complaint_back_under_review():
    case = ask(pk=under_review().pk, missing=[Missing.CONTACT], by=DIRECTOR, now=timezone.now())
    back = supply(pk=case.pk, text="12, rue Neuve", by=citizen_of(case.pk), now=timezone.now())
    assert back.status_ is Status.UNDER_REVIEW


def test_art_4_1_the_signed_letter_signs_and_leaves_what_else_is_missing():
    case = ask(
        pk=under_review(signature=None, to_be_signed=False).pk,
        missing=[Missing.SIGNATURE, Missing.CONTACT],
        by=DIRECTOR,
        now=timezone.now(),
    )
    hand = Signature(SignatureMethod.PAPER, "Marie Tremblay", timezone.now())
    signed = sign(pk=case.pk, signature=hand, by=DIRECTOR, now=timezone.now())
    assert (signed.status_, signed.complaint.missing) == (Status.INCOMPLETE, ["contact"])


def test_art_4_5_the_answer_is_read_with_the_code_only(citizen, town):
    draft = citizen.fill(Kind.COMPLAINT)
    page = citizen.follow(citizen.send(draft)).content.decode()
    code = re.search(r'data-tracking-code="([^"]+)"', page)[1]
    case = Case.objects.get()
    Case.objects.filter(pk=case.pk).update(status="under_review")
    reject(pk=case.pk, reason=Obstacle.LATE, other_recourse="Voyez la médiation.", by=DIRECTOR, now=timezone.now())

    told = text_of(look(citizen, case.reference, code))

    assert "Notre réponse" in told
    assert "le délai est de 15 jours" in told
    assert "Voyez la médiation." in told
    assert "Notre réponse" not in text_of(look(citizen, case.reference, "AAAA-BBBB-CCCC"))
    assert Draft.objects.get().data == {}


def test_art_4_5_without_e_mail_the_answer_is_a_letter_to_post_sealed_until_it_is_printed(town):
    case = end(investigated(contact=a_contact(email="")), Status.UNFOUNDED, conclusion="Merci de votre message.")
    letter = PostalLetter.objects.get(case=case, code="T11")
    assert "Merci de votre message." in letter.shown_body
    assert not [place for place in every_text() if "Merci de votre message." in place[2]]
    assert "Merci de votre message." in " ".join(sheet_of(letter, town).paragraphs)
    assert not case.messages.filter(audience="citizen").exists()


def test_staff_adds_the_letter_signed_by_hand(enter, roles, town):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from intake.policy.roles import Role
    from tests.factories import user_with
    from tests.intake.forms.pictures import a_pdf

    case = a_complaint(signature=None, to_be_signed=False)
    client = enter(user_with(Role.TECHNICIAN))
    url = f"/admin/demandes/{case.reference}/lettre-signee/"
    assert url in client.get(f"/admin/demandes/{case.reference}/").content.decode()

    assert client.post(url, {"signer": "Marie Tremblay"}).status_code == 422
    bad = client.post(url, {"signer": "Marie Tremblay", "files": SimpleUploadedFile("x.txt", b"abc")})
    assert bad.status_code == 422
    done = client.post(url, {"signer": "Marie Tremblay", "files": a_pdf("lettre de Jean.pdf")})

    assert done.status_code == 302
    case = Case.objects.get(pk=case.pk)
    assert case.complaint.signature == "paper"
    assert [file.original_name for file in case.attachments.all()] == ["Document 1.pdf"]
    assert client.get(url).status_code == 404
