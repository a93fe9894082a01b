"""Whom a complaint targets decides who answers for it, and who never sees it (art. 4.4, 4.5)."""

from enum import Enum

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


def charge_for(target: Target) -> Charge:
    """Who answers for it: the director (art. 4.4), the general director when it targets the director."""
    return Charge.GENERAL_DIRECTOR if target is Target.DIRECTOR else Charge.DIRECTOR
