"""Art. 4.3, 4.5: a detail that is wrong is corrected by whoever holds the file; the history names the field, not the value."""

import pytest
from django.urls import reverse
from django.utils import timezone

from intake.models import Case, Requester
from intake.policy.contact import Coordinates
from intake.policy.roles import Role
from intake.policy.vocabulary import Kind, Status
from intake.process import CaseChanged, NotVisible, Refused, close, complete, correct_contact, route, take
from intake.process.completion import Completion
from tests.factories import CLERK, DIRECTOR, TECHNICIAN, DesignationFactory, a_case, a_contact, recipient_of, user_with

from .steps import received, words

pytestmark = pytest.mark.django_db
WRONG, RIGHT = "mariee@exemple.example", "marie@exemple.example"
KNOWN = {
    "address": "1234, rue des Exemples",
    "city": "Val-des-Érables",
    "postal_code": "J0R 1T0",
    "phone": "450 555-0123",
}


@pytest.fixture
def received_by(nature):
    """The service has its Responsable."""
    return DesignationFactory(department=nature.department)


def right(**changes) -> Coordinates:
    return Coordinates(**{**KNOWN, "email": RIGHT, **changes})


def test_art_2_3_given_a_mistyped_e_mail_corrected_then_the_next_letter_goes_to_the_citizen(nature, received_by, town):
    case = received(nature, contact=a_contact(email=WRONG))
    correct_contact(pk=case.pk, contact=right(), by=TECHNICIAN, now=timezone.now())
    route(pk=case.pk, by=TECHNICIAN, now=timezone.now())

    told = case.messages.filter(audience="citizen").order_by("pk")
    assert [message.mail.to for message in told] == [[WRONG], [RIGHT]]
    event = case.events.get(verb="correct")
    assert event.changes == {"contact": ["email"]}
    assert event.from_status == event.to_status


def test_art_4_3_a_request_that_is_over_is_corrected_too(nature, received_by):
    case = route(pk=received(nature).pk, by=TECHNICIAN, now=timezone.now())
    take(pk=case.pk, by=TECHNICIAN, now=timezone.now())
    done = Completion(done_on=timezone.localdate(), phone_extension="2201", internal_note="Fait.", public_message="")
    complete(pk=case.pk, completion=done, by=TECHNICIAN, now=timezone.now())
    close(pk=case.pk, by=TECHNICIAN, now=timezone.now())
    over = correct_contact(pk=case.pk, contact=right(phone="450 555-0199"), by=TECHNICIAN, now=timezone.now())
    assert over.status_ is Status.CLOSED
    assert Requester.objects.get(case=case).phone_digits == "4505550199"


@pytest.mark.parametrize(
    ("kind", "by", "allowed"),
    [
        (Kind.REQUEST, TECHNICIAN, True),
        (Kind.REQUEST, DIRECTOR, False),
        (Kind.INQUIRY, TECHNICIAN, True),
        (Kind.CLAIM, CLERK, True),
        (Kind.ACCESS_REQUEST, CLERK, True),
        (Kind.ACCESS_REQUEST, TECHNICIAN, False),
        (Kind.COMPLAINT, DIRECTOR, True),
        (Kind.COMPLAINT, CLERK, False),
    ],
)
def test_art_4_5_who_corrects_the_details_of_each_kind(town, kind, by, allowed):
    case = a_case(kind=kind, contact=a_contact(email=WRONG))
    if not allowed:
        with pytest.raises((Refused, NotVisible)):
            correct_contact(pk=case.pk, contact=right(), by=by, now=timezone.now())
        assert Requester.objects.get(case=case).email == WRONG
        return
    correct_contact(pk=case.pk, contact=right(), by=by, now=timezone.now())
    assert Requester.objects.get(case=case).email == RIGHT


def test_art_4_5_a_responsable_does_not_correct_them(nature, works, received_by):
    case = route(pk=received(nature).pk, by=TECHNICIAN, now=timezone.now())
    with pytest.raises(Refused, match="le Technicien"):
        correct_contact(pk=case.pk, contact=right(), by=recipient_of(works), now=timezone.now())


def test_two_people_do_not_correct_over_each_other(nature):
    case = received(nature)
    correct_contact(pk=case.pk, contact=right(city="Prévost"), by=TECHNICIAN, now=timezone.now(), seen_version=1)
    with pytest.raises(CaseChanged):
        correct_contact(pk=case.pk, contact=right(), by=TECHNICIAN, now=timezone.now(), seen_version=1)


def test_art_4_5_the_citizen_found_by_his_new_address_is_no_longer_found_by_the_old_one(nature):
    case = received(nature)
    correct_contact(pk=case.pk, contact=right(address="8, montée Neuve"), by=TECHNICIAN, now=timezone.now())
    searched = Requester.objects.get(case=case).search_text
    assert "montee neuve" in searched
    assert "exemples" not in searched


def test_art_4_3_the_technician_corrects_an_e_mail_on_the_screen(enter, technician, nature):
    case, client = received(nature, contact=a_contact(email=WRONG)), enter(technician)
    address = reverse("intake_queue:gesture", args=[case.reference, "correct"])
    shown = client.get(reverse("intake_queue:case", args=[case.reference]))
    assert f'value="{WRONG}"' in shown.content.decode()

    same = client.post(address, {**KNOWN, "email": WRONG, "seen_version": 1, "etape": "valider"})
    assert "Rien n'a changé" in words(same)
    bad = client.post(address, {**KNOWN, "email": "marie", "seen_version": 1, "etape": "valider"})
    assert "Écrivez une adresse courriel comme nom@exemple.com." in words(bad)
    done = client.post(address, {**KNOWN, "email": RIGHT, "seen_version": 1, "etape": "valider"})

    assert done.status_code == 302
    assert "Coordonnées mises à jour : courriel" in words(client.get(done.url))
    assert WRONG not in str(case.events.filter(verb="correct").values())


def test_art_4_3_a_file_without_identity_says_why_nothing_can_be_corrected(enter, technician, nature):
    case, client = received(nature, contact=None), enter(technician)
    page = client.get(reverse("intake_queue:case", args=[case.reference]))
    assert "Personne n'est inscrit à ce dossier" in words(page)
    assert 'id="correct-email"' not in page.content.decode()


def test_art_4_5_the_clerk_corrects_a_claim_and_the_emergency_of_a_stale_page_writes_nothing(enter, roles, town):
    case, client = received(kind=Kind.CLAIM), enter(user_with(Role.CLERK, username="greffe"))
    address = reverse("intake_queue:gesture", args=[case.reference, "correct"])
    assert client.post(address, {**KNOWN, "email": RIGHT, "phone": "4505550199", "seen_version": 9}).status_code == 409
    assert client.post(address, {**KNOWN, "email": RIGHT, "phone": "4505550199", "seen_version": 1}).status_code == 302
    assert Case.objects.get(pk=case.pk).requester.phone == "450 555-0199"
