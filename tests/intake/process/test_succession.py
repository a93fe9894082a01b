"""Art. 2.3, 4.1: the request that others are attached to is taken back; they are served all the same, by the same work."""

from datetime import date

import pytest
from post_office.models import Email

from intake.models import Case
from intake.policy.vocabulary import Kind
from intake.process import Completion, assign, complete, merge, plan, reclassify, route, take, wait, withdraw
from tests.factories import (
    TECHNICIAN,
    DesignationFactory,
    EmployeeFactory,
    NatureFactory,
    a_case,
    a_contact,
    recipient_of,
    town_time,
)

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY, FRIDAY = (town_time(f"2026-06-0{day} 10:00") for day in (1, 2, 5))


@pytest.fixture
def nature(town):
    nature = NatureFactory(target_working_days=5)
    DesignationFactory(department=nature.department, position_email="poste@ville.example")
    return nature


@pytest.fixture
def three(nature):
    """Three people for one pothole; the third wrote before the second, in the other number."""
    first = route(pk=a_case(nature, now=MONDAY).pk, by=TECHNICIAN, now=MONDAY)
    quick = NatureFactory(department=nature.department, target_working_days=1)
    late = a_case(quick, now=TUESDAY, contact=a_contact(last_name="Zibeline", email="luc@exemple.example"))
    early = a_case(quick, now=MONDAY, contact=a_contact(last_name="Ouellet", email="ines@exemple.example"))
    for case in (late, early):
        merge(pk=case.pk, into=first.reference, by=TECHNICIAN, now=TUESDAY)
    return first, early, late


def fresh(*cases: Case) -> list[Case]:
    return [Case.objects.get(pk=case.pk) for case in cases]


def leave(case: Case) -> Case:
    return withdraw(pk=case.pk, asked_by="Marie, au téléphone", by=TECHNICIAN, now=FRIDAY)


def mails(case: Case) -> list[tuple[str, str]]:
    last = case.events.order_by("-pk").first()
    return sorted(last.messages.values_list("code", "recipient"))


def test_art_2_3_the_eldest_takes_the_place_of_a_request_taken_back_and_the_other_follows(three):
    first, early, late = three
    leave(first)
    first, early, late = fresh(first, early, late)
    assert (first.status, early.status, late.status) == ("withdrawn", "routed", "merged")
    assert (early.merged_into, late.merged_into) == (None, early)
    assert (early.nature, early.designation, early.closed_at) == (first.nature, first.designation, None)
    assert list(Case.objects.open_requests()) == [early]


def test_each_of_the_three_has_its_event_and_its_messages_once(three):
    first, early, late = three
    leave(first)
    assert first.events.last().changes["successor"] == early.reference
    assert early.events.last().changes == {"succeeds": first.reference}
    assert late.events.last().changes == {"master": early.reference}
    assert mails(first) == [("T22", "marie@exemple.example")]
    assert mails(early) == [("R1", "poste@ville.example"), ("T2", "ines@exemple.example")]
    assert mails(late) == []


def test_art_4_5_nobody_reads_of_another_in_what_is_sent(three):
    first, _early, _late = three
    before = list(Email.objects.values_list("pk", flat=True))
    leave(first)
    for mail in Email.objects.exclude(pk__in=before).filter(to="ines@exemple.example"):
        assert first.reference not in mail.message + mail.subject
        assert "Zibeline" not in mail.message


def test_art_2_3_the_earliest_day_promised_to_those_who_stay_is_the_one_that_counts(three):
    first, early, _late = three
    assert fresh(first)[0].due_on == date(2026, 6, 2)
    leave(first)
    assert fresh(early)[0].due_on == date(2026, 6, 2)


def test_art_4_2_the_work_goes_on_with_whoever_has_it_and_its_day(three):
    first, early, _late = three
    worker = EmployeeFactory(department=first.department, email="equipe@ville.example")
    common = {"pk": first.pk, "by": TECHNICIAN, "now": TUESDAY}
    assign(executor=worker, **common)
    plan(planned_on=date(2026, 6, 9), **common)
    leave(first)
    (early,) = fresh(early)
    assert (early.status, early.executor, early.planned_on) == ("scheduled", worker, date(2026, 6, 9))
    assert ("R6", "equipe@ville.example") in mails(early)


def test_a_wait_for_whoever_leaves_ends_with_him(three):
    first, early, _late = three
    take(pk=first.pk, by=TECHNICIAN, now=TUESDAY)
    wait(pk=first.pk, reason="citizen", note="De quel côté?", by=TECHNICIAN, now=TUESDAY)
    leave(first)
    (early,) = fresh(early)
    assert (early.status, early.waiting_reason, early.clock_stopped_on) == ("in_progress", None, None)


def test_a_request_not_sorted_yet_leaves_its_successor_to_the_technician(nature):
    lost = a_case(now=MONDAY, nature_id=None)
    heir = a_case(nature, now=TUESDAY)
    merge(pk=heir.pk, into=lost.reference, by=TECHNICIAN, now=TUESDAY)
    leave(lost)
    (heir,) = fresh(heir)
    assert (heir.status, heir.nature, mails(heir)) == ("received", nature, [])


def test_art_2_3_those_who_stay_get_the_news_of_the_one_they_now_follow(three):
    first, early, late = three
    leave(first)
    done = Completion(date(2026, 6, 5), "2201", "Rapiécé.", "Le trou est bouché.")
    complete(pk=early.pk, completion=done, by=recipient_of(early.department), now=FRIDAY)
    assert mails(late) == [("T5", "luc@exemple.example")]
    assert not first.events.filter(verb="follow").exists()


@pytest.mark.parametrize("kind", [Kind.CLAIM, Kind.COMPLAINT, Kind.INQUIRY, Kind.ACCESS_REQUEST])
def test_art_4_1_a_request_that_is_of_another_kind_leaves_its_place_too(three, kind):
    first, early, late = three
    reclassify(pk=first.pk, kind=kind, reason="Relu.", by=TECHNICIAN, now=FRIDAY)
    first, early, late = fresh(first, early, late)
    assert (first.kind_, early.status, late.merged_into) == (kind, "routed", early)
    assert first.merged.count() == 0


def test_one_leaves_after_the_other_until_nobody_waits(three):
    for case in three:
        leave(case)
    assert {case.status for case in fresh(*three)} == {"withdrawn"}
    assert not Case.objects.exclude(merged_into=None).exists()
