"""Art. 4.1: the technician « définit sa classification »; what turns out to be of another kind keeps reference and history."""

from datetime import date
from itertools import permutations

import pytest

from intake.models import Case, Investigator
from intake.policy.roles import Actor, Role
from intake.policy.transitions import transition_for
from intake.policy.vocabulary import Charge, Kind, Status, Verb
from intake.process import Refused, kinds, merge, open_linked_request, reclassify, route, wait
from tests.factories import (
    DIRECTOR,
    TECHNICIAN,
    DepartmentFactory,
    DesignationFactory,
    NatureFactory,
    a_case,
    recipient_of,
    town_time,
    user_with,
)

pytestmark = pytest.mark.django_db
MONDAY = town_time("2026-06-01 10:00")
FRIDAY = town_time("2026-06-05 10:00")
CLERK = Actor(label="Greffière", roles=frozenset({Role.CLERK}))
REWRITTEN = "Une réparation est demandée."  # art. 4.5: a service reads what was written for it
ACKNOWLEDGEMENT = {
    Kind.REQUEST: "T1",
    Kind.INQUIRY: "T1B",
    Kind.COMPLAINT: "T9",
    Kind.CLAIM: "T12",
    Kind.ACCESS_REQUEST: "T13",
}


@pytest.fixture
def nature(town):
    DepartmentFactory(code="EXP", is_front_line=True)
    nature = NatureFactory(target_working_days=5)
    DesignationFactory(department=nature.department)
    return nature


def of_kind(kind: Kind, nature) -> Case:
    return a_case(nature, now=MONDAY) if kind is Kind.REQUEST else a_case(kind=kind, now=MONDAY)


@pytest.mark.parametrize(("source", "target"), list(permutations(Kind, 2)))
def test_art_4_1_a_file_of_another_kind_keeps_its_number_its_history_and_its_first_day(nature, source, target):
    case = of_kind(source, nature)
    changed = reclassify(pk=case.pk, kind=target, reason="Relu.", facts=REWRITTEN, by=TECHNICIAN, now=FRIDAY)
    assert (changed.kind_, changed.status_, changed.reference) == (target, Status.RECEIVED, case.reference)
    assert changed.received_at == MONDAY
    assert list(changed.events.values_list("verb", flat=True)) == ["receive", "reclassify"]
    assert changed.events.last().changes["kind"] == [source.value, target.value]
    assert (changed.charge is not None) is (target is Kind.COMPLAINT)
    last = changed.events.last()
    told = last.messages.filter(audience="citizen").get()
    assert told.code == ACKNOWLEDGEMENT[target]
    assert "celui que vous avez déjà" in told.mail.message
    confidential = target in (Kind.COMPLAINT, Kind.CLAIM, Kind.ACCESS_REQUEST)
    assert last.messages.filter(code="R5").exists() is confidential


def test_art_4_1_a_request_that_is_really_a_claim_goes_to_the_clerk_and_leaves_a_repair_to_the_service(nature):
    case = route(pk=a_case(nature, now=MONDAY).pk, by=TECHNICIAN, now=MONDAY)
    mine = recipient_of(nature.department)
    assert case in Case.objects.visible_to_actor(mine)
    claim = reclassify(pk=case.pk, kind=Kind.CLAIM, reason="Pneu crevé.", by=TECHNICIAN, now=FRIDAY)
    assert claim in Case.objects.visible_to_actor(CLERK)
    assert not Case.objects.visible_to_actor(mine).exists()
    assert (claim.designation, claim.executor, claim.process_schema, claim.nature) == (None, None, "", None)
    assert claim.events.last().messages.get(code="R5").recipient == "greffe@ville.example"
    repair = open_linked_request(
        origin=claim, facts="Trou à boucher.", location="rue Principale", nature_id=nature.pk, by=CLERK, now=FRIDAY
    )
    assert list(Case.objects.visible_to_actor(mine)) == [repair]


def test_art_4_5_a_request_that_is_really_a_complaint_leaves_the_service(nature):
    case = route(pk=a_case(nature, now=MONDAY).pk, by=TECHNICIAN, now=MONDAY)
    complaint = reclassify(pk=case.pk, kind=Kind.COMPLAINT, reason="Vise un employé.", by=TECHNICIAN, now=FRIDAY)
    assert complaint.charge == Charge.DIRECTOR.value
    assert not Case.objects.visible_to_actor(recipient_of(nature.department)).exists()
    assert complaint in Case.objects.visible_to_actor(DIRECTOR)


def test_art_4_4_a_complaint_about_the_director_goes_to_the_general_director(nature):
    case = a_case(nature, now=MONDAY)
    complaint = reclassify(
        pk=case.pk, kind=Kind.COMPLAINT, charge=Charge.GENERAL_DIRECTOR, reason="Relu.", by=TECHNICIAN, now=FRIDAY
    )
    assert complaint not in Case.objects.visible_to_actor(DIRECTOR)
    assert complaint.events.last().messages.get(code="R5").recipient == "dg@ville.example"


def test_art_4_6_the_clock_of_an_access_request_counts_from_the_first_receipt(nature):
    case = a_case(nature, now=MONDAY)
    access = reclassify(pk=case.pk, kind=Kind.ACCESS_REQUEST, reason="Veut une copie.", by=TECHNICIAN, now=FRIDAY)
    assert "au plus tard le 21 juin 2026" in access.events.last().messages.get(code="T13").mail.message


def test_art_4_1_an_inquiry_that_needs_an_intervention_becomes_a_request_with_the_grid_s_delay(nature):
    case = a_case(kind=Kind.INQUIRY, now=MONDAY)
    request = reclassify(pk=case.pk, kind=Kind.REQUEST, nature=nature, reason="À réparer.", by=TECHNICIAN, now=FRIDAY)
    assert (request.department, request.nature, request.due_on) == (nature.department, nature, date(2026, 6, 8))


def test_art_4_1_a_request_that_waits_stops_waiting_when_it_changes_kind(nature):
    case = route(pk=a_case(nature, now=MONDAY).pk, by=TECHNICIAN, now=MONDAY)
    wait(pk=case.pk, reason="citizen", note="Combien?", by=TECHNICIAN, now=MONDAY)
    claim = reclassify(pk=case.pk, kind=Kind.CLAIM, reason="Relu.", by=TECHNICIAN, now=FRIDAY)
    assert (claim.waiting_reason, claim.clock_stopped_on) == (None, None)


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        ({"kind": None, "reason": "Relu."}, "kind"),
        ({"kind": Kind.REQUEST, "reason": "Relu."}, "kind"),
        ({"kind": Kind.CLAIM, "reason": "  "}, "internal_note"),
    ],
    ids=["no kind", "the same kind", "no reason"],
)
def test_art_4_1_reclassifying_without_what_it_needs_changes_nothing(nature, arguments, field):
    case = a_case(nature, now=MONDAY)
    with pytest.raises(Refused) as refused:
        reclassify(pk=case.pk, by=TECHNICIAN, now=FRIDAY, **arguments)
    assert [refusal.field for refusal in refused.value.refusals] == [field]
    assert Case.objects.get(pk=case.pk).kind_ is Kind.REQUEST


def test_art_4_1_a_nature_is_for_requests_only(nature):
    case = a_case(nature, now=MONDAY)
    with pytest.raises(Refused):
        reclassify(pk=case.pk, kind=Kind.CLAIM, nature=nature, reason="Relu.", by=TECHNICIAN, now=FRIDAY)


def test_art_2_3_when_the_one_they_are_attached_to_changes_kind_the_eldest_goes_on_without_it(nature):
    first, second = a_case(nature, now=MONDAY), a_case(nature, now=MONDAY)
    merge(pk=second.pk, into=first.reference, by=TECHNICIAN, now=MONDAY)
    claim = reclassify(pk=first.pk, kind=Kind.CLAIM, reason="Relu.", by=TECHNICIAN, now=FRIDAY)
    second.refresh_from_db()
    assert (second.status, second.merged_into, second.closed_at) == ("received", None, None)
    assert second.events.last().changes == {"succeeds": first.reference}
    assert claim.events.last().changes["successor"] == second.reference
    assert list(Case.objects.open_requests()) == [second]


def test_art_4_5_whoever_was_named_to_an_investigation_is_no_longer_when_it_is_no_complaint(nature):
    case = a_case(kind=Kind.COMPLAINT, now=MONDAY)
    Investigator.objects.create(case=case, user=user_with(), named_at=MONDAY)
    reclassify(pk=case.pk, kind=Kind.REQUEST, reason="Relu.", facts=REWRITTEN, by=DIRECTOR, now=FRIDAY)
    assert case.investigators.get().ended_at == FRIDAY


def test_each_room_is_asked_what_its_kind_needs_when_a_file_changes_kind(nature, monkeypatch):
    seen = []
    monkeypatch.setitem(kinds._OPENERS, Kind.CLAIM, lambda case, details, now: seen.append((case.kind_, details)))
    monkeypatch.setitem(kinds._LEAVERS, Kind.REQUEST, lambda case, now: seen.append((case.kind_, "left")))
    case = a_case(nature, now=MONDAY)
    reclassify(pk=case.pk, kind=Kind.CLAIM, details="détails", reason="Relu.", by=TECHNICIAN, now=FRIDAY)
    assert seen == [(Kind.REQUEST, "left"), (Kind.CLAIM, "détails")]


def test_art_4_1_every_kind_can_be_reclassified_when_it_is_received():
    assert all(transition_for(kind, Status.RECEIVED, Verb.RECLASSIFY) for kind in Kind)
