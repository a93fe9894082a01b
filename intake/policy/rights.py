"""Who gives and takes which role (art. 4.1: the technician « est Responsable de la gestion des droits »; §3, « Users and rights »)."""

from dataclasses import dataclass

from .refusal import Refusal
from .roles import GROUP_NAMES, Actor, Role

# Ordinary roles: none of them opens a complaint, a claim, an access request or an account.
ORDINARY_ROLES = frozenset(
    {Role.COMMUNICATIONS, Role.RECIPIENT, Role.EXECUTOR, Role.EXPERIENCE, Role.COUNCIL, Role.EMPLOYEE}
)
# Roles that open confidential files or accounts; the technician reads complaints until they are handed over (art. 4.4).
OPENING_ROLES = frozenset(GROUP_NAMES) - ORDINARY_ROLES
# Roles that open a file, confidential or not; an investigation is no group, and opens the complaint (art. 4.5).
CASE_ROLES = OPENING_ROLES | {Role.RECIPIENT, Role.EXECUTOR, Role.INVESTIGATOR}
GRANTS = {
    Role.TECHNICIAN: ORDINARY_ROLES,
    # Art. 4.1: the technician « dépend du Directeur », who also stands in for him.
    Role.DIRECTOR: ORDINARY_ROLES | {Role.TECHNICIAN},
    Role.GENERAL_DIRECTOR: frozenset({Role.DIRECTOR, Role.CLERK}),
}
# §3, « Access log »: who reads who gave which right to whom.
RIGHTS_READERS = frozenset({Role.DIRECTOR, Role.GENERAL_DIRECTOR})
# Annexe C: who writes designations does not say with which account they are signed.
SIGNERS_KEEPERS = frozenset({Role.DIRECTOR, Role.GENERAL_DIRECTOR})

# The sentence tells where to turn; each reserved role has one giver.
_GIVER = {
    Role.TECHNICIAN: "la Direction du Service aux citoyens",
    Role.DIRECTOR: "la Direction générale",
    Role.CLERK: "la Direction générale",
}
_EMERGENCY = "le compte de secours de la Ville"


@dataclass(frozen=True)
class Account:
    """What decides who may touch an account: its id, its roles, those of the moment included, and whose it is.

    `is_emergency`: the emergency account; `works_here`: an employee in office opens it.
    """

    user_id: int
    roles: frozenset[Role] = frozenset()
    is_emergency: bool = False
    works_here: bool = False


def grantable_by(actor: Actor) -> frozenset[Role]:
    """The roles that the actor may give to someone else."""
    if actor.everything:
        return frozenset(GROUP_NAMES)
    return frozenset().union(*(GRANTS.get(role, frozenset()) for role in actor.roles))


def may_grant(actor: Actor, role: Role) -> bool:
    """Say whether the actor may give this role to someone else, or take it away."""
    return role in grantable_by(actor)


def manages_rights(actor: Actor) -> bool:
    """Say whether the screen of rights exists for the actor."""
    return bool(grantable_by(actor))


def may_read_rights_log(actor: Actor) -> bool:
    """Say whether the actor reads who gave which right to whom."""
    return actor.has_any(RIGHTS_READERS)


def touch_refusal(actor: Actor, account: Account) -> Refusal | None:
    """Say why the actor may not touch this account, or None: nobody raises himself nor opens what is above him."""
    if actor.everything:
        return None
    if not manages_rights(actor):
        return Refusal("4.1", "Les droits sont gérés par le Technicien du Service aux citoyens.")
    if account.user_id == actor.user_id:
        return Refusal("4.1", "Personne ne change ses propres droits. Demandez-le à la personne dont vous relevez.")
    if account.is_emergency:
        return Refusal("4.1", f"Ce compte ne se change qu'avec {_EMERGENCY}.")
    above = sorted((account.roles & OPENING_ROLES) - grantable_by(actor), key=lambda role: role.value)
    if above:
        return Refusal("4.1", f"Ce compte porte le rôle « {GROUP_NAMES[above[0]]} ». {_who_gives(above[0])}")
    return None


def grant_refusal(actor: Actor, role: Role, account: Account) -> Refusal | None:
    """Say why the actor may not give this role to this account or take it away, or None when he may."""
    refused = touch_refusal(actor, account)
    if refused is not None:
        return refused
    if not may_grant(actor, role):
        return Refusal(
            "4.1", f"Vous ne pouvez pas donner ni retirer le rôle « {GROUP_NAMES[role]} ». {_who_gives(role)}"
        )
    return None


def way_in_refusal(actor: Actor, account: Account) -> Refusal | None:
    """Say why the actor may not type the password or the address of this account, or None when he may.

    Who types them may enter in the person's place and read what he reads (art. 4.5). It holds for every employee: that
    one is named to an investigation today must not show.
    """
    if actor.everything or account.user_id == actor.user_id:
        return None
    if account.works_here or account.roles & CASE_ROLES:
        return Refusal(
            "4.5",
            "La personne choisit elle-même son mot de passe (« Mot de passe oublié », à l'entrée) et son adresse "
            "(« Compte », dans son menu).",
        )
    return None


def signer_refusal(actor: Actor, *, signs: bool) -> Refusal | None:
    """Say why the actor may not make, tie or untie the account of someone who signs designations (Annexe C), or None."""
    if not signs or actor.has_any(SIGNERS_KEEPERS):
        return None
    return Refusal(
        "Annexe C",
        "Cette personne dirige un service ou en reçoit les requêtes : elle signe l'Annexe C avec son compte. Seule la "
        "direction du Service aux citoyens crée, lie ou délie ce compte.",
    )


def _who_gives(role: Role) -> str:
    return f"Seule {_GIVER[role]} le peut." if role in _GIVER else f"Il ne se change qu'avec {_EMERGENCY}."
