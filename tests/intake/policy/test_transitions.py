"""Art. 4.1 to 4.6, Annexes A and C: every kind × status × verb × role against a table typed by hand from the policy."""

from itertools import product

import pytest

from intake.policy.roles import Actor, Role
from intake.policy.transitions import TRANSITIONS, refusal, statuses_of, transition_for
from intake.policy.vocabulary import (
    ANSWERED_STATUSES,
    ENDED_STATUSES,
    OPEN_STATUSES,
    Kind,
    Status,
    Verb,
)

WHO = {
    "TEC": "technician",
    "RES": "designated_recipient",
    "EXE": "executor",
    "DIR": "citizen_service_director",
    "DG": "general_director",
    "GRE": "clerk",
    "CIT": "requester",
    "INV": "investigator",
    "SYS": "system",
}
# kind | from (a b c) | verb | to (« = »: the same) | who | article. Typed from the policy, not from the code.
POLICY = """
request | received routed | classify | received | TEC | 4.1
request | received | route | routed | TEC | 4.1
request | routed in_progress scheduled waiting | assign | = | TEC RES | 4.2
request | routed | take | in_progress | TEC RES EXE | 4.2
request | routed in_progress scheduled | plan | scheduled | TEC RES EXE | 4.2
request | routed in_progress scheduled | wait | waiting | TEC RES | 4.2
request | waiting | resume | in_progress | TEC RES | 4.2
request | routed in_progress scheduled waiting | complete | completed | TEC RES EXE | Annexe A
request | completed | proofread | = | TEC | Annexe A
request | completed | close | closed | TEC | 4.1
request | completed closed | reopen | in_progress | TEC DIR | 2.3
request | received routed | merge | merged | TEC | 4.1
request | merged | follow | = | SYS | 2.3
request | merged | succeed | received routed in_progress scheduled merged | SYS | 2.3
request | received routed | out_of_scope | out_of_scope | TEC | 4.1
request | received routed in_progress scheduled waiting | withdraw | withdrawn | TEC | 4.1
request | received routed in_progress scheduled waiting | reclassify | received | TEC | 4.1
request | received routed in_progress scheduled | supply | = | TEC CIT | 2.3
request | waiting | supply | in_progress waiting | TEC CIT | 2.3
request | received routed in_progress scheduled waiting completed closed merged out_of_scope withdrawn | correct | = | TEC | 4.3
request | received routed in_progress scheduled waiting | flag | = | TEC RES DIR | 4.1
request | received routed in_progress scheduled waiting completed closed merged out_of_scope withdrawn | note | = | TEC RES EXE DIR | 4.1
request | routed in_progress scheduled waiting | redesignate | = | TEC SYS | Annexe C
request | received routed in_progress scheduled waiting | follow_calendar | = | SYS | 2.3
inquiry | received | answer | closed | TEC RES DIR | 4.1
inquiry | received | classify | received | TEC | 4.1
inquiry | received | reclassify | received | TEC | 4.1
inquiry | received | withdraw | withdrawn | TEC | 4.1
inquiry | received | supply | = | TEC CIT | 2.3
inquiry | received closed withdrawn | correct | = | TEC | 4.3
inquiry | received | flag | = | TEC RES DIR | 4.1
inquiry | received closed withdrawn | note | = | TEC RES DIR | 4.1
inquiry | received | follow_calendar | = | SYS | 2.3
complaint | received | hand_over | under_review | TEC | 4.4
complaint | received | entrust | = | TEC DIR DG | 4.4
complaint | under_review incomplete investigating | entrust | = | DIR DG | 4.4
complaint | received | ask | incomplete | TEC DIR DG | 4.4
complaint | under_review | ask | incomplete | DIR DG | 4.4
complaint | incomplete | supply | under_review incomplete | CIT TEC DIR DG | 4.4
complaint | received | supply | = | CIT TEC DIR DG | 4.4
complaint | under_review investigating | supply | = | CIT DIR DG | 4.4
complaint | received | correct | = | TEC DIR DG | 4.4
complaint | incomplete | correct | under_review incomplete | DIR DG | 4.4
complaint | under_review investigating founded unfounded inadmissible closed withdrawn | correct | = | DIR DG | 4.4
complaint | under_review | admit | investigating | DIR DG | 4.4
complaint | under_review incomplete | reject | inadmissible | DIR DG | 4.1
complaint | under_review investigating | name_investigator | = | DIR DG | 4.5
complaint | investigating | log | = | DIR DG INV | 4.4
complaint | investigating | conclude | unfounded founded | DIR DG | 4.4.1
complaint | founded unfounded | close | closed | DIR DG | 4.4
complaint | received | withdraw | withdrawn | TEC DIR DG | 4.4
complaint | under_review incomplete investigating | withdraw | withdrawn | DIR DG | 4.4
complaint | received | open_linked | = | TEC DIR DG | 4.1
complaint | under_review incomplete investigating inadmissible | open_linked | = | DIR DG | 4.1
complaint | received | reclassify | received | TEC DIR DG | 4.1
complaint | under_review incomplete | reclassify | received | DIR DG | 4.1
complaint | received under_review incomplete investigating founded unfounded inadmissible closed withdrawn | note | = | DIR DG | 4.4
claim | received | transmit | transmitted | TEC GRE | 4.1
claim | transmitted | investigate | investigating | GRE | 4.1
claim | transmitted investigating | decide | accepted denied settled referred_insurer | GRE | 4.1
claim | accepted denied settled referred_insurer | close | closed | GRE | 4.1
claim | received | open_linked | = | TEC GRE | 4.1
claim | transmitted investigating | open_linked | = | GRE | 4.1
claim | received | supply | = | CIT TEC GRE | 4.1
claim | transmitted investigating | supply | = | CIT GRE | 4.1
claim | received | correct | = | TEC GRE | 4.3
claim | transmitted investigating accepted denied settled referred_insurer closed withdrawn | correct | = | GRE | 4.3
claim | received | withdraw | withdrawn | TEC GRE | 4.1
claim | transmitted investigating | withdraw | withdrawn | GRE | 4.1
claim | received | reclassify | received | TEC GRE | 4.1
claim | transmitted investigating | reclassify | received | GRE | 4.1
claim | received transmitted investigating accepted denied settled referred_insurer closed withdrawn | note | = | GRE | 4.1
access_request | received | search | searching | GRE DG | 4.6
access_request | received searching clarifying third_party | ask_documents | = | GRE DG | 4.6
access_request | searching | clarify | clarifying | GRE DG | 4.6
access_request | clarifying | supply | searching | CIT GRE DG | 4.6
access_request | received searching third_party | supply | = | CIT GRE DG | 4.6
access_request | received searching clarifying third_party granted partial refused not_held transferred sent under_review_cai closed withdrawn | correct | = | GRE DG | 4.6
access_request | searching | notify_third_party | third_party | GRE DG | 4.6
access_request | third_party | resume | searching | GRE DG | 4.6
access_request | received searching clarifying third_party | extend | = | GRE DG | 4.6
access_request | searching clarifying third_party | decide | granted partial refused not_held transferred | GRE DG | 4.6
access_request | granted partial refused not_held transferred | send | sent | GRE DG | 4.6
access_request | sent under_review_cai | close | closed | GRE DG | 4.6
access_request | sent closed | review | under_review_cai | GRE DG | 4.6
access_request | received searching clarifying third_party | withdraw | withdrawn | GRE DG | 4.6
access_request | received | reclassify | received | TEC GRE DG | 4.1
access_request | searching | reclassify | received | GRE DG | 4.1
access_request | received searching clarifying third_party granted partial refused not_held transferred sent under_review_cai closed withdrawn | note | = | GRE DG | 4.6
"""


def _read() -> dict[tuple[str, str, str], tuple[list[str], set[str], str]]:
    allowed = {}
    for line in POLICY.strip().splitlines():
        kind, sources, verb, targets, who, article = (part.strip() for part in line.split("|"))
        for source in sources.split():
            ends = [source] if targets == "=" else targets.split()
            assert (kind, source, verb) not in allowed, (kind, source, verb)
            allowed[kind, source, verb] = (ends, {WHO[short] for short in who.split()}, article)
    return allowed


ALLOWED = _read()


@pytest.mark.parametrize(("kind", "status"), list(product(Kind, Status)))
def test_art_4_2_only_what_the_table_allows_is_allowed(kind, status):
    for verb, role in product(Verb, Role):
        expected = ALLOWED.get((kind.value, status.value, verb.value))
        answer = refusal(kind, status, verb, Actor(label="x", roles=frozenset({role})))
        should = expected is not None and role.value in expected[1]
        assert (answer is None) is should, (kind, status, verb, role)
        if expected is not None:
            line = transition_for(kind, status, verb)
            assert [target.value for target in line.targets] == expected[0]
            assert line.article == expected[2]


@pytest.mark.parametrize("kind", Kind)
def test_art_4_2_every_status_of_a_kind_can_be_reached_and_left_or_is_an_end(kind):
    lines = [line for line in TRANSITIONS if line.kind is kind]
    reached, front = {Status.RECEIVED}, {Status.RECEIVED}
    while front:
        front = {target for line in lines if line.source in front for target in line.targets} - reached
        reached |= front
    assert reached == set(statuses_of(kind))
    moves = {line.source for line in lines if set(line.targets) - {line.source}}
    assert set(statuses_of(kind)) - moves <= set(ENDED_STATUSES)


def test_every_status_is_open_answered_or_ended_and_only_one_of_them():
    assert sorted((*OPEN_STATUSES, *ANSWERED_STATUSES, *ENDED_STATUSES), key=lambda s: s.value) == sorted(
        Status, key=lambda s: s.value
    )


def test_art_4_1_a_responsable_is_told_who_may_close():
    answer = refusal(Kind.REQUEST, Status.COMPLETED, Verb.CLOSE, Actor("Responsable", frozenset({Role.RECIPIENT})))
    assert answer.article == "4.1"
    assert "le Technicien du Service aux citoyens" in answer.reason


def test_a_person_without_any_role_may_do_nothing():
    nobody = Actor(label="")
    assert all(refusal(k, s, v, nobody) for k, s, v in product(Kind, Status, Verb))
