"""The words of the policy, one English word each (docs/glossary.md). Stored by `.value`; labels are in intake/models."""

from enum import Enum


class Kind(Enum):
    """What a citizen may file, art. 4.1 and 4.6."""

    REQUEST = "request"
    COMPLAINT = "complaint"
    INQUIRY = "inquiry"
    CLAIM = "claim"
    ACCESS_REQUEST = "access_request"


class Status(Enum):
    """Where a file stands (docs/policy-readings.md draws the table of transitions)."""

    RECEIVED = "received"
    ROUTED = "routed"
    IN_PROGRESS = "in_progress"
    SCHEDULED = "scheduled"
    WAITING = "waiting"
    COMPLETED = "completed"
    CLOSED = "closed"


# Art. 4.1, 4.2: « requêtes non complétées » (RNC).
OPEN_STATUSES = (Status.RECEIVED, Status.ROUTED, Status.IN_PROGRESS, Status.SCHEDULED, Status.WAITING)


class Channel(Enum):
    """How it reached the town, art. 4.1: calls, mail, people at the counter, the field (4.3)."""

    WEB = "web"
    PHONE = "phone"
    COUNTER = "counter"
    EMAIL = "email"
    POST = "post"
    FIELD = "field"
    SOCIAL = "social"


class Verb(Enum):
    """What can be done to a file; one function each in intake/process."""

    RECEIVE = "receive"
    CLASSIFY = "classify"
    ROUTE = "route"
    TAKE = "take"
    WAIT = "wait"
    RESUME = "resume"
    COMPLETE = "complete"
    ANSWER = "answer"
    CLOSE = "close"
    REOPEN = "reopen"


class WaitingReason(Enum):
    """« en attente pour X raison », art. 4.2."""

    CITIZEN = "citizen"
    MATERIAL = "material"
    WEATHER = "weather"
    CONTRACTOR = "contractor"
    OTHER_DEPARTMENT = "other_department"


class Priority(Enum):
    """How pressing a nature is; p1 is a danger and reaches the Responsable and the technician at once."""

    P1 = "p1"
    P2 = "p2"
    P3 = "p3"
    P4 = "p4"


# Annexe A, point 1: « Code 238 – Demande complétée ».
COMPLETION_CODE = "238"
