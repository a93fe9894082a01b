"""What a complaint or a claim leaves to a service (art. 4.1): the danger or the repair, never the file."""

import pytest
from django.utils import timezone

from intake.models import Case, CaseMessage
from intake.policy.vocabulary import Kind, Priority
from intake.process import classify, open_linked_request
from tests.factories import TECHNICIAN, DesignationFactory, NatureFactory, a_case, recipient_of

pytestmark = pytest.mark.django_db


def linked(origin: Case, **changes) -> Case:
    values = {"facts": "Fil électrique tombé sur le trottoir.", "location": "rue Principale"}
    return open_linked_request(origin=origin, by=TECHNICIAN, now=timezone.now(), **(values | changes))


def test_art_4_1_a_danger_opens_a_p1_request_without_identity_and_warns_at_once(town):
    nature = NatureFactory(priority="p4", target_working_days=30)
    DesignationFactory(department=nature.department)
    complaint = a_case(kind=Kind.COMPLAINT)
    case = linked(complaint, nature_id=nature.pk, is_danger=True)
    assert (case.kind_, case.priority, case.target_working_days) == (Kind.REQUEST, Priority.P1.value, 1)
    assert case.origin == complaint
    assert not hasattr(case, "requester")
    assert set(CaseMessage.objects.filter(case=case).values_list("code", "audience")) == {("R2", "staff")}


def test_art_4_1_a_repair_request_holds_nothing_of_the_claim(town):
    nature = NatureFactory()
    claim = a_case(kind=Kind.CLAIM, facts="Pneu crevé, 412 $ chez mon garagiste.")
    case = linked(claim, nature_id=nature.pk, facts="Trou à réparer.")
    assert "412" not in case.facts
    assert case.priority == nature.priority
    mine = recipient_of(nature.department)
    assert list(Case.objects.visible_to_actor(mine)) == [case]


def test_art_4_1_a_repair_request_may_keep_the_identity_when_it_is_asked(town):
    claim = a_case(kind=Kind.CLAIM)
    assert linked(claim, nature_id=NatureFactory().pk, with_identity=True).requester.last_name == "Tremblay"


def test_art_4_1_a_danger_stays_p1_when_its_nature_is_found_later(town):
    case = linked(a_case(kind=Kind.COMPLAINT), is_danger=True)
    case = classify(pk=case.pk, nature=NatureFactory(priority="p4"), by=TECHNICIAN, now=timezone.now())
    assert (case.priority, case.target_working_days) == (Priority.P1.value, 1)
