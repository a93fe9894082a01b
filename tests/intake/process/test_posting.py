"""Tricky case 16: a citizen without e-mail is never forgotten; his messages wait as letters, in the verb's transaction."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from intake.letters import as_pdf, sheet_of
from intake.models import AccessRecord, CaseEvent, CaseMessage, PostalLetter
from intake.policy.letters import Way
from intake.policy.references import tracking_hash
from intake.policy.roles import Actor, Role
from intake.policy.vocabulary import Kind
from intake.process import NotVisible, Refused, receive, reclassify, route
from intake.process.posting import mark_posted, print_letters
from snippets.models import TownSettings
from tests.factories import (
    CITIZEN,
    DIRECTOR,
    TECHNICIAN,
    DepartmentFactory,
    DesignationFactory,
    NatureFactory,
    a_case,
    a_contact,
    a_filing,
    recipient_of,
    town_time,
    user_with,
)
from tests.intake.letters.read import pdf_words

pytestmark = pytest.mark.django_db

NOW = town_time("2026-06-22 10:00")
TODAY = date(2026, 6, 22)
NO_EMAIL = a_contact(email="")
CLERK = Actor(label="Greffière", roles=frozenset({Role.CLERK}))


@pytest.fixture(autouse=True)
def with_its_town(town):
    """The town of these tests."""


@pytest.fixture
def nature():
    nature = NatureFactory()
    DesignationFactory(department=nature.department)
    return nature


def without_email(nature=None, **changes):
    return a_case(nature, now=NOW, contact=NO_EMAIL, **changes)


def test_receipt_without_email_writes_the_acknowledgement_as_a_letter_and_no_mail(nature):
    letter = without_email(nature).letters.get()

    assert (letter.code, letter.made_at, letter.posted_on) == ("T1", NOW, None)
    assert letter.subject == "Nous avons bien reçu votre requête 2026-0001"
    assert letter.body.startswith("Bonjour Marie Tremblay,")
    assert CaseMessage.objects.filter(audience="citizen").count() == 0


def test_each_verb_that_writes_to_the_citizen_writes_a_letter_of_its_own_event(nature):
    case = without_email(nature)

    route(pk=case.pk, by=TECHNICIAN, now=NOW + timedelta(hours=1))

    letters = PostalLetter.objects.order_by("pk")
    assert [(letter.code, letter.event.verb) for letter in letters] == [("T1", "receive"), ("T2", "route")]


@pytest.mark.parametrize(
    "contact", [None, a_contact(), a_contact(email="", address="")], ids=["anonymous", "mail", "phone"]
)
def test_no_letter_for_whoever_is_anonymous_or_has_email_or_gave_no_address(nature, contact):
    a_case(nature, now=NOW, contact=contact)

    assert PostalLetter.objects.count() == 0


def test_when_the_verb_is_undone_so_is_its_letter(nature):
    case = without_email(nature)

    def route_then_fail() -> None:
        with transaction.atomic():
            route(pk=case.pk, by=TECHNICIAN, now=NOW)
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        route_then_fail()

    assert case.letters.count() == 1


def test_tracking_code_is_on_paper_until_the_letter_left_and_never_in_the_stored_text(nature):
    receipt = receive(filing=a_filing(nature_id=nature.pk, contact=NO_EMAIL), by=CITIZEN, now=NOW)
    letter, code, town = receipt.case.letters.get(), receipt.tracking_code, TownSettings.load()
    assert tracking_hash(receipt.case.reference, letter.tracking_code) == receipt.case.tracking_hash
    assert code not in letter.body + letter.shown_body
    assert f"Code de suivi, à garder pour vous : {code}" in pdf_words(as_pdf(sheet_of(letter, town), town))

    mark_posted(pks=[letter.pk], posted_on=TODAY, by=TECHNICIAN, now=NOW)

    letter.refresh_from_db()
    assert letter.tracking_code == ""
    assert code not in str(PostalLetter.objects.values().get())
    assert "(donné dans la première lettre)" in pdf_words(as_pdf(sheet_of(letter, town), town))


def test_text_of_a_letter_is_never_rewritten_even_by_the_database(nature):
    letter = without_email(nature).letters.get()

    for change in (
        {"body": "autre"},
        {"subject": "autre"},
        {"made_at": NOW - timedelta(days=1)},
        {"code": "T2"},
        {"kind": "inquiry"},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            PostalLetter.objects.filter(pk=letter.pk).update(**change)
    PostalLetter.objects.filter(pk=letter.pk).update(printed_by="Moi")


def test_printing_is_noted_and_may_be_done_again(nature):
    letter = without_email(nature).letters.get()

    print_letters(pks=[letter.pk], by=TECHNICIAN, now=NOW)
    print_letters(pks=[letter.pk], by=TECHNICIAN, now=NOW + timedelta(hours=1))

    letter.refresh_from_db()
    assert (letter.printed_at, letter.printed_by) == (NOW + timedelta(hours=1), "Technicienne")
    assert letter.posted_on is None


def test_letters_marked_as_posted_note_day_person_and_address(nature):
    letters = [without_email(nature).letters.get() for _ in range(3)]

    mark_posted(pks=[letter.pk for letter in letters[:2]], posted_on=TODAY, by=TECHNICIAN, now=NOW)

    gone = PostalLetter.objects.exclude(posted_on=None)
    assert set(gone.values_list("pk", flat=True)) == {letters[0].pk, letters[1].pk}
    assert {(one.posted_on, one.posted_by, one.way) for one in gone} == {(TODAY, "Technicienne", "post")}
    assert gone[0].addressee.splitlines()[:2] == ["Marie Tremblay", "1234, rue des Exemples"]
    assert PostalLetter.objects.to_post().get() == letters[2]


def test_letter_when_it_left_keeps_its_address_whatever_the_file_becomes(nature):
    letter = without_email(nature).letters.get()
    mark_posted(pks=[letter.pk], posted_on=TODAY, by=TECHNICIAN, now=NOW)

    letter.case.requester.address = "5, rue Neuve"
    letter.case.requester.save()

    letter.refresh_from_db()
    assert sheet_of(letter, TownSettings.load()).addressee[1] == "1234, rue des Exemples"


def test_letter_when_it_already_left_is_not_marked_twice(nature):
    letter = without_email(nature).letters.get()
    mark_posted(pks=[letter.pk], posted_on=TODAY, by=TECHNICIAN, now=NOW)

    again = mark_posted(pks=[letter.pk], posted_on=TODAY, by=DIRECTOR_AND_TECHNICIAN, now=NOW, way=Way.HAND)

    letter.refresh_from_db()
    assert again == []
    assert (letter.posted_by, letter.way) == ("Technicienne", "post")


DIRECTOR_AND_TECHNICIAN = Actor(label="Autre", roles=frozenset({Role.DIRECTOR, Role.TECHNICIAN}))


def test_person_reached_by_telephone_leaves_no_address_behind(nature):
    letter = without_email(nature).letters.get()

    mark_posted(pks=[letter.pk], posted_on=TODAY, by=TECHNICIAN, now=NOW, way=Way.TOLD)

    letter.refresh_from_db()
    assert (letter.way, letter.addressee, letter.tracking_code) == ("told", "", "")


@pytest.mark.parametrize("posted_on", [None, TODAY - timedelta(days=1), TODAY + timedelta(days=1)])
def test_day_that_can_not_be_is_refused_beside_its_field_and_nothing_changes(nature, posted_on):
    letter = without_email(nature).letters.get()

    with pytest.raises(Refused) as refused:
        mark_posted(pks=[letter.pk], posted_on=posted_on, by=TECHNICIAN, now=NOW)

    assert refused.value.refusals[0].field == "posted_on"
    assert PostalLetter.objects.to_post().count() == 1


def test_art_4_5_letters_are_in_the_hands_of_those_who_see_the_file_and_answer_for_its_kind(nature):
    DepartmentFactory(code="EXP", is_front_line=True)
    request = without_email(nature)
    claim = without_email(kind=Kind.CLAIM)
    complaint = without_email(kind=Kind.COMPLAINT)

    def mine(actor) -> set:
        return set(PostalLetter.objects.to_post().in_the_hands_of(actor).values_list("case__reference", flat=True))

    assert mine(TECHNICIAN) == {request.reference, claim.reference, complaint.reference}
    assert mine(DIRECTOR) == {complaint.reference}
    assert mine(CLERK) == {claim.reference}
    assert mine(recipient_of(nature.department)) == set()
    assert mine(Actor(label="Secours", everything=True)) == mine(TECHNICIAN)


@pytest.mark.parametrize("verb", [print_letters, lambda **what: mark_posted(posted_on=TODAY, **what)])
def test_art_4_5_letter_of_another_s_file_does_not_exist_and_the_attempt_is_written(nature, verb):
    user = user_with(Role.CLERK)
    clerk = Actor(label="Greffière", roles=frozenset({Role.CLERK}), user_id=user.pk)
    mine, complaint = without_email(kind=Kind.CLAIM).letters.get(), without_email(kind=Kind.COMPLAINT).letters.get()

    with pytest.raises(NotVisible):
        verb(pks=[mine.pk, complaint.pk], by=clerk, now=NOW)

    assert PostalLetter.objects.filter(printed_at=None, posted_on=None).count() == 2
    assert list(AccessRecord.objects.values_list("case_id", "what", "allowed")) == [
        (complaint.case_id, "letter", False)
    ]


def test_art_4_5_printing_a_confidential_letter_is_written_as_a_reading(nature):
    user = user_with(Role.CLERK)
    clerk = Actor(label="Greffière", roles=frozenset({Role.CLERK}), user_id=user.pk)
    letter = without_email(kind=Kind.CLAIM).letters.get()

    print_letters(pks=[letter.pk], by=clerk, now=NOW)

    assert list(AccessRecord.objects.values_list("case_id", "what", "allowed")) == [(letter.case_id, "letter", True)]
    assert "CONFIDENTIEL" in sheet_of(letter, TownSettings.load()).mentions


def test_letter_that_does_not_exist_is_not_visible(nature):
    with pytest.raises(NotVisible):
        print_letters(pks=[12345], by=TECHNICIAN, now=NOW)


def test_art_4_5_letter_written_while_the_file_was_confidential_stays_with_those_who_could_read_it(nature):
    case = without_email(kind=Kind.COMPLAINT)
    receipt = case.letters.get()
    secret = PostalLetter.objects.create(
        case=case,
        event=CaseEvent.objects.create(case=case, verb="ask", at=NOW, by_label="Directeur", to_status="incomplete"),
        code="T9B",
        kind="complaint",
        subject="Un élément à compléter",
        sealed_body="Bonjour,",
        made_at=NOW,
    )

    why, facts = "C'est une réparation.", "Un lampadaire à réparer."
    reclassify(pk=case.pk, kind=Kind.REQUEST, reason=why, facts=facts, nature=nature, by=DIRECTOR, now=NOW)

    hands = PostalLetter.objects.to_post().in_the_hands_of
    assert {letter.code for letter in hands(TECHNICIAN)} == {"T1", "T9"}
    assert receipt in hands(TECHNICIAN)
    assert secret not in hands(TECHNICIAN)
    assert not hands(DIRECTOR)
    assert not hands(recipient_of(nature.department))
    assert receipt.is_confidential
