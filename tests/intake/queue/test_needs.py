"""What needs me first, by role; each row says in words why it is there."""

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from intake.policy.roles import Role
from intake.policy.vocabulary import Kind
from intake.queue.desk import desk_for
from intake.queue.listing import listing_for, tab_counts
from intake.queue.rows import show
from tests.factories import DesignationFactory, NatureFactory, user_with
from tests.intake.queue.steps import closed, completed, received, routed, taken, waiting

pytestmark = pytest.mark.django_db


def to_do(user, query: str = "") -> list[tuple[str, str]]:
    """The rows of « À traiter »: reference and why."""
    rows = list(listing_for(user, QueryDict(query)))
    show(rows, desk_for(user))
    return [(case.reference, case.shown.need) for case in rows]


def test_technician_when_the_queue_opens_reads_danger_then_receipts_then_closings_then_delays(
    technician, recipient, nature
):
    danger = NatureFactory(department=nature.department, priority="p1")
    awaited = waiting(nature)
    late = taken(nature, days=60)
    done = completed(nature)
    new = received(nature, days=1)
    unclassified = received(nature, days=2)
    unclassified.nature = None
    unclassified.save()
    orphan = received(days=3)
    question = received(kind=Kind.INQUIRY, days=4)
    fire = received(danger)
    closed(nature)
    taken(nature)  # nothing is asked of the technician

    assert [reference for reference, _ in to_do(technician)] == [
        case.reference for case in (fire, question, orphan, unclassified, new, done, late, awaited)
    ]
    reasons = [reason for _, reason in to_do(technician)]
    assert reasons[:6] == [
        "Danger : à confier",
        "À répondre",
        "Sans Responsable",
        "À classer",
        "À confier",
        "À fermer",
    ]
    days_late = (timezone.localdate() - late.due_on).days
    assert reasons[6:] == [f"En retard de {days_late} jours", "Attend la réponse du citoyen"]


def test_recipient_when_the_queue_opens_reads_what_to_take_then_delays_then_the_rest(recipient, nature):
    quick = NatureFactory(department=nature.department, target_working_days=1)
    slow = NatureFactory(department=nature.department, target_working_days=100)
    at_work = taken(slow)
    soon = taken(quick)
    late = taken(nature, days=60)
    given = routed(nature)
    woken = waiting(nature, reason="material", next_action_on=timezone.localdate())
    received(nature)  # still with the technician
    waiting(slow)  # the citizen has the floor
    elsewhere = NatureFactory()
    DesignationFactory(department=elsewhere.department)
    routed(elsewhere)

    rows = to_do(recipient)

    assert [reference for reference, _ in rows] == [c.reference for c in (given, late, woken, soon, at_work)]
    assert rows[0][1] == "À prendre en charge"
    assert rows[2][1] == "À relancer"
    assert rows[3][1].startswith("À faire : ")
    assert rows[4][1] == "À compléter"


def test_director_and_clerk_when_the_queue_opens_read_what_the_policy_gives_them(town, technician):
    director, clerk = user_with(Role.DIRECTOR), user_with(Role.CLERK)
    complaint, claim = received(kind=Kind.COMPLAINT), received(kind=Kind.CLAIM)

    assert to_do(director) == [(complaint.reference, "À examiner")]
    assert to_do(clerk) == [(claim.reference, "À examiner")]
    # Art. 4.4: a complaint is « formulée au Technicien », who hands it over.
    assert to_do(technician) == [(complaint.reference, "À examiner")]


def test_clock_when_the_citizen_is_awaited_is_never_late(technician, recipient, nature):
    waiting(nature, days=60)

    assert [reason for _, reason in to_do(technician)] == ["Attend la réponse du citoyen"]
    assert to_do(technician, "vue=en-retard") == []


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        ("a-traiter", {"new", "late", "done", "orphan"}),
        ("ouvertes", {"new", "late", "orphan", "at_work"}),
        ("en-retard", {"late"}),
        ("a-moi", {"new", "done", "orphan"}),
        ("sans-responsable", {"orphan"}),
        ("fermees", {"shut"}),
        ("toutes", {"new", "late", "done", "orphan", "at_work", "shut"}),
    ],
)
def test_ready_made_view_when_opened_holds_its_files_and_the_tab_counts_them(
    technician, recipient, nature, view, expected
):
    cases = {
        "new": received(nature),
        "late": taken(nature, days=60),
        "done": completed(nature),
        "orphan": received(),
        "at_work": taken(nature),
        "shut": closed(nature),
    }

    rows = {case.reference for case in listing_for(technician, QueryDict(f"vue={view}"))}

    assert rows == {cases[name].reference for name in expected}
    counts = tab_counts(desk_for(technician))
    assert counts.get(view, len(expected)) == len(expected)


def test_shared_link_when_a_colleague_opens_it_shows_his_own_files(recipient, technician, nature):
    mine, foreign = routed(nature), received()

    shared = QueryDict("vue=toutes")

    assert {c.reference for c in listing_for(technician, shared)} == {mine.reference, foreign.reference}
    assert {c.reference for c in listing_for(recipient, shared)} == {mine.reference}


def test_designation_that_ended_when_the_list_is_read_leaves_the_file_without_recipient(technician, recipient, nature):
    case = routed(nature)
    case.designation.effective_until = timezone.localdate() - timedelta(days=1)
    case.designation.save()

    rows = list(listing_for(technician, QueryDict("vue=sans-responsable")))
    show(rows, desk_for(technician))

    assert [(row.reference, row.shown.recipient) for row in rows] == [(case.reference, "Aucun Responsable désigné")]


def test_filing_without_nature_when_received_is_to_be_classified(technician):
    nature = NatureFactory()
    case = received(nature)
    case.nature = None
    case.save()

    assert to_do(technician, "besoin=classify") == [(case.reference, "À classer")]
    assert to_do(technician, "besoin=close") == []
