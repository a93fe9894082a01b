"""Art. 4.1 and §3 « Users and rights »: who gives which role, against a table typed by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.policy.rights import (
    Account,
    grant_refusal,
    grantable_by,
    manages_rights,
    may_grant,
    may_read_rights_log,
    signer_refusal,
    way_in_refusal,
)
from intake.policy.roles import GROUP_NAMES, Actor, Role

ORDINARY = {"communications", "designated_recipient", "executor", "experience_lead", "council", "employee"}
# who → the roles that he gives and takes; whoever is absent gives none.
TABLE = {
    "technician": ORDINARY,
    "citizen_service_director": ORDINARY | {"technician"},
    "general_director": {"citizen_service_director", "clerk"},
}
NOBODY_S = {"general_director", "administrator"}  # the emergency account only


def acting(*roles: Role, user_id: int = 1) -> Actor:
    return Actor(label="x", roles=frozenset(roles), user_id=user_id)


@pytest.mark.parametrize("role", Role)
def test_art_4_1_a_role_gives_only_what_the_table_says(role):
    given_away = {given.value for given in GROUP_NAMES if may_grant(acting(role), given)}

    assert given_away == TABLE.get(role.value, set())
    assert manages_rights(acting(role)) is bool(given_away)


def test_art_4_1_nobody_but_the_emergency_account_gives_the_general_director_s_and_the_administrator_s():
    everyone = acting(*Role)

    assert not {role.value for role in grantable_by(everyone)} & NOBODY_S
    assert grantable_by(Actor("x", everything=True)) == set(GROUP_NAMES)


# A technician acts on an account of another that holds one role.
@pytest.mark.parametrize(
    ("held", "touched"),
    [
        (Role.EMPLOYEE, True),
        (Role.RECIPIENT, True),
        (Role.TECHNICIAN, False),
        (Role.DIRECTOR, False),
        (Role.GENERAL_DIRECTOR, False),
        (Role.CLERK, False),
        (Role.ADMINISTRATOR, False),
    ],
)
def test_art_4_5_the_technician_does_not_touch_an_account_that_opens_more_than_ordinary_roles(held, touched):
    account = Account(user_id=2, roles=frozenset({held}))

    assert (grant_refusal(acting(Role.TECHNICIAN), Role.EMPLOYEE, account) is None) is touched


@pytest.mark.parametrize("role", GROUP_NAMES)
def test_art_4_1_nobody_raises_his_own_rights(role):
    for holder in GROUP_NAMES:
        own = Account(user_id=1, roles=frozenset({holder}))
        assert grant_refusal(acting(holder), role, own) is not None


def test_art_4_1_the_emergency_account_is_touched_by_nobody_else():
    account = Account(user_id=2, is_emergency=True)

    assert grant_refusal(acting(*Role), Role.EMPLOYEE, account) is not None
    assert grant_refusal(Actor("x", user_id=3, everything=True), Role.EMPLOYEE, account) is None


def test_a_refusal_says_who_can():
    refused = grant_refusal(acting(Role.TECHNICIAN), Role.CLERK, Account(user_id=2))

    assert "Greffe" in refused.reason
    assert "Direction générale" in refused.reason


@given(st.sets(st.sampled_from(list(GROUP_NAMES))), st.sets(st.sampled_from(list(GROUP_NAMES))))
def test_art_4_5_whatever_roles_one_holds_one_gives_no_role_to_an_account_that_opens_what_one_cannot_give(mine, theirs):
    actor, account = acting(*mine), Account(user_id=2, roles=frozenset(theirs))
    above = {r for r in theirs if r.value not in ORDINARY and not may_grant(actor, r)}

    for role in GROUP_NAMES:
        allowed = grant_refusal(actor, role, account) is None
        assert allowed is (may_grant(actor, role) and not above)


def test_the_log_of_rights_is_read_by_the_director_and_the_general_director():
    readers = {role for role in GROUP_NAMES if may_read_rights_log(acting(role))}

    assert readers == {Role.DIRECTOR, Role.GENERAL_DIRECTOR}


# Typed by hand: whose password and address nobody else types.
READS_NO_FILE = {"communications", "experience_lead", "council", "employee", "requester", "system"}


@pytest.mark.parametrize("role", Role)
def test_art_4_5_the_way_in_of_who_reads_files_is_the_person_s_own(role):
    reads = Account(user_id=2, roles=frozenset({role}))
    administrator = acting(Role.ADMINISTRATOR)

    assert (way_in_refusal(administrator, reads) is None) is (role.value in READS_NO_FILE)
    # An employee in office may be named to an investigation: nothing tells who is.
    works = Account(user_id=2, roles=frozenset({role}), works_here=True)
    assert way_in_refusal(administrator, works) is not None
    assert way_in_refusal(acting(Role.ADMINISTRATOR, user_id=2), works) is None
    assert way_in_refusal(Actor("x", user_id=3, everything=True), works) is None


@pytest.mark.parametrize("role", Role)
def test_annexe_c_who_writes_designations_does_not_choose_the_account_that_signs_them(role):
    may = signer_refusal(acting(role), signs=True) is None

    assert may is (role in {Role.DIRECTOR, Role.GENERAL_DIRECTOR})
    assert signer_refusal(acting(role), signs=False) is None
