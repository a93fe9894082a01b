"""The life of a complaint, verb by verb (art. 4.1, 4.4, 4.5; domain §4 and §8)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from intake.models import Case, ComplaintFile
from intake.policy.complaint import Obstacle
from intake.policy.complaint_target import Target
from intake.policy.investigation import Entry, Missing
from intake.policy.vocabulary import Charge, Kind, Status
from intake.process import Filing, NotVisible, Refused, receive
from intake.process.complaint_filing import ComplaintDetails
from intake.process.complaints import Checklist, admit, ask, entrust, hand_over, open_safety_request, reject
from tests.factories import CITIZEN, DIRECTOR, TECHNICIAN, EmployeeFactory, a_contact

from .steps import (
    GENERAL_DIRECTOR,
    WORDS,
    a_complaint,
    accuse,
    add,
    end,
    hear,
    investigated,
    today,
    under_review,
)

pytestmark = pytest.mark.django_db


def codes(case) -> set[str]:
    return set(case.messages.values_list("code", flat=True))


FIRST = [
    # article, target, signed, first status, who answers, who is told
    ("4.4", Target.SERVICE, True, Status.RECEIVED, Charge.DIRECTOR, "email"),
    ("4.4", Target.EMPLOYEE, True, Status.RECEIVED, Charge.DIRECTOR, "email"),
    ("4.4", Target.PRIVATE, True, Status.RECEIVED, Charge.DIRECTOR, "email"),
    ("8, case 8", Target.TECHNICIAN, True, Status.UNDER_REVIEW, Charge.DIRECTOR, "director_email"),
    ("8, case 8", Target.CITIZEN_SERVICE, True, Status.UNDER_REVIEW, Charge.DIRECTOR, "director_email"),
    ("8, case 7", Target.DIRECTOR, True, Status.UNDER_REVIEW, Charge.GENERAL_DIRECTOR, "general_director_email"),
    ("4.1", Target.EMPLOYEE, False, Status.INCOMPLETE, Charge.DIRECTOR, "director_email"),
    ("8, case 7", Target.DIRECTOR, False, Status.INCOMPLETE, Charge.GENERAL_DIRECTOR, "general_director_email"),
]


@pytest.mark.parametrize(("article", "target", "is_signed", "status", "charge", "told"), FIRST)
def test_art_4_4_a_complaint_begins_where_its_target_and_its_signature_say(
    town, article, target, is_signed, status, charge, told
):
    case = a_complaint(target=target, signature="email" if is_signed else None)

    assert (case.status_, Charge(case.charge)) == (status, charge), article
    assert set(case.messages.filter(audience="staff").values_list("recipient", flat=True)) == {getattr(town, told)}
    assert codes(case) & {"T9", "T9U"} == {"T9" if is_signed else "T9U"}


@pytest.mark.parametrize("target", [Target.GENERAL_DIRECTOR, Target.ELECTED, Target.TENDER])
def test_domain_case_7_and_21_no_file_is_opened_for_other_recourses(target):
    filing = Filing(kind=Kind.COMPLAINT, facts=WORDS, contact=a_contact(), details=ComplaintDetails(target=target))
    with pytest.raises(Refused):
        receive(filing=filing, by=CITIZEN, now=timezone.now())
    assert not Case.objects.exists()


def test_art_4_4_a_signed_complaint_is_handed_over_and_the_technician_reads_it_no_more(town):
    case = under_review()

    assert case.status_ is Status.UNDER_REVIEW
    assert case.messages.get(code="R50").recipient == town.director_email
    with pytest.raises(NotVisible):
        ask(pk=case.pk, missing=[Missing.CONTACT], by=TECHNICIAN, now=timezone.now())


def test_art_4_1_given_an_unsigned_complaint_then_only_to_complete_or_inadmissible_is_possible():
    case = under_review(signature=None, to_be_signed=False)
    now = timezone.now()

    with pytest.raises(Refused, match="élément obligatoire"):
        admit(pk=case.pk, by=DIRECTOR, now=now)
    with pytest.raises(Refused, match="Demandez d'abord"):
        reject(pk=case.pk, reason=Obstacle.UNSIGNED, by=DIRECTOR, now=now)
    asked = ask(pk=case.pk, missing=[Missing.SIGNATURE], by=DIRECTOR, now=now)
    limit = asked.complaint.complete_until
    assert limit == today() + timedelta(days=10)
    with pytest.raises(Refused, match="peut compléter jusqu'au"):
        reject(pk=case.pk, reason=Obstacle.UNSIGNED, by=DIRECTOR, now=now + timedelta(days=10))
    done = reject(pk=case.pk, reason=Obstacle.UNSIGNED, by=DIRECTOR, now=now + timedelta(days=11))
    assert done.status_ is Status.INADMISSIBLE
    assert "n'est pas signée, malgré notre message" in done.complaint.letter


def test_art_4_4_what_is_asked_stops_the_clock_and_says_until_when(town):
    case = ask(pk=under_review().pk, missing=[Missing.CONTACT], by=DIRECTOR, now=timezone.now())

    mail = case.messages.get(code="T9B").mail.message
    assert "vos coordonnées complètes" in mail
    assert case.clock_stopped_on == today()
    assert not case.is_overdue(on=today() + timedelta(days=400))


REASONS = [
    # article, reason, what makes the file show it, words of the letter (None: no letter)
    ("4.4", Obstacle.LATE, {"days_ago": 40}, "le délai est de 15 jours"),
    ("4.1", Obstacle.PRIVATE_DISPUTE, {}, "différend entre particuliers"),
    ("4.1", Obstacle.OUT_OF_FIELD, {}, "ne vise ni un service ni le personnel"),
    ("4.1", Obstacle.ANONYMOUS, {"contact": None}, None),
]


@pytest.mark.parametrize(("article", "reason", "facts", "letter"), REASONS)
def test_art_4_1_a_person_rejects_for_a_reason_of_the_closed_list(town, article, reason, facts, letter):
    case = under_review(**facts)

    done = reject(pk=case.pk, reason=reason, other_recourse="Voyez la médiation.", by=DIRECTOR, now=timezone.now())

    assert (done.status_, done.complaint.rejection) == (Status.INADMISSIBLE, reason.value), article
    assert ("T10A" in codes(done)) is (letter is not None)
    if letter:
        assert letter in done.complaint.letter
        assert "Voyez la médiation." in done.complaint.letter
        mail = done.messages.get(code="T10A").mail
        assert letter not in mail.subject + mail.message


@pytest.mark.parametrize("reason", [Obstacle.LATE, Obstacle.UNSIGNED, Obstacle.ANONYMOUS, None])
def test_art_4_1_a_reason_that_the_file_does_not_show_is_refused(reason):
    with pytest.raises(Refused):
        reject(pk=under_review().pk, reason=reason, by=DIRECTOR, now=timezone.now())


def test_art_4_4_given_facts_16_days_old_then_the_director_decides_with_a_reason():
    case = under_review(days_ago=40)

    with pytest.raises(Refused, match="écrivez pourquoi"):
        admit(pk=case.pk, by=DIRECTOR, now=timezone.now())
    admitted = admit(pk=case.pk, reasons="Les faits se répètent.", by=DIRECTOR, now=timezone.now())
    assert admitted.status_ is Status.INVESTIGATING


def test_art_4_1_a_danger_is_seen_to_whatever_the_complaint_lacks(town):
    case = a_complaint(contact=None, signature=None, to_be_signed=False)

    open_safety_request(
        pk=case.pk,
        facts="Un fil électrique est tombé sur le trottoir.",
        location="12, rue des Érables",
        by=TECHNICIAN,
        now=timezone.now(),
    )

    request = Case.objects.get(origin=case)
    assert (request.kind_, request.priority) == (Kind.REQUEST, "p1")
    assert not hasattr(request, "requester")
    assert Case.objects.get(pk=case.pk).status_ is Status.RECEIVED
    assert WORDS not in request.facts


def test_art_4_4_a_complaint_about_the_director_leaves_no_trace_for_the_director(town):
    case = entrust(
        pk=under_review().pk,
        charge=Charge.GENERAL_DIRECTOR,
        reason="Vise la direction.",
        by=DIRECTOR,
        now=timezone.now(),
    )

    assert case.messages.filter(code="R50", recipient=town.general_director_email).exists()
    assert not Case.objects.visible_to_actor(DIRECTOR).exists()
    with pytest.raises(NotVisible):
        admit(pk=case.pk, by=DIRECTOR, now=timezone.now())
    assert admit(pk=case.pk, by=GENERAL_DIRECTOR, now=timezone.now()).status_ is Status.INVESTIGATING


def test_art_4_4_founded_is_refused_until_each_person_targeted_was_met_and_heard():
    case = investigated()
    accuse(case, EmployeeFactory())
    accuse(case, EmployeeFactory())
    hear(case, 1)

    with pytest.raises(Refused, match="personne 2") as refused:
        end(case, Status.FOUNDED)
    assert refused.value.refusals[0].article == "4.4"
    hear(case, 2)
    assert end(case, Status.FOUNDED).status_ is Status.FOUNDED


@pytest.mark.parametrize("target", [Target.EMPLOYEE, Target.TECHNICIAN, Target.DIRECTOR])
def test_art_4_4_founded_is_refused_when_a_person_is_targeted_and_nobody_was_inscribed(target):
    case = investigated(target=target) if target is not Target.DIRECTOR else a_complaint(target=target)
    by = GENERAL_DIRECTOR if target is Target.DIRECTOR else DIRECTOR
    if target is Target.DIRECTOR:
        case = admit(pk=case.pk, by=by, now=timezone.now())

    with pytest.raises(Refused, match="inscrivez-la au journal") as refused:
        end(case, Status.FOUNDED, by=by)
    assert refused.value.refusals[0].article == "4.4"


def test_art_4_4_a_service_that_names_nobody_may_be_founded_and_it_is_written(town):
    case = investigated(target=Target.SERVICE)
    with pytest.raises(Refused, match="confirmez qu'elle ne nomme personne"):
        end(case, Status.FOUNDED, names_nobody=False)
    done = end(case, Status.FOUNDED)
    assert done.events.last().changes == {"names_nobody": True}


LOG = [
    # entry, what is given, the field that lacks
    (Entry.HEARD, {"person": 1}, "held_on"),
    (Entry.HEARD, {"held_on": "today"}, "person"),
    (Entry.HEARD, {"person": 1, "held_on": "tomorrow"}, "held_on"),
    (Entry.HEARD, {"person": 9, "held_on": "today"}, "person"),
    (Entry.WITNESS, {"held_on": "today"}, "note"),
    (Entry.EVIDENCE, {}, "note"),
    (Entry.NOTE, {"note": "  "}, "note"),
    (Entry.ACCUSED, {}, "employee"),
]


@pytest.mark.parametrize(("what", "given", "field"), LOG)
def test_art_4_4_the_log_refuses_what_is_not_said(what, given, field):
    days = {"today": today(), "tomorrow": today() + timedelta(days=1)}
    given = {**given, **({"held_on": days[given["held_on"]]} if "held_on" in given else {})}
    case = investigated()
    accuse(case, EmployeeFactory())

    with pytest.raises(Refused) as refused:
        add(case, what, **given)
    assert field in {refusal.field for refusal in refused.value.refusals}


def test_art_4_5_the_conclusion_for_the_citizen_never_names_anyone():
    case = investigated()
    accuse(case, EmployeeFactory(first_name="Océane", last_name="Lévesque"))
    hear(case)

    for words in ("Mme Lévesque s'excuse.", "OCEANE s'excuse.", "levesque a été entendue."):
        with pytest.raises(Refused, match="nom d'une personne visée"):
            end(case, Status.FOUNDED, conclusion=words)


@pytest.mark.parametrize("words", ["M. Jean Quévillon n'a rien fait.", "Ni Zoé Caron ni personne n'a crié."])
def test_art_4_5_the_conclusion_names_nobody_who_was_not_inscribed_either(town, words):
    EmployeeFactory(first_name="Zoé", last_name="Caron")
    with pytest.raises(Refused, match="Ne nommez personne"):
        end(investigated(), Status.UNFOUNDED, conclusion=words)
    assert end(investigated(), Status.UNFOUNDED, conclusion="Madame Tremblay, merci.").status_ is Status.UNFOUNDED


def test_art_4_5_the_answer_is_read_with_the_code_and_the_mail_only_says_that_it_waits(town):
    case = end(investigated(target=Target.SERVICE), Status.FOUNDED, conclusion="Des excuses vous sont présentées.")

    assert "Des excuses vous sont présentées." in case.complaint.letter
    mails = " ".join(message.mail.subject + message.mail.message for message in case.messages.all())
    assert "Une réponse vous attend" in mails
    assert "excuses" not in mails
    assert not any(event.public_message for event in case.events.all())


def test_domain_10_the_target_of_a_complaint_is_a_setting_in_working_days(town):
    town.complaint_target_working_days = 7
    town.save()
    assert a_complaint().target_working_days == 7


def test_art_4_5_what_a_complaint_says_is_searched_by_no_query():
    case = a_complaint()

    assert (case.facts, case.location, case.search_text.strip()) == ("", "", "")
    assert not case.answers.exists()
    assert ComplaintFile.objects.get(case=case).words == WORDS
    with pytest.raises(Exception, match="Unsupported lookup"):
        ComplaintFile.objects.filter(words__contains="sèchement").count()


def test_art_4_1_the_signature_seals_the_exact_text_and_one_letter_changed_is_seen():
    file = a_complaint().complaint
    assert file.is_intact()

    for name, value in {
        "words": WORDS + ".",
        "concerned": "x",
        "signer_name": "Autre Nom",
        "declaration": "Non",
    }.items():
        changed = ComplaintFile.objects.get(pk=file.pk)
        setattr(changed, name, value)
        changed.save()
        assert not ComplaintFile.objects.get(pk=file.pk).is_intact(), name
        file.save()
        assert ComplaintFile.objects.get(pk=file.pk).is_intact()


def test_hand_over_checklist_refuses_nothing_and_keeps_what_was_said():
    case = a_complaint()
    checklist = Checklist(is_private_dispute=True, concerns_the_town=False)
    handed = hand_over(pk=case.pk, checklist=checklist, by=TECHNICIAN, now=timezone.now(), internal_note="Voisins.")

    file = handed.complaint
    assert (file.is_private_dispute, file.concerns_the_town) == (True, False)
    assert file.checked_at is not None
    assert [entry.note for entry in handed.investigation.all()] == ["Voisins."]
    assert not any(event.internal_note for event in handed.events.all())
