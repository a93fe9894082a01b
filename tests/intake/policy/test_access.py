"""Art. 4.6: extension, reasons of a refusal, third party, reminders, what a service may be asked."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.policy.access import (
    Decision,
    Provision,
    Step,
    answer_refusals,
    decision_refusals,
    extension_refusals,
    reminder_due,
    task_refusals,
    third_party_clock,
    third_party_refusals,
    working_days_before,
)
from intake.policy.legal_clocks import access_clock, is_legal_holiday
from intake.policy.vocabulary import ACCESS_DECISIONS, Status
from intake.policy.working_days import WorkingCalendar

TOWN = WorkingCalendar.with_closures([(date(2026, 12, 24), date(2027, 1, 2))])
CLOCK = access_clock(date(2026, 3, 2), TOWN)  # day 20 is Sunday 22 March
REASON = "Le volume des documents est grand."


def fields(refusals) -> list[str]:
    return [refusal.field for refusal in refusals]


@pytest.mark.parametrize(
    ("days", "reason", "today", "named"),
    [
        (10, REASON, date(2026, 3, 20), []),
        (1, REASON, date(2026, 3, 22), []),  # day 20 itself
        (10, REASON, date(2026, 3, 23), [""]),  # day 21, though the law counts this one
        (11, REASON, date(2026, 3, 20), ["days"]),
        (0, REASON, date(2026, 3, 20), ["days"]),
        (None, REASON, date(2026, 3, 20), ["days"]),
        (5, "  ", date(2026, 3, 20), ["reason"]),
        (None, "", date(2026, 3, 23), ["", "days", "reason"]),
    ],
)
def test_art_4_6_given_day_21_when_extension_is_tried_then_it_is_refused(days, reason, today, named):
    assert fields(extension_refusals(clock=CLOCK, days=days, reason=reason, today=today)) == named


def test_art_4_6_a_second_extension_is_refused():
    longer = access_clock(date(2026, 3, 2), TOWN, extension_days=5)
    refusals = extension_refusals(clock=longer, days=5, reason=REASON, today=date(2026, 3, 10))
    assert "qu'une fois" in refusals[0].reason


REFUSAL = Decision(
    outcome=Status.REFUSED,
    explanation="Le nom d'une autre personne y figure.",
    withheld="La plainte reçue en mai.",
    provisions=[Provision("53", "Les renseignements personnels sont confidentiels…")],
)
PARTIAL = replace(REFUSAL, outcome=Status.PARTIAL, given="Le rapport, sans les noms.")


@pytest.mark.parametrize(
    ("decision", "named"),
    [
        (REFUSAL, []),
        (PARTIAL, []),
        (replace(REFUSAL, provisions=()), ["provisions"]),
        (replace(PARTIAL, provisions=()), ["provisions"]),
        (replace(REFUSAL, explanation=" "), ["explanation"]),
        (replace(REFUSAL, withheld=""), ["withheld"]),
        (replace(PARTIAL, given=""), ["given"]),
        (replace(REFUSAL, provisions=[Provision("53", "")]), ["provisions"]),
        (replace(REFUSAL, provisions=[Provision("53", "À compléter : collez le texte.")]), ["provisions"]),
        (Decision(Status.REFUSED), ["provisions", "explanation", "withheld"]),
        (Decision(Status.GRANTED), ["given"]),
        (Decision(Status.GRANTED, given="Le contrat."), []),
        (Decision(Status.NOT_HELD), []),
        (Decision(Status.TRANSFERRED), ["body"]),
        (Decision(Status.TRANSFERRED, has_body=True), []),
        (Decision(None), ["outcome"]),
        (Decision(Status.SENT), ["outcome"]),
    ],
)
def test_art_4_6_a_refusal_even_partial_says_why_and_on_which_provision(decision, named):
    assert fields(decision_refusals(decision)) == named


def test_art_4_6_the_article_without_its_text_is_named():
    refusal = decision_refusals(replace(REFUSAL, provisions=[Provision("53", ""), Provision("54", "x")]))[0]
    assert "article 53 " in refusal.reason


@given(
    outcome=st.sampled_from(ACCESS_DECISIONS),
    explanation=st.sampled_from(["", " ", "Parce que."]),
    withheld=st.sampled_from(["", "Le rapport."]),
    given_=st.sampled_from(["", "Le plan."]),
    provisions=st.lists(st.sampled_from([Provision("53", "Texte."), Provision("14", "")]), max_size=2),
)
def test_art_4_6_whatever_is_typed_no_refusal_passes_without_reason_and_text(
    outcome, explanation, withheld, given_, provisions
):
    decision = Decision(outcome, explanation, given_, withheld, provisions, has_body=True)
    if outcome in (Status.REFUSED, Status.PARTIAL) and not decision_refusals(decision):
        assert explanation.strip()
        assert withheld
        assert provisions
        assert all(provision.text for provision in provisions)


# --- art. 25, 49 ---


def test_a_2_1_art_49_twenty_days_to_be_heard_then_fifteen_to_decide():
    clock = third_party_clock(date(2026, 3, 10), TOWN)
    assert clock.heard_until == date(2026, 3, 30)
    assert clock.legal == date(2026, 4, 14)


def test_a_2_1_art_49_words_that_come_early_start_the_fifteen_days():
    assert third_party_clock(date(2026, 3, 10), TOWN, heard_on=date(2026, 3, 16)).legal == date(2026, 3, 31)
    late = third_party_clock(date(2026, 3, 10), TOWN, heard_on=date(2026, 4, 20))
    assert late.legal == date(2026, 4, 14)


@pytest.mark.parametrize(
    ("today", "party", "count"),
    [(date(2026, 3, 23), "Firme A", 0), (date(2026, 3, 24), "Firme A", 1), (date(2026, 3, 10), " ", 1)],
)
def test_a_2_1_art_49_the_notice_leaves_within_the_delay_and_says_to_whom(today, party, count):
    assert len(third_party_refusals(legal_on=CLOCK.legal, party=party, today=today)) == count


# --- Reminders ---

RECEIVED = date(2026, 6, 4)  # internal Tue 23 June, legal Thu 25 June
JUNE = access_clock(RECEIVED, TOWN)


@pytest.mark.parametrize(
    ("on", "step"),
    [
        (date(2026, 6, 15), None),
        (date(2026, 6, 16), Step.FIVE_DAYS),
        (date(2026, 6, 18), Step.FIVE_DAYS),
        (date(2026, 6, 19), Step.TWO_DAYS),
        (date(2026, 6, 23), Step.TODAY),
        (date(2026, 6, 25), Step.TODAY),
        (date(2026, 6, 26), Step.EXPIRED),
        (date(2026, 9, 1), Step.EXPIRED),
    ],
)
def test_art_4_6_the_clerk_is_reminded_five_then_two_working_days_before_and_on_the_day(on, step):
    found = reminder_due(internal=JUNE.internal, legal=JUNE.legal, calendar=TOWN, on=on)
    assert (found.step if found else None) is step


def test_art_4_6_an_extended_delay_has_reminders_of_its_own():
    longer = access_clock(RECEIVED, TOWN, extension_days=10)
    first = reminder_due(internal=JUNE.internal, legal=JUNE.legal, calendar=TOWN, on=JUNE.internal)
    second = reminder_due(internal=longer.internal, legal=longer.legal, calendar=TOWN, on=longer.internal)
    assert first.step is second.step is Step.TODAY
    assert first.key != second.key


@given(st.dates(date(2024, 1, 1), date(2035, 6, 30)), st.integers(0, 5))
def test_a_working_day_before_is_a_working_day_and_counts_back(received, count):
    internal = access_clock(received, TOWN).internal
    before = working_days_before(internal, count, TOWN)
    assert TOWN.is_working_day(before)
    assert TOWN.add(before, count) == internal


@given(st.dates(date(2024, 1, 1), date(2035, 6, 30)))
def test_a_2_1_art_49_the_day_to_decide_is_never_a_holiday(notified):
    clock = third_party_clock(notified, TOWN)
    assert not is_legal_holiday(clock.legal)
    assert clock.legal - notified >= timedelta(days=35)
    assert clock.internal <= clock.legal


# --- « fournir le document » ---


@pytest.mark.parametrize(
    ("department", "wanted", "due_on", "named"),
    [
        (object(), "Les plans du 12, rue Tremblay", date(2026, 6, 10), []),
        (object(), "Ce que demande Marie TREMBLAY", date(2026, 6, 10), ["wanted"]),
        (None, " ", None, ["department", "wanted", "due_on"]),
        (object(), "Les plans", date(2026, 6, 3), ["due_on"]),
    ],
)
def test_matrix_a_service_is_asked_for_documents_without_the_name_of_whoever_asks(department, wanted, due_on, named):
    refusals = task_refusals(
        department=department, wanted=wanted, due_on=due_on, today=RECEIVED, names=("Marie", "Tremblay")
    )
    assert fields(refusals) == named


@pytest.mark.parametrize(
    ("held", "note", "named"),
    [(True, "", []), (False, "Cherché dans les archives de 2020.", []), (False, " ", ["note"]), (None, "x", ["held"])],
)
def test_a_2_1_art_42_a_service_says_whether_it_has_the_document_and_where_it_looked(held, note, named):
    assert fields(answer_refusals(held=held, note=note)) == named
