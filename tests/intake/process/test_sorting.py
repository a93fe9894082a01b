"""Art. 4.1, the technician's first decisions: attached to another, somebody else's matter, taken back by its author."""

from datetime import date

import pytest
from django.utils import timezone
from post_office.models import Email

from intake.models import Case
from intake.policy.roles import Actor, Role
from intake.policy.vocabulary import Kind
from intake.process import (
    Completion,
    NotVisible,
    Refused,
    complete,
    declare_out_of_scope,
    likely_duplicates,
    merge,
    route,
    supply,
    take,
    wait,
    withdraw,
)
from snippets.models import CompetentBody
from tests.factories import (
    DIRECTOR,
    TECHNICIAN,
    DesignationFactory,
    NatureFactory,
    a_case,
    a_contact,
    recipient_of,
    town_time,
)

pytestmark = pytest.mark.django_db
MONDAY = town_time("2026-06-01 10:00")
TUESDAY = town_time("2026-06-02 10:00")
OTHER = {"contact": a_contact(first_name="Luc", last_name="Zibeline", email="luc@exemple.example")}


@pytest.fixture
def nature(town):
    nature = NatureFactory(target_working_days=5)
    DesignationFactory(department=nature.department)
    return nature


def codes(case: Case) -> list[str]:
    return list(case.messages.order_by("pk").values_list("code", flat=True))


def refused_by(verb, **arguments) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as refused:
        verb(by=TECHNICIAN, now=TUESDAY, **arguments)
    return [(refusal.field, refusal.reason) for refusal in refused.value.refusals]


@pytest.fixture
def pair(nature):
    """Two requests for one pothole: the second came on Tuesday with a shorter promise."""
    first = route(pk=a_case(nature, now=MONDAY).pk, by=TECHNICIAN, now=MONDAY)
    quick = NatureFactory(department=nature.department, target_working_days=1)
    second = a_case(quick, now=TUESDAY, **OTHER)
    return first, second


def test_art_4_1_two_citizens_for_one_pothole_are_one_intervention_and_each_gets_the_news(pair):
    first, second = pair
    merged = merge(pk=second.pk, into=f" {first.reference} ", by=TECHNICIAN, now=TUESDAY)
    first.refresh_from_db()
    assert (merged.status, merged.merged_into) == ("merged", first)
    assert codes(merged) == ["T1", "T7"]
    done = Completion(date(2026, 6, 3), "2201", "Rapiécé.", "Le trou est bouché.")
    complete(pk=first.pk, completion=done, by=recipient_of(first.department), now=town_time("2026-06-03 15:00"))
    assert codes(first)[-1] == "T5"
    assert codes(merged) == ["T1", "T7", "T5"]
    told = merged.events.last()
    assert (told.verb, told.from_status, told.to_status) == ("follow", "merged", "merged")
    assert told.public_message == "Le trou est bouché."


def test_art_4_5_neither_of_the_two_citizens_sees_the_other(pair):
    first, second = pair
    merge(pk=second.pk, into=first.reference, by=TECHNICIAN, now=TUESDAY)
    done = Completion(date(2026, 6, 2), "2201", "Rapiécé.")
    complete(pk=first.pk, completion=done, by=TECHNICIAN, now=TUESDAY)
    for mail in Email.objects.filter(to="luc@exemple.example"):
        assert "Tremblay" not in mail.message
        assert first.reference not in mail.message + mail.subject
    for mail in Email.objects.filter(to="marie@exemple.example"):
        assert "Zibeline" not in mail.message
        assert second.reference not in mail.message + mail.subject


def test_art_2_3_the_earliest_of_the_days_promised_is_kept_on_the_master(pair):
    first, second = pair
    assert (first.due_on, second.due_on) == (date(2026, 6, 8), date(2026, 6, 3))
    merge(pk=second.pk, into=first.reference, by=TECHNICIAN, now=TUESDAY)
    first.refresh_from_db()
    assert first.due_on == date(2026, 6, 3)
    assert first.events.last().changes == {"attached": second.reference, "due_on": ["2026-06-08", "2026-06-03"]}


def test_art_2_3_a_wait_for_the_citizen_moves_the_earliest_day_it_does_not_forget_it(pair):
    first, second = pair
    merge(pk=second.pk, into=first.reference, by=TECHNICIAN, now=TUESDAY)
    wait(pk=first.pk, reason="citizen", note="De quel côté?", by=TECHNICIAN, now=TUESDAY)
    resumed = supply(pk=first.pk, text="À gauche.", by=TECHNICIAN, now=town_time("2026-06-04 09:00"))
    assert resumed.due_on == date(2026, 6, 5)


def test_art_4_1_merged_requests_are_counted_once_in_the_rnc(pair):
    first, second = pair
    assert Case.objects.open_requests().count() == 2
    merge(pk=second.pk, into=first.reference, by=TECHNICIAN, now=TUESDAY)
    assert list(Case.objects.open_requests()) == [first]
    assert first.merged.count() == 1


def test_art_4_1_a_request_is_attached_only_to_an_open_request_that_exists_and_never_in_a_circle(pair, nature):
    first, second = pair
    complaint = a_case(kind=Kind.COMPLAINT, now=MONDAY)
    assert refused_by(merge, pk=second.pk, into="2026-9999")[0][0] == "master"
    assert "ne porte ce numéro" in refused_by(merge, pk=second.pk, into="zibeline")[0][1]
    assert "celle-ci" not in refused_by(merge, pk=second.pk, into="2026-9999")[0][1]
    assert "numéro de cette requête" in refused_by(merge, pk=second.pk, into=second.reference)[0][1]
    assert "pas une requête" in refused_by(merge, pk=second.pk, into=complaint.reference)[0][1]
    merge(pk=second.pk, into=first.reference, by=TECHNICIAN, now=TUESDAY)
    third = a_case(nature, now=TUESDAY)
    assert first.reference in refused_by(merge, pk=third.pk, into=second.reference)[0][1]
    assert "rattachées à celle-ci" in refused_by(merge, pk=first.pk, into=third.reference)[0][1]
    ended = withdraw(pk=third.pk, asked_by="Marie, au téléphone", by=TECHNICIAN, now=TUESDAY)
    assert "n'est plus ouverte" in refused_by(merge, pk=a_case(nature).pk, into=ended.reference)[0][1]
    assert Case.objects.filter(merged_into__merged_into__isnull=False).count() == 0


def test_art_4_5_a_file_that_the_actor_does_not_see_is_no_master_and_says_nothing(pair):
    _, second = pair
    complaint = a_case(kind=Kind.COMPLAINT, now=MONDAY)
    Case.objects.filter(pk=complaint.pk).update(status="under_review")
    hidden = refused_by(merge, pk=second.pk, into=complaint.reference)
    assert hidden == refused_by(merge, pk=second.pk, into="2026-9999")


def test_art_4_1_only_the_technician_attaches(pair):
    first, second = pair
    with pytest.raises(Refused, match="Technicien"):
        merge(pk=second.pk, into=first.reference, by=recipient_of(second.department), now=TUESDAY)
    with pytest.raises(NotVisible):
        merge(pk=second.pk, into=first.reference, by=recipient_of(), now=TUESDAY)


def test_likely_duplicates_are_of_the_same_nature_on_the_same_street_and_still_open(nature, django_assert_num_queries):
    case = a_case(nature, location="12, rue des Érables")
    same = a_case(nature, location="1406 RUE DES ERABLES, près du parc")
    a_case(nature, location="12, rue Principale")
    a_case(NatureFactory(), location="14, rue des Érables")
    withdraw(pk=a_case(nature, location="rue des Érables").pk, asked_by="Luc", by=TECHNICIAN, now=timezone.now())
    with django_assert_num_queries(1):
        assert likely_duplicates(case, TECHNICIAN) == [same]
    assert likely_duplicates(case, recipient_of()) == []
    assert likely_duplicates(a_case(nature, location=""), TECHNICIAN) == []


@pytest.fixture
def body(db):
    return CompetentBody.objects.create(name="Hydro des Érables", contact="450 555-0177")


def test_art_2_3_what_the_town_cannot_do_leads_to_who_can(nature, body):
    case = declare_out_of_scope(pk=a_case(nature).pk, body=body, by=TECHNICIAN, now=timezone.now())
    assert case.status == "out_of_scope"
    mail = case.messages.get(code="T6").mail
    assert "Hydro des Érables\n450 555-0177" in mail.message
    assert case.events.last().changes == {"competent_body": "Hydro des Érables"}
    assert not Case.objects.open_requests().exists()


def test_art_2_3_out_of_scope_asks_which_body_and_a_retired_one_is_none(nature, body):
    case = a_case(nature)
    assert [field for field, _ in refused_by(declare_out_of_scope, pk=case.pk, body=None)] == ["body"]
    body.is_active = False
    assert [field for field, _ in refused_by(declare_out_of_scope, pk=case.pk, body=body)] == ["body"]
    assert case.events.count() == 1


def test_art_2_3_whoever_is_attached_is_told_too_that_another_body_can_help(pair, body):
    first, second = pair
    merge(pk=second.pk, into=first.reference, by=TECHNICIAN, now=TUESDAY)
    declare_out_of_scope(pk=first.pk, body=body, by=TECHNICIAN, now=TUESDAY)
    assert codes(second)[-1] == "T6"


def test_art_4_1_a_withdrawal_says_who_asked_and_is_confirmed(nature):
    case = a_case(nature)
    assert [field for field, _ in refused_by(withdraw, pk=case.pk, asked_by=" ")] == ["asked_by"]
    case = withdraw(pk=case.pk, asked_by="Marie Tremblay, au téléphone", by=TECHNICIAN, now=timezone.now())
    assert (case.status, codes(case)) == ("withdrawn", ["T1", "T22"])
    assert case.events.last().changes["asked_by"] == "Marie Tremblay, au téléphone"


def test_art_4_1_a_request_that_waits_for_its_author_may_be_withdrawn(nature):
    case = route(pk=a_case(nature, now=MONDAY).pk, by=TECHNICIAN, now=MONDAY)
    take(pk=case.pk, by=TECHNICIAN, now=MONDAY)
    wait(pk=case.pk, reason="citizen", note="De quel côté?", by=TECHNICIAN, now=MONDAY)
    case = withdraw(pk=case.pk, asked_by="Marie", by=TECHNICIAN, now=TUESDAY)
    assert (case.waiting_reason, case.clock_stopped_on) == (None, None)
    assert not case.pauses.filter(ended_on__isnull=True).exists()


def test_art_4_4_a_complaint_is_taken_back_in_writing(town):
    case = a_case(kind=Kind.COMPLAINT)
    assert [field for field, _ in refused_by(withdraw, pk=case.pk, asked_by="Marie")] == ["in_writing"]
    assert (
        withdraw(pk=case.pk, asked_by="Marie", in_writing=True, by=DIRECTOR, now=timezone.now()).status == "withdrawn"
    )


def test_art_4_5_an_executor_does_not_sort(pair):
    _, second = pair
    executor = Actor(label="Exécutant", roles=frozenset({Role.EXECUTOR}), user_id=1)
    with pytest.raises(NotVisible):
        withdraw(pk=second.pk, asked_by="Marie", by=executor, now=TUESDAY)
