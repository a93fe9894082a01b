"""Art. 2.3: the citizen adds to his file, and what waited for him is taken up again."""

import uuid
from datetime import date

import pytest

from intake.models import Case, CaseEvent
from intake.policy.roles import citizen_of
from intake.policy.transitions import TRANSITIONS
from intake.policy.vocabulary import Kind, Status, Verb
from intake.process import Completion, GivenFile, NotVisible, Refused, close, complete, route, supply, take, wait
from tests.factories import (
    TECHNICIAN,
    DesignationFactory,
    EmployeeFactory,
    NatureFactory,
    a_case,
    recipient_of,
    town_time,
)

pytestmark = pytest.mark.django_db
MONDAY = town_time("2026-06-01 10:00")
THURSDAY = town_time("2026-06-04 10:00")
PHOTO = GivenFile("citizens/2026/06/a.jpg", "trou.jpg", "image/jpeg", 1000, "0" * 64)


@pytest.fixture
def nature(town):
    nature = NatureFactory(target_working_days=5)
    DesignationFactory(department=nature.department)
    return nature


@pytest.fixture
def routed(nature):
    return route(pk=a_case(nature, now=MONDAY).pk, by=TECHNICIAN, now=MONDAY)


def adds(case: Case, text: str = "C'est devant le 12.", **more) -> Case:
    return supply(pk=case.pk, text=text, by=citizen_of(case.pk), now=THURSDAY, **more)


def test_art_2_3_a_precision_is_kept_as_it_was_given_and_the_responsable_is_told(routed):
    case = adds(routed, files=(PHOTO,))
    event = case.events.last()
    assert (event.by_label, event.from_status, event.to_status) == ("Citoyen", "routed", "routed")
    assert event.changes == {"supplied": "C'est devant le 12.", "supplied_files": ["trou.jpg"]}
    assert case.attachments.get().original_name == "trou.jpg"
    told = event.messages.get()
    assert (told.code, told.recipient) == ("R30", case.designation.position_email)
    assert "devant le 12" not in told.mail.message


def test_art_2_3_what_waited_for_the_citizen_resumes_and_the_clock_runs_again(routed):
    take(pk=routed.pk, by=TECHNICIAN, now=MONDAY)
    wait(pk=routed.pk, reason="citizen", note="De quel côté?", by=TECHNICIAN, now=MONDAY)
    case = adds(routed)
    assert (case.status, case.clock_stopped_on, case.waiting_reason) == ("in_progress", None, None)
    assert case.due_on == date(2026, 6, 11)  # three working days later than the 8th


def test_art_4_2_what_waits_for_the_weather_still_waits_for_it(routed):
    wait(pk=routed.pk, reason="weather", note="Gel", by=TECHNICIAN, now=MONDAY)
    case = adds(routed)
    assert (case.status, case.waiting_reason_id) == ("waiting", "weather")


def test_art_4_2_who_executes_is_told_too(routed):
    routed.executor = EmployeeFactory(department=routed.department)
    routed.save()
    case = adds(routed)
    told = set(case.events.last().messages.values_list("recipient", flat=True))
    assert told == {case.designation.position_email, routed.executor.email}


def test_art_2_3_before_it_is_routed_the_technician_is_told(nature):
    case = adds(a_case(nature, now=MONDAY))
    assert case.events.last().messages.get().recipient == "citoyens@ville.example"


@pytest.mark.parametrize(
    ("kind", "recipient"),
    [
        (Kind.COMPLAINT, "direction@ville.example"),
        (Kind.CLAIM, "greffe@ville.example"),
        (Kind.ACCESS_REQUEST, "greffe@ville.example"),
    ],
)
def test_art_4_5_a_precision_to_a_confidential_file_is_told_by_its_number_alone(town, kind, recipient):
    case = adds(a_case(kind=kind, now=MONDAY), text="Zibeline m'a parlé.")
    told = case.events.last().messages.get()
    assert (told.code, told.recipient) == ("R32", recipient)
    assert "Zibeline" not in told.mail.message + told.mail.subject


def test_art_4_4_a_complaint_to_be_completed_goes_back_to_whoever_studies_it(town):
    case = a_case(kind=Kind.COMPLAINT, now=MONDAY)
    Case.objects.filter(pk=case.pk).update(status="incomplete")
    assert adds(case).status == "under_review"


def test_the_same_click_twice_adds_one_precision(routed):
    key = uuid.uuid4()
    for _ in range(2):
        adds(routed, submission_key=key)
    assert CaseEvent.objects.filter(case=routed, verb="supply").count() == 1


def test_art_2_3_an_empty_precision_is_refused(routed):
    with pytest.raises(Refused, match="précision"):
        adds(routed, text=" ")
    assert routed.events.count() == 2


def test_art_4_5_a_citizen_adds_to_his_own_file_only(routed, nature):
    with pytest.raises(NotVisible):
        supply(pk=routed.pk, text="x", by=citizen_of(a_case(nature).pk), now=THURSDAY)


def test_art_2_3_nothing_is_added_to_a_file_that_is_over(routed):
    done = Completion(date(2026, 6, 1), "2201", "Fait.")
    complete(pk=routed.pk, completion=done, by=recipient_of(routed.department), now=MONDAY)
    close(pk=routed.pk, by=TECHNICIAN, now=MONDAY)
    with pytest.raises(Refused):
        adds(routed)


def test_art_2_3_the_staff_may_write_it_down_for_him(routed):
    case = supply(pk=routed.pk, text="Au téléphone : devant le 12.", by=TECHNICIAN, now=THURSDAY)
    assert case.events.last().by_label == "Technicienne"


def test_art_2_3_every_open_status_before_a_decision_accepts_a_precision():
    accepts = {(t.kind, t.source) for t in TRANSITIONS if t.verb is Verb.SUPPLY}
    assert {(Kind.REQUEST, Status.WAITING), (Kind.ACCESS_REQUEST, Status.CLARIFYING)} <= accepts
