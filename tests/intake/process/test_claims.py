"""Art. 4.1, « réclamation »: from the notice to the decision; amounts stay with the clerk, nothing admits liability."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from intake.models import Case, ClaimFile
from intake.policy.claim import DamageType, gaps
from intake.policy.vocabulary import Kind, Status
from intake.process import NotVisible, Refused, claims, close, reclassify
from tests.factories import (
    CLERK,
    DIRECTOR,
    GENERAL_DIRECTOR,
    TECHNICIAN,
    DepartmentFactory,
    DesignationFactory,
    NatureFactory,
    a_case,
    a_contact,
    recipient_of,
    town_time,
)

NOON = town_time("2027-03-15 12:00")
DETAILS = claims.ClaimDetails(
    event_on=date(2027, 3, 12),
    event_time="vers 8 h",
    event_place="rue des Exemples",
    damage_type=DamageType.PROPERTY,
    damage="Pneu et jante.",
    amount=Decimal("612.40"),
    insurer="Assurances Boréales",
)
pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(town):
    return a_case(kind=Kind.CLAIM, details=DETAILS, now=NOON)


@pytest.fixture
def transmitted(claim):
    return claims.transmit(pk=claim.pk, by=TECHNICIAN, now=NOON)


def codes(case) -> list[str]:
    return list(case.messages.order_by("pk").values_list("code", flat=True))


def test_art_4_1_given_a_notice_when_it_is_sent_then_the_clerk_is_told_at_once_in_his_own_box(claim):
    told = claim.messages.get(code="R5")
    assert told.recipient == "greffe@ville.example"
    assert "Boréales" not in told.mail.message
    assert "Tremblay" not in told.mail.message


def test_art_4_1_the_receipt_proves_day_and_hour_and_admits_nothing(claim):
    mail = claim.messages.get(code="T12").mail
    assert "15 mars 2027, à 12 h 00" in mail.message
    assert "ne veut pas dire que la Ville se reconnaît responsable" in mail.message


def test_art_4_1_what_was_asked_is_in_the_clerk_s_record_and_no_target_runs(claim):
    record = claim.claim_file
    assert (record.event_on, record.amount, record.damage_type) == (date(2027, 3, 12), Decimal("612.40"), "property")
    assert gaps(record.facts()) == []
    assert claim.due_on is None


def test_art_4_1_a_notice_that_comes_a_year_late_is_received_all_the_same(town):
    late = claims.ClaimDetails(event_on=date(2026, 3, 1), damage_type=DamageType.PROPERTY)
    case = a_case(kind=Kind.CLAIM, details=late, now=NOON)
    assert case.status == "received"
    assert codes(case) == ["T12", "R5"]


def test_matrix_the_technician_reads_a_claim_until_it_is_handed_to_the_clerk(transmitted):
    assert transmitted.status == "transmitted"
    with pytest.raises(NotVisible):
        claims.investigate(pk=transmitted.pk, by=TECHNICIAN, now=NOON)
    seen_by = {
        actor.label: Case.objects.visible_to_actor(actor).filter(pk=transmitted.pk).exists()
        for actor in (TECHNICIAN, DIRECTOR, CLERK, GENERAL_DIRECTOR)
    }
    assert seen_by == {"Technicienne": False, "Directeur": False, "Greffière": True, "Directrice générale": True}


def test_art_4_1_the_general_director_reads_a_claim_and_decides_nothing(transmitted):
    with pytest.raises(Refused, match="le greffe"):
        claims.decide(pk=transmitted.pk, outcome=Status.DENIED, reply="Non.", by=GENERAL_DIRECTOR, now=NOON)


@pytest.mark.parametrize("outcome", [Status.ACCEPTED, Status.DENIED, Status.SETTLED, Status.REFERRED_TO_INSURER])
def test_art_4_1_whatever_is_decided_the_letter_admits_no_liability_and_leaves_on_paper_too(transmitted, outcome):
    investigated = claims.investigate(pk=transmitted.pk, by=CLERK, now=NOON)
    decided = claims.decide(
        pk=investigated.pk,
        outcome=outcome,
        reply="Voici ce que nous avons retenu.",
        by=CLERK,
        now=NOON,
        internal_note="Avis de l'assureur : oui.",
    )
    assert decided.status == outcome.value
    assert decided.claim_file.decision == outcome.value
    mail, letter = decided.messages.get(code="T12B").mail, decided.letters.get(code="T12B")
    for said in (mail.message, letter.printed_body):
        assert "Voici ce que nous avons retenu." in said
        assert "n'admet aucune responsabilité" in said
        assert "assureur : oui" not in said
    assert close(pk=decided.pk, by=CLERK, now=NOON).status == "closed"


@pytest.mark.parametrize(
    ("outcome", "reply", "fields"), [(None, "", ["outcome", "reply"]), (Status.ACCEPTED, " ", ["reply"])]
)
def test_art_4_1_a_decision_without_outcome_or_words_is_refused_and_nothing_changes(
    transmitted, outcome, reply, fields
):
    with pytest.raises(Refused) as refused:
        claims.decide(pk=transmitted.pk, outcome=outcome, reply=reply, by=CLERK, now=NOON)
    assert [refusal.field for refusal in refused.value.refusals] == fields
    transmitted.refresh_from_db()
    assert transmitted.status == "transmitted"
    assert "T12B" not in codes(transmitted)


def test_citizen_without_email_when_the_claim_is_decided_gets_one_letter(town):
    case = a_case(kind=Kind.CLAIM, details=DETAILS, now=NOON, contact=a_contact(email=""))
    claims.transmit(pk=case.pk, by=CLERK, now=NOON)
    claims.decide(pk=case.pk, outcome=Status.DENIED, reply="Non.", by=CLERK, now=NOON)
    assert list(case.letters.values_list("code", flat=True)) == ["T12", "T12B"]
    assert codes(case) == ["R5"]


def test_art_4_1_given_a_claim_with_a_pothole_tp_has_a_request_without_the_claim(transmitted):
    works = DepartmentFactory(code="TP")
    DesignationFactory(department=works)
    nature = NatureFactory(department=works)
    claims.open_repair(
        pk=transmitted.pk,
        facts="Nid-de-poule profond à reboucher.",
        location="rue des Exemples",
        nature=nature,
        by=CLERK,
        now=NOON,
    )
    repair = transmitted.linked.get()
    assert repair.kind == "request"
    assert repair.department == works
    assert not hasattr(repair, "requester")
    assert not ClaimFile.objects.filter(case=repair).exists()
    said = " ".join([repair.facts, repair.location, *repair.answers.values_list("display", flat=True)])
    assert "612" not in said
    assert "Boréales" not in said
    assert Case.objects.visible_to_actor(recipient_of(works)).filter(pk=transmitted.pk).count() == 0


def test_art_4_1_a_repair_without_words_is_refused(transmitted):
    with pytest.raises(Refused, match="réparer"):
        claims.open_repair(pk=transmitted.pk, facts=" ", location="", by=CLERK, now=NOON)
    assert not transmitted.linked.exists()


def test_case_6_a_request_that_turns_out_to_be_a_claim_keeps_number_and_receipt_and_says_what_is_missing(town):
    DepartmentFactory(code="EXP", is_front_line=True)
    request = a_case(now=town_time("2027-03-13 09:00"), facts="Mon pneu a éclaté dans le trou.")
    claim = reclassify(pk=request.pk, kind=Kind.CLAIM, reason="Il réclame.", by=TECHNICIAN, now=NOON)
    assert claim.reference == request.reference
    assert claim.received_at == request.received_at
    assert claim.due_on is None
    assert "T12" in codes(claim)
    missing = {gap.field for gap in gaps(claim.claim_file.facts())}
    assert missing == {"event_on", "damage_type", "damage"}
    claims.supply_details(pk=claim.pk, details=DETAILS, by=CLERK, now=NOON)
    assert gaps(ClaimFile.objects.get(case=claim).facts()) == []
    assert claim.events.get(verb="supply").changes["claim"]


def test_a_claim_that_becomes_a_request_takes_its_amounts_with_it(claim):
    facts = "Trou à boucher devant le 12."
    reclassify(pk=claim.pk, kind=Kind.REQUEST, reason="Il veut une réparation.", facts=facts, by=TECHNICIAN, now=NOON)
    assert not ClaimFile.objects.exists()


@pytest.mark.parametrize(
    "change",
    [{"amount": Decimal("-1")}, {"damage_type": "rage"}, {"decision": "accepted"}, {"decided_at": NOON}],
)
def test_the_database_refuses_a_record_that_cannot_be(claim, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        ClaimFile.objects.filter(case=claim).update(**change)
