"""The complaint form (art. 4.1, 4.4): what it tells, where it leads, how one signs; it refuses nothing in silence."""

from datetime import timedelta

import pytest
from django.utils import timezone
from post_office.models import Email

from intake.forms.models import Draft
from intake.models import Case, ComplaintFile, FailedLookup, SignatureCode
from intake.models.sealed import unseal
from intake.policy.signature import CODE_LIFETIME
from intake.policy.vocabulary import Kind
from intake.process import signing
from snippets.models import CompetentBody
from tests.intake.forms.citizen import GOOD, code_in_mail, errors_of, text_of, url_of

pytestmark = pytest.mark.django_db

ASK = {**GOOD[Kind.COMPLAINT]["verification"], "action": "code"}
SIGN = {**GOOD[Kind.COMPLAINT]["verification"], "action": "signer"}


def check(citizen, draft, **given):
    return citizen.post(url_of(draft, "verification"), given)


WAYS = [
    # article, answers to the first step, where they lead
    ("2.3", {"wish": "repair"}, "/demandes/requete/"),
    ("4.1", {"wish": "complain", "target": "private"}, "/demande/"),
    ("4.1", {"wish": "complain", "target": "technician"}, "/demande/"),
]


@pytest.mark.parametrize(("article", "answers", "leads_to"), WAYS)
def test_art_2_3_the_first_step_leads_where_the_answers_say(citizen, article, answers, leads_to):
    response = citizen.post("/demandes/plainte/", answers)
    assert response.status_code == 303, article
    assert leads_to in response.url


@pytest.mark.parametrize("target", ["general_director", "elected", "tender"])
def test_domain_case_7_and_21_other_recourses_are_told_and_nothing_is_kept(citizen, target):
    CompetentBody.objects.create(name="Commission indépendante", contact="418 555-0100", recourse_for=target)
    CompetentBody.objects.create(name="Hydro", contact="x")
    draft = citizen.begin(Kind.COMPLAINT)
    citizen.post(
        url_of(draft, "demande"), {**GOOD[Kind.COMPLAINT]["demande"], "facts": "Un texte déjà écrit, assez long."}
    )

    page = citizen.post(url_of(draft, "vise"), {"wish": "complain", "target": target})

    words = text_of(page)
    assert page.status_code == 200
    assert "Commission indépendante" in words
    assert "Hydro" not in words
    assert "Un texte déjà écrit" in words, "what was typed can be copied"
    assert not Draft.objects.exists()
    assert not Case.objects.exists()


def test_art_4_1_a_danger_is_answered_by_9_1_1_and_the_way_to_an_urgent_request(citizen):
    draft = citizen.begin(Kind.COMPLAINT, endangers="yes")
    words = text_of(citizen.get(url_of(draft, "demande")))
    assert "9-1-1" in words
    assert "Restez à 10 mètres" in words
    assert 'href="/demandes/requete/"' in citizen.get(url_of(draft, "demande")).content.decode()
    assert citizen.fill(Kind.COMPLAINT, vise={"endangers": "yes"})
    assert citizen.file(Kind.COMPLAINT, vise={"endangers": "yes"}).complaint.endangers


def test_art_4_1_a_complaint_is_signed_with_the_code_of_the_mail_and_sealed(citizen):
    case = citizen.file(Kind.COMPLAINT)
    file = ComplaintFile.objects.get(case=case)
    assert (file.signature, file.signer_name, case.status) == ("email", "Marie Tremblay", "received")
    assert file.email_proved_at is not None
    assert file.is_intact()
    assert "signée" in text_of(citizen.get(url_of(Draft.objects.get(), "confirmation")))
    assert not SignatureCode.objects.exists()


def test_the_mail_of_the_code_leaves_at_once_and_says_nothing_of_the_complaint(citizen):
    draft = citizen.fill(Kind.COMPLAINT)
    assert check(citizen, draft, **ASK).status_code == 303
    mail = Email.objects.latest("pk")
    assert mail.to == ["marie@exemple.example"]
    assert mail.status is not None
    assert GOOD[Kind.COMPLAINT]["demande"]["concerned"] not in mail.message
    code = code_in_mail()
    stored = SignatureCode.objects.get()
    assert code.replace(" ", "") not in f"{stored.code_hash}{stored.subject}{stored.email_hash}"
    assert code not in str(Draft.objects.get().data)


def test_art_4_1_a_typed_name_alone_is_no_signature(citizen):
    draft = citizen.fill(Kind.COMPLAINT)
    response = check(citizen, draft, **SIGN)
    assert errors_of(response) == ["Écrivez le code reçu par courriel."]
    assert not Case.objects.exists()


def test_a_wrong_code_is_said_five_times_then_works_no_more(citizen):
    draft = citizen.fill(Kind.COMPLAINT)
    check(citizen, draft, **ASK)
    good = code_in_mail()
    wrong = "000000" if good != "000 000" else "111111"
    for _ in range(5):
        response = check(citizen, draft, **SIGN, code=wrong)
        assert errors_of(response) == ["Ce n'est pas le bon code. Vérifiez les six chiffres du courriel."]
        assert 'value="Marie Tremblay"' in response.content.decode()
    assert errors_of(check(citizen, draft, **SIGN, code=good)) == ["Ce code n'est plus bon. Demandez-en un autre."]
    assert not Case.objects.exists()


@pytest.mark.parametrize("typed", ["{}", " {} ", "{0[0]}{0[1]}{0[2]}-{0[4]}{0[5]}{0[6]}"])
def test_the_code_is_read_as_people_type_it(citizen, typed):
    draft = citizen.fill(Kind.COMPLAINT)
    check(citizen, draft, **ASK)
    assert check(citizen, draft, **SIGN, code=typed.format(code_in_mail())).status_code == 303


def test_an_old_code_a_code_of_another_draft_and_one_for_another_address_prove_nothing(citizen):
    draft = citizen.fill(Kind.COMPLAINT)
    check(citizen, draft, **ASK)
    first = code_in_mail()
    subject, email, now = f"draft:{draft.pk}", "marie@exemple.example", timezone.now()
    for changed in (
        {"subject": "draft:autre"},
        {"email": "autre@exemple.example"},
        {"now": now + CODE_LIFETIME + timedelta(seconds=1)},
    ):
        with pytest.raises(signing.NotProved):
            signing.prove(**{"subject": subject, "email": email, "code": first, "now": now} | changed)
    check(citizen, draft, **ASK)
    if code_in_mail() != first:
        with pytest.raises(signing.NotProved):
            signing.prove(subject=subject, email=email, code=first, now=now)


def test_one_address_gets_six_codes_an_hour(citizen):
    draft = citizen.fill(Kind.COMPLAINT)
    for _ in range(6):
        assert check(citizen, draft, **ASK).status_code == 303
    FailedLookup.objects.filter(door="code").delete()  # another connection
    response = check(citizen, draft, **ASK)
    assert errors_of(response) == ["Plusieurs codes viennent d'être envoyés à cette adresse. Réessayez dans une heure."]
    assert Email.objects.count() == 6


def test_one_connection_asks_for_ten_codes_an_hour(citizen):
    draft = citizen.fill(Kind.COMPLAINT)
    for number in range(10):
        citizen.post(
            url_of(draft, "coordonnees"), {**GOOD[Kind.COMPLAINT]["coordonnees"], "email": f"a{number}@x.example"}
        )
        assert check(citizen, draft, **ASK).status_code == 303
    assert check(citizen, draft, **ASK).status_code == 429


@pytest.mark.parametrize("email", ["", "marie@exemple.example"])
def test_art_4_1_without_code_it_is_sent_unsigned_and_told_how_to_sign(citizen, email):
    draft = citizen.fill(Kind.COMPLAINT, coordonnees={"email": email})
    page = text_of(citizen.get(url_of(draft, "verification")))
    assert "Envoyer sans signer" in page

    words = text_of(citizen.follow(check(citizen, draft, action="sans-signature")))

    case = Case.objects.get()
    assert (case.status, case.complaint.signature, case.complaint.missing) == ("incomplete", "none", ["signature"])
    assert case.complaint.complete_until == timezone.localdate() + timedelta(days=10)
    assert "elle n'est pas signée" in words
    assert "Au comptoir" in words


def test_the_enter_key_never_sends_an_unsigned_complaint_by_mistake(citizen):
    draft = citizen.fill(Kind.COMPLAINT)
    assert check(citizen, draft, **GOOD[Kind.COMPLAINT]["verification"]).status_code == 303
    assert not Case.objects.exists()
    assert SignatureCode.objects.count() == 1


def test_domain_case_8_the_technician_never_sees_a_complaint_about_himself(citizen):
    case = citizen.file(Kind.COMPLAINT, vise={"target": "technician"})
    assert case.status == "under_review"
    assert case.complaint.kept_from_technician


def test_art_4_5_nothing_that_was_typed_is_in_clear_once_it_is_sent(citizen):
    from tests.intake.complaints.test_erasure import every_text

    words = "Zorglubienne description des faits, bien assez longue."
    case = citizen.file(Kind.COMPLAINT, demande={"facts": words, "concerned": "Zorglubien du comptoir"})
    assert not [place for place in every_text() if "orglub" in place[2]]
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM intake_complaintfile WHERE case_id = %s", [case.pk])
        assert unseal(cursor.fetchone()[0]) == words


def test_facts_that_began_after_they_ended_are_refused(citizen):
    draft = citizen.begin(Kind.COMPLAINT)
    response = citizen.post(url_of(draft, "demande"), {**GOOD[Kind.COMPLAINT]["demande"], "facts_from": "2020-02-01"})
    assert errors_of(response) == ["La première date doit précéder la dernière."]
