"""Art. 4.1 to 4.5: whatever is done, in whatever order, by whomever: no forbidden state, no lost event, no file shown to others."""

from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from intake.models import Answer, Attachment, Case, CaseEvent, CaseMessage, Pause
from intake.policy.complaint_target import Target
from intake.policy.roles import SYSTEM, Actor, Role, citizen_of, sees
from intake.policy.transitions import statuses_of, transition_for, verbs_from
from intake.policy.vocabulary import Charge, Kind, Status, Verb
from intake.process import CaseChanged, NotVisible, Refused, merge
from intake.process.investigation import accept_undertaking
from snippets.models import CompetentBody, RequestNature, TownSettings
from tests.factories import (
    TECHNICIAN,
    DepartmentFactory,
    DesignationFactory,
    EmployeeFactory,
    NatureFactory,
    a_case,
    a_contact,
    recipient_of,
    town_time,
    user_with,
)
from tests.intake.complaints.steps import a_complaint

from .drawn_verbs import ACTS, arguments_of, asked_by, verb_of

START = town_time("2026-06-01 10:00")
STEPS = 14
# Four times out of five, what may succeed is tried: refusals alone would prove little.
OFTEN = st.sampled_from([True, True, True, True, False])
FILES = (Kind.REQUEST, Kind.REQUEST, Kind.COMPLAINT, Kind.INQUIRY, Kind.CLAIM, Kind.ACCESS_REQUEST)


class Town:
    """A small town, its people and its eight files."""

    def __init__(self) -> None:
        TownSettings.objects.update_or_create(pk=TownSettings.load().pk, defaults={"email": "ville@ville.example"})
        DepartmentFactory(code="EXP", is_front_line=True)
        CompetentBody.objects.create(name="Hydro des Érables", contact="450 555-0177")
        natures = [NatureFactory(), NatureFactory()]
        for nature in natures:
            DesignationFactory(department=nature.department)
        # Accounts, so that each may be named to an investigation.
        director, technician, lead = (
            user_with(role, username=role.value) for role in (Role.DIRECTOR, Role.TECHNICIAN, Role.EMPLOYEE)
        )
        worker = user_with(Role.EXECUTOR)
        EmployeeFactory(department=natures[0].department, user=worker)
        contact = a_contact()
        self.files = [
            a_case(natures[0], kind=kind, contact=contact, now=START) if kind is Kind.REQUEST else a_case(kind=kind)
            for kind in FILES
        ]
        self.files += [a_complaint(target=target, now=START) for target in (Target.DIRECTOR, Target.TECHNICIAN)]
        self.people = [
            TECHNICIAN,
            recipient_of(natures[0].department),
            recipient_of(natures[1].department),
            Actor("Exécutant", frozenset({Role.EXECUTOR}), user_id=worker.pk),
            Actor("Directrice", frozenset({Role.DIRECTOR, Role.INVESTIGATOR}), user_id=director.pk),
            Actor("Technicien nommé", frozenset({Role.TECHNICIAN, Role.INVESTIGATOR}), user_id=technician.pk),
            Actor("Enquêtrice", frozenset({Role.EMPLOYEE, Role.INVESTIGATOR}), user_id=lead.pk),
            Actor("Directrice générale", frozenset({Role.GENERAL_DIRECTOR})),
            Actor("Greffière", frozenset({Role.CLERK})),
            Actor("Communications", frozenset({Role.COMMUNICATIONS})),
            Actor("Élue", frozenset({Role.COUNCIL})),
            Actor("Inconnu"),
            SYSTEM,
            *(citizen_of(case.pk) for case in self.files),
        ]


def everything() -> list:
    """All that a verb may write, to tell whether anything was."""
    return [
        list(Case.objects.order_by("pk").values()),
        *(model.objects.count() for model in (CaseEvent, CaseMessage, Answer, Attachment)),
        list(Pause.objects.order_by("pk").values()),
    ]


def play(town: Town, files: list[int], data: st.DataObject, moment: datetime) -> bool:
    """Let someone try something on a file; say whether it was done."""
    case = Case.objects.select_related("executor").get(pk=data.draw(st.sampled_from(files), label="file"))
    exist = verbs_from(case.kind_, case.status_)
    possible = [act for act in ACTS if verb_of(act) in exist]
    act = data.draw(st.sampled_from(possible if possible and data.draw(OFTEN) else ACTS), label="act")
    able = _able(town, case, verb_of(act))
    by = data.draw(st.sampled_from(able if able and data.draw(OFTEN) else town.people), label="by")
    arguments = arguments_of(act, data)
    before, history = everything(), Counter(CaseEvent.objects.values_list("case_id", flat=True))
    try:
        act(pk=case.pk, by=by, now=moment, **arguments)
    except (Refused, NotVisible, CaseChanged):
        assert everything() == before  # nothing half written
        return False
    written = Counter(CaseEvent.objects.values_list("case_id", flat=True))
    assert written[case.pk] > history[case.pk]
    assert all(written[pk] >= count for pk, count in history.items())
    undertake(case, moment)
    done = case.events.order_by("pk")[history[case.pk]]
    line = transition_for(case.kind_, case.status_, Verb(done.verb))
    assert by.has_any(line.roles)
    assert sees(by, case.facts_of_sight())
    return True


def undertake(case: Case, moment: datetime) -> None:
    """Whoever is named undertakes at once to keep the file confidential: he then reads it."""
    for one in case.investigators.filter(ended_at__isnull=True, accepted_at__isnull=True):
        accept_undertaking(pk=case.pk, by=Actor("", user_id=one.user_id), now=moment)


def _able(town: Town, case: Case, verb: Verb | None) -> list[Actor]:
    """Those who see the file and hold a role that does this."""
    line = verb and transition_for(case.kind_, case.status_, verb)
    facts = case.facts_of_sight()
    return [person for person in town.people if line and person.has_any(line.roles) and sees(person, facts)]


def check_history(case: Case) -> None:
    """Each event begins where the one before ended, and follows the table of the kind that the file had then."""
    events = list(case.events.order_by("pk"))
    kinds = [event.changes["kind"] for event in events if event.verb == Verb.RECLASSIFY.value]
    kind = Kind(kinds[0][0]) if kinds else case.kind_
    # A complaint about the technician or the director begins past the technician.
    assert (events[0].verb, events[0].to_status) in {("receive", "received"), ("receive", "under_review")}
    for before, event in pairwise(events):
        assert event.from_status == before.to_status
        line = transition_for(kind, Status(event.from_status), Verb(event.verb))
        assert line is not None, (kind, event.from_status, event.verb)
        assert Status(event.to_status) in line.targets
        if event.verb == Verb.RECLASSIFY.value:
            kind = Kind(event.changes["kind"][1])
    assert (kind, events[-1].to_status) == (case.kind_, case.status)
    assert case.status_ in statuses_of(case.kind_)
    assert case.version == len(events)


def leads(person: Actor, case: Case) -> bool:
    mandates = case.investigators.filter(ended_at__isnull=True, accepted_at__isnull=False)
    return person.user_id is not None and mandates.filter(user_id=person.user_id).exists()


def excluded_by_art_4_5(person: Actor, case: Case) -> bool:
    """Typed from the policy, not from the code: who must never see this file."""
    roles = person.roles
    if case.kind_ is Kind.COMPLAINT:
        target = case.complaint.target
        named = case.status_ is Status.INVESTIGATING and leads(person, case)
        if Role.DIRECTOR in roles:
            return target == "director" or case.charge == Charge.GENERAL_DIRECTOR.value
        if Role.GENERAL_DIRECTOR in roles:
            return case.charge == Charge.DIRECTOR.value
        if Role.TECHNICIAN in roles:
            about_him = target in ("technician", "citizen_service", "director")
            return about_him or not (named or case.status_ is Status.RECEIVED)
        return person.case_id != case.pk and not named
    if case.kind_ in (Kind.CLAIM, Kind.ACCESS_REQUEST):
        if roles & {Role.CLERK, Role.GENERAL_DIRECTOR}:
            return False
        if Role.TECHNICIAN in roles:
            return case.status_ is not Status.RECEIVED
        return person.case_id != case.pk
    return not roles or bool(roles & {Role.COMMUNICATIONS, Role.COUNCIL, Role.CLERK, Role.GENERAL_DIRECTOR})


def check_sight(town: Town) -> None:
    facts = {case: case.facts_of_sight() for case in Case.objects.select_related("executor")}
    for person in town.people:
        shown = set(Case.objects.visible_to_actor(person).values_list("pk", flat=True))
        for case, known in facts.items():
            assert (case.pk in shown) is sees(person, known), (person.label, case.kind, case.status)
            assert not (case.pk in shown and excluded_by_art_4_5(person, case)), (person.label, case.kind, case.status)


def check_masters() -> None:
    """Whoever is attached is attached to a request that lives or was done, never to one that left, nor to another attached."""
    for case in Case.objects.filter(status="merged").select_related("merged_into"):
        master = case.merged_into
        assert (master.kind_, master.merged_into) == (Kind.REQUEST, None), (case.reference, master.reference)
        assert master.status_ is not Status.WITHDRAWN, (case.reference, master.reference)


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker):
    """Made once; every sequence is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Town()
        transaction.set_rollback(True)


@settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],  # what is drawn is named in the failure; shrinking takes minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data())
def test_art_4_5_no_sequence_of_verbs_loses_an_event_forbids_a_state_or_shows_a_file_to_others(town, data):
    with transaction.atomic():
        every = [case.pk for case in town.files]
        # One or two files of eight, so that lives are played to their end.
        files = data.draw(st.lists(st.sampled_from(every), min_size=1, max_size=2), label="files")
        moment = START
        for _ in range(STEPS):
            moment += timedelta(hours=data.draw(st.sampled_from([5, 30, 0]), label="hours"))
            if play(town, files, data, moment):
                for case in Case.objects.all():
                    check_history(case)
                check_sight(town)
                check_masters()
        transaction.set_rollback(True)


@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data())
def test_art_2_3_no_sequence_leaves_anyone_attached_to_a_request_that_left(town, data):
    with transaction.atomic():
        first, second = (case.pk for case in town.files if case.kind_ is Kind.REQUEST)
        nature = RequestNature.objects.order_by("pk").first()
        for pk in (second, a_case(nature, now=START).pk):
            merge(pk=pk, into=Case.objects.get(pk=first).reference, by=TECHNICIAN, now=START)
        moment, attached = START, list(Case.objects.filter(merged_into=first).values_list("pk", flat=True))
        for _ in range(STEPS):
            moment += timedelta(hours=data.draw(st.sampled_from([5, 30, 0]), label="hours"))
            if play(town, [first, first, *attached], data, moment):
                for case in Case.objects.all():
                    check_history(case)
                check_masters()
        transaction.set_rollback(True)


def test_every_act_of_the_process_can_be_drawn():
    missing = {act.__name__: unknown for act in ACTS if (unknown := asked_by(act)[1])}
    assert missing == {}, "Say in drawn_verbs.ARGUMENTS what these may be."


# The receipt, what the program does by itself, and a document that a service hands over.
NOT_ACTS = {
    Verb.RECEIVE,
    Verb.IMPORT,
    Verb.FOLLOW,
    Verb.SUCCEED,
    Verb.REDESIGNATE,
    Verb.FOLLOW_CALENDAR,
    Verb.REMIND,
    Verb.PROVIDE,
}


def test_every_verb_that_people_do_is_played():
    assert {verb_of(act) for act in ACTS} >= set(Verb) - NOT_ACTS
