"""What the policy requires of each kind is always asked (art. 4.1, 4.3, 4.4, 4.6; domain §4, « Required »)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from intake.models import Case
from intake.policy.vocabulary import Kind

from .citizen import GOOD, SLUGS, errors_of, text_of, url_of

pytestmark = pytest.mark.django_db

REQUIRED = [
    # article, kind, step, field, what the citizen reads
    ("4.1", Kind.REQUEST, "nature", "nature", "Choisissez ce dont il s'agit, ou « Autre, ou je ne trouve pas »."),
    ("4.3", Kind.REQUEST, "demande", "location", "Indiquez le lieu."),
    ("4.3", Kind.REQUEST, "demande", "facts", "Décrivez la situation en quelques phrases."),
    ("4.3", Kind.REQUEST, "coordonnees", "first_name", "Écrivez votre prénom."),
    ("4.3", Kind.REQUEST, "coordonnees", "last_name", "Écrivez votre nom."),
    ("4.3", Kind.REQUEST, "coordonnees", "address", "Écrivez votre adresse : numéro et rue."),
    ("4.3", Kind.REQUEST, "coordonnees", "city", "Écrivez le nom de votre municipalité."),
    ("4.3", Kind.REQUEST, "coordonnees", "postal_code", "Écrivez votre code postal."),
    ("4.3", Kind.REQUEST, "coordonnees", "phone", "Écrivez votre numéro de téléphone."),
    ("4.4", Kind.COMPLAINT, "demande", "concerned", "Indiquez le service ou la personne visé."),
    ("4.4", Kind.COMPLAINT, "demande", "facts_on", "Indiquez la date des faits."),
    ("4.1", Kind.COMPLAINT, "demande", "facts", "Décrivez la situation en quelques phrases."),
    ("4.4", Kind.COMPLAINT, "coordonnees", "last_name", "Écrivez votre nom."),
    ("4.4", Kind.COMPLAINT, "coordonnees", "address", "Écrivez votre adresse : numéro et rue."),
    ("4.4", Kind.COMPLAINT, "coordonnees", "phone", "Écrivez votre numéro de téléphone."),
    ("4.1", Kind.COMPLAINT, "vise", "wish", "Dites ce que vous souhaitez."),
    ("4.4", Kind.COMPLAINT, "vise", "target", "Choisissez qui est visé."),
    ("4.1", Kind.COMPLAINT, "verification", "signature_name", "Signez : écrivez votre prénom et votre nom."),
    (
        "4.1",
        Kind.INQUIRY,
        "demande",
        "inquiry_type",
        "Dites si c'est une question, une suggestion, un commentaire ou des félicitations.",
    ),
    ("4.1", Kind.INQUIRY, "demande", "facts", "Décrivez la situation en quelques phrases."),
    ("4.1", Kind.INQUIRY, "demande", "wants_reply", "Dites si vous souhaitez une réponse."),
    ("4.1", Kind.INQUIRY, "coordonnees", "last_name", "Écrivez votre nom."),
    ("4.1", Kind.CLAIM, "demande", "event_on", "Indiquez la date de l'événement."),
    ("4.1", Kind.CLAIM, "demande", "location", "Indiquez le lieu."),
    ("4.1", Kind.CLAIM, "demande", "facts", "Décrivez la situation en quelques phrases."),
    ("4.1", Kind.CLAIM, "demande", "damage_type", "Choisissez la sorte de dommage."),
    ("4.1", Kind.CLAIM, "coordonnees", "address", "Écrivez votre adresse : numéro et rue."),
    ("4.1", Kind.CLAIM, "coordonnees", "phone", "Écrivez votre numéro de téléphone."),
    ("4.6", Kind.ACCESS_REQUEST, "demande", "facts", "Décrivez la situation en quelques phrases."),
    ("4.6", Kind.ACCESS_REQUEST, "demande", "delivery", "Choisissez une façon de recevoir les documents."),
    ("4.6", Kind.ACCESS_REQUEST, "coordonnees", "address", "Écrivez votre adresse : numéro et rue."),
]


@pytest.mark.parametrize(("article", "kind", "step", "field", "message"), REQUIRED)
def test_when_a_required_field_is_left_out_then_it_is_named_and_nothing_is_filed(
    citizen, article, kind, step, field, message
):
    steps = list(GOOD[kind])
    answers = {name: value for name, value in GOOD[kind][step].items() if name != field}
    if step == steps[0]:
        response = citizen.post(f"/demandes/{SLUGS[kind]}/", answers)
    else:
        draft = citizen.fill(kind) if step == "verification" else citizen.begin(kind)
        # Asking for the code is the first half of signing.
        action = {"action": "code"} if "signature_name" in GOOD[kind][step] else {}
        response = citizen.post(url_of(draft, step), {**answers, **action})
    assert response.status_code == 422
    assert errors_of(response) == [message], f"art. {article}"
    assert "<title>Erreur :" in response.content.decode()
    assert not Case.objects.exists()
    for value in answers.values():
        assert value == "on" or value in response.content.decode(), "what was typed is shown again"


def test_a_request_may_be_filed_without_an_e_mail(citizen):
    case = citizen.file(coordonnees={"email": ""})
    assert (case.requester.email, case.messages.filter(audience="citizen").count()) == ("", 0)


@pytest.mark.parametrize("kind", [Kind.REQUEST, Kind.COMPLAINT])
def test_art_4_3_facts_must_be_detailed_enough(citizen, kind):
    draft = citizen.begin(kind)
    response = citizen.post(url_of(draft, "demande"), {**GOOD[kind]["demande"], "facts": "   Brisé  \n\n       "})
    assert "au moins 20 caractères" in errors_of(response)[0]


@pytest.mark.parametrize(("kind", "field"), [(Kind.COMPLAINT, "facts_on"), (Kind.CLAIM, "event_on")])
def test_what_happened_did_not_happen_tomorrow(citizen, kind, field):
    tomorrow = timezone.localdate() + timedelta(days=1)
    address = url_of(citizen.begin(kind), "demande")
    response = citizen.post(address, {**GOOD[kind]["demande"], field: tomorrow.isoformat()})
    assert errors_of(response) == ["La date ne peut pas être dans le futur."]
    today = timezone.localdate().isoformat()
    assert citizen.post(address, {**GOOD[kind]["demande"], field: today}).status_code == 303


@pytest.mark.parametrize("text", ["31 février", "2026-02-30", "0001-01-01", "9999-12-31", "hier"])
def test_a_day_that_is_none_is_refused_and_shown_again(citizen, text):
    address = url_of(citizen.begin(Kind.COMPLAINT), "demande")
    response = citizen.post(address, {**GOOD[Kind.COMPLAINT]["demande"], "facts_on": text})
    assert errors_of(response) == ["Écrivez une date comme 2026-09-01 (année, mois, jour)."]
    assert f'value="{text}"' in response.content.decode()


@pytest.mark.parametrize("kind", [Kind.INQUIRY, Kind.ACCESS_REQUEST])
def test_one_way_to_answer_is_enough_but_needed(citizen, kind):
    draft = citizen.begin(kind, **({"delivery": "post"} if kind is Kind.ACCESS_REQUEST else {}))
    contact = {**GOOD[kind]["coordonnees"], "email": "", "phone": ""}
    refused = citizen.post(url_of(draft, "coordonnees"), contact)
    assert errors_of(refused) == ["Écrivez votre téléphone ou votre courriel, pour que nous puissions répondre."]
    for way in ({"email": "a@exemple.example"}, {"phone": "450 555-0123"}):
        assert citizen.post(url_of(draft, "coordonnees"), {**contact, **way}).status_code == 303


def test_no_way_to_answer_is_needed_when_no_answer_is_wished(citizen):
    draft = citizen.begin(Kind.INQUIRY, wants_reply="no")
    response = citizen.post(url_of(draft, "coordonnees"), {"first_name": "Marie", "last_name": "Tremblay"})
    assert response.url == url_of(draft, "verification")


def test_documents_asked_by_e_mail_need_an_e_mail(citizen):
    draft = citizen.begin(Kind.ACCESS_REQUEST)
    response = citizen.post(url_of(draft, "coordonnees"), {**GOOD[Kind.ACCESS_REQUEST]["coordonnees"], "email": ""})
    assert errors_of(response) == ["Écrivez votre courriel : vous souhaitez recevoir les documents par courriel."]


@pytest.mark.parametrize(
    ("field", "text", "message"),
    [
        ("phone", "555-0123", "Écrivez un numéro à 10 chiffres, comme 450 555-0123."),
        ("postal_code", "12345", "Écrivez un code postal comme J0R 1T0."),
        ("email", "marie@", "Écrivez une adresse courriel comme nom@exemple.com."),
        ("last_name", "x" * 300, "Écrivez au plus 80 caractères; il y en a 300."),
    ],
)
def test_a_malformed_contact_is_explained_and_shown_again(citizen, field, text, message):
    draft = citizen.begin()
    response = citizen.post(url_of(draft, "coordonnees"), {**GOOD[Kind.REQUEST]["coordonnees"], field: text})
    assert errors_of(response) == [message]
    assert text in response.content.decode()


def test_contacts_are_kept_in_their_one_form(citizen):
    requester = citizen.file(coordonnees={"phone": "(450)555-0123 ext. 7", "last_name": "  Tremblay   Roy "}).requester
    assert (requester.phone, requester.postal_code) == ("450 555-0123, poste 7", "J0R 1T0")
    assert requester.last_name == "Tremblay Roy"


def test_both_the_summary_and_the_field_say_what_is_wrong(citizen):
    draft = citizen.begin()
    body = citizen.post(url_of(draft, "demande"), {}).content.decode()
    assert 'href="#id_location"' in body
    assert 'id="id_location_error"' in body
    assert text_of(citizen.get(url_of(draft, "demande"))).count("Indiquez le lieu.") == 0
