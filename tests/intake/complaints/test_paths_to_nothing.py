"""Art. 4.4.1: whatever was written, by whom and where, nothing of it is attached to anyone once nothing was proven."""

import pytest
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from post_office.models import Email

from intake.models import Case, CaseEvent, CaseMessage, Intervention, InvestigationEntry
from intake.policy.complaint import Obstacle
from intake.policy.investigation import Entry
from intake.policy.redaction import plain
from intake.policy.roles import Role, citizen_of
from intake.policy.vocabulary import Kind, Status
from intake.process import Completion, Refused, intervene, note, reclassify, route, supply, withdraw
from intake.process.complaints import Checklist, admit, hand_over, open_safety_request, reject
from intake.process.investigation import end_investigator, name_investigator
from snippets.models import InterventionCode
from tests.factories import (
    DIRECTOR,
    TECHNICIAN,
    DesignationFactory,
    EmployeeFactory,
    NatureFactory,
    a_case,
    a_contact,
    user_with,
)

from .steps import a_complaint, accuse, add, end, hear, investigated, today, under_review
from .test_erasure import FIRST, LAST, NAMED, every_text, naming, words_of_staff_kept

pytestmark = pytest.mark.django_db
NAME = f"{FIRST} {LAST}"


@pytest.fixture
def employee(town, roles):
    user = user_with(Role.RECIPIENT, username="enquete")
    return EmployeeFactory(first_name=FIRST, last_name=LAST, email="zephyrine.quevillon@ville.example", user=user)


def now():
    return timezone.now()


def never_inscribed(employee) -> Case:
    case = investigated(concerned=f"{NAME}, comptoir")
    add(case, Entry.NOTE, note=f"Rencontré {NAME} au garage.")
    return end(case, Status.UNFOUNDED, reasons=f"{NAME} n'y était pas.")


def written_down_by_staff(employee) -> Case:
    case = investigated()
    accuse(case, employee)
    supply(pk=case.pk, text=f"Il a dit au téléphone que {NAME} criait.", by=DIRECTOR, now=now())
    return end(case, Status.UNFOUNDED)


def under_a_nickname(employee) -> Case:
    case = investigated()
    accuse(case, employee)
    hear(case, note="Les Quévillons; ZephyrineQuevillon; la grande rousse.")
    return end(case, Status.UNFOUNDED)


def in_a_linked_request(employee) -> Case:
    case = a_complaint()
    facts = f"{NAME} laisse la fosse ouverte."
    open_safety_request(pk=case.pk, facts=facts, location="Garage", by=TECHNICIAN, now=now())
    hand_over(pk=case.pk, checklist=Checklist(), internal_note=f"Voir {LAST}.", by=TECHNICIAN, now=now())
    case = admit(pk=case.pk, reasons=f"{LAST} recommence.", by=DIRECTOR, now=now())
    accuse(case, employee)
    return end(case, Status.UNFOUNDED)


def a_request_of_before(employee) -> Case:
    nature = NatureFactory()
    DesignationFactory(department=nature.department)
    case = a_case(nature, facts=f"{NAME} a été désagréable.", location="Bureau de la taxation")
    route(pk=case.pk, by=TECHNICIAN, now=now())
    note(pk=case.pk, internal_note=f"Encore {NAME}.", by=TECHNICIAN, now=now())
    InterventionCode.objects.get_or_create(code="120", defaults={"label": "Inspection sur place"})
    act = Completion(today(), "2201", f"Parlé à {NAME}.", code="120")
    intervene(pk=case.pk, completion=act, by=TECHNICIAN, now=now())
    supply(pk=case.pk, text=f"C'était bien {NAME}.", by=citizen_of(case.pk), now=now())
    return reclassify(pk=case.pk, kind=Kind.COMPLAINT, reason=f"{LAST} est visée.", by=TECHNICIAN, now=now())


def reclassified(employee) -> Case:
    case = a_request_of_before(employee)
    Case.objects.filter(pk=case.pk).update(status="investigating")
    accuse(case, employee)
    return end(case, Status.UNFOUNDED)


def once_an_investigator(employee) -> Case:
    case = name_investigator(pk=investigated().pk, user=employee.user, by=DIRECTOR, now=now())
    end_investigator(pk=case.pk, investigator=case.investigators.get(), by=DIRECTOR, now=now())
    accuse(case, employee)
    return end(case, Status.UNFOUNDED)


def answered_by_post(employee) -> Case:
    case = investigated(contact=a_contact(email=""), concerned=NAME)
    accuse(case, employee)
    return end(case, Status.UNFOUNDED, reasons=NAME)


def inadmissible(employee) -> Case:
    case = under_review(days_ago=40, concerned=NAME)
    note(pk=case.pk, internal_note=f"{NAME} était en congé.", by=DIRECTOR, now=now())
    return reject(pk=case.pk, reason=Obstacle.LATE, by=DIRECTOR, now=now())


def withdrawn(employee) -> Case:
    case = investigated(concerned=NAME)
    accuse(case, employee)
    add(case, Entry.NOTE, note=f"{NAME} s'est excusée.")
    asked = {"asked_by": f"{NAME} me l'a dit", "in_writing": True, "internal_note": f"Lettre au sujet de {LAST}."}
    return withdraw(pk=case.pk, by=DIRECTOR, now=now(), **asked)


PATHS = [
    never_inscribed,
    written_down_by_staff,
    under_a_nickname,
    in_a_linked_request,
    reclassified,
    once_an_investigator,
    answered_by_post,
    inadmissible,
    withdrawn,
]


@pytest.mark.parametrize("path", PATHS)
def test_art_4_4_1_no_table_names_who_was_targeted_and_no_word_of_staff_stays(employee, path):
    before = naming(every_text())

    case = Case.objects.get(pk=path(employee).pk)

    assert naming(every_text()) == before
    assert words_of_staff_kept() == set()
    assert not case.accused.exists()
    file = case.complaint
    answer = "\n".join([file.letter, *(letter.text for letter in case.letters.all())])
    assert not NAMED.search(plain(answer))
    assert (file.target, file.concerned, file.file_names, file.internal_reasons) == ("", "", "", "")
    assert not case.investigators.filter(user=employee.user).exists()
    assert not CaseMessage.objects.filter(case=case, recipient=employee.email).exists()
    assert not [mail for mail in Email.objects.all() if employee.email in mail.to]


def test_art_4_4_1_what_the_citizen_added_himself_stays_sealed(town):
    case = investigated()
    supply(pk=case.pk, text="Il y avait un témoin.", by=citizen_of(case.pk), now=now())
    end(case, Status.UNFOUNDED)
    assert [entry.note for entry in InvestigationEntry.objects.filter(case=case, what="supplied")] == [
        "Il y avait un témoin."
    ]
    assert not [place for place in every_text() if "un témoin" in place[2]]


def test_art_4_4_1_founded_keeps_what_was_written(employee):
    case = investigated(concerned=NAME)
    accuse(case, employee)
    hear(case, note="Personne 1 regrette.")
    file = end(case, Status.FOUNDED, reasons="Deux témoins.").complaint
    assert (file.concerned, file.internal_reasons) == (NAME, "Deux témoins.")
    assert "Personne 1 regrette." in [entry.note for entry in case.investigation.all()]


def test_art_4_5_a_request_that_becomes_a_complaint_is_read_in_clear_in_no_table(employee):
    before = naming(every_text())

    case = a_request_of_before(employee)

    assert naming(every_text()) == before
    log = "\n".join(entry.note for entry in case.investigation.all())
    for said in (f"Encore {NAME}.", "120 –", f"Parlé à {NAME}.", f"C'était bien {NAME}.", f"{LAST} est visée."):
        assert said in log
    assert not Intervention.objects.filter(case=case).exists()
    assert [event.verb for event in case.events.all()] == ["receive", "route", "note", "note", "supply", "reclassify"]


def test_the_words_of_an_event_are_only_destroyed_never_rewritten(town):
    case = note(pk=a_case(NatureFactory()).pk, internal_note="Un mot.", by=TECHNICIAN, now=now())
    event = models.QuerySet(CaseEvent).filter(case=case, verb="note")
    for changed in ({"internal_note": "Autre."}, {"changes": {"a": 1}}, {"by_label": ""}, {"public_message": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            event.update(**changed)
    event.update(internal_note="", changes={})
    assert event.get().internal_note == ""


def test_art_4_4_1_a_finding_without_foundation_keeps_no_word_in_the_database(town):
    case = end(investigated(), Status.UNFOUNDED)
    for column in ("internal_reasons", "concerned", "file_names"):
        file = Case.objects.get(pk=case.pk).complaint
        setattr(file, column, "x")
        with pytest.raises(IntegrityError), transaction.atomic():
            file.save()


def test_art_4_1_the_urgent_request_names_nobody(town):
    with pytest.raises(Refused, match="Ne nommez personne"):
        open_safety_request(
            pk=a_complaint().pk, facts="Mme Roy laisse la fosse ouverte.", location="Garage", by=TECHNICIAN, now=now()
        )
