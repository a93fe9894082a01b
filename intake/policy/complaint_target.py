"""Whom a complaint targets decides who answers for it, and who never sees it (art. 4.4, 4.5)."""

from enum import Enum

from .roles import Role
from .vocabulary import Charge


class Target(Enum):
    """Who or what a complaint is about, in the citizen's words."""

    SERVICE = "service"
    EMPLOYEE = "employee"
    CITIZEN_SERVICE = "citizen_service"
    TECHNICIAN = "technician"
    DIRECTOR = "director"
    GENERAL_DIRECTOR = "general_director"
    ELECTED = "elected"
    TENDER = "tender"
    PRIVATE = "private"


# Not this process: the form says which recourses exist and no file is opened.
WITHOUT_FILE = frozenset({Target.GENERAL_DIRECTOR, Target.ELECTED, Target.TENDER})
# Art. 4.4: « formulée au Technicien », unless it is about him, his service or his director: then it never passes him.
PAST_THE_TECHNICIAN = frozenset({Target.CITIZEN_SERVICE, Target.TECHNICIAN, Target.DIRECTOR})
# Whom it is about is a person: « rencontrés et écoutés » (4.4).
PEOPLE = frozenset({Target.EMPLOYEE, Target.TECHNICIAN, Target.DIRECTOR})
_BARRED = {
    Target.TECHNICIAN: frozenset({Role.TECHNICIAN}),
    Target.CITIZEN_SERVICE: frozenset({Role.TECHNICIAN}),
    Target.DIRECTOR: frozenset({Role.TECHNICIAN, Role.DIRECTOR}),
}


def barred_roles(target: Target | None, charge: Charge | None) -> frozenset[Role]:
    """The roles to whom a complaint is never given, because it targets them (art. 4.5).

    The director is one of them once the file was entrusted to the general director, whatever its target says.
    """
    away_from_director = frozenset({Role.DIRECTOR}) if charge is Charge.GENERAL_DIRECTOR else frozenset()
    return _BARRED.get(target, frozenset()) | away_from_director


def charge_for(target: Target) -> Charge:
    """Who answers for it: the director (art. 4.4), the general director when it targets the director."""
    return Charge.GENERAL_DIRECTOR if target is Target.DIRECTOR else Charge.DIRECTOR
