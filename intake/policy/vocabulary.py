"""The words of the policy, one English word each (docs/glossary.md). Stored by `.value`; labels are in intake/models."""

from enum import Enum


class Kind(Enum):
    """What a citizen may file, art. 4.1 and 4.6."""

    REQUEST = "request"
    COMPLAINT = "complaint"
    INQUIRY = "inquiry"
    CLAIM = "claim"
    ACCESS_REQUEST = "access_request"


class InquiryType(Enum):
    """What an inquiry is (art. 4.1, « accueil et information »); a compliment reaches the direction (art. 4.8)."""

    INFORMATION = "information"
    SUGGESTION = "suggestion"
    COMMENT = "comment"
    COMPLIMENT = "compliment"


class Status(Enum):
    """Where a file stands (docs/policy-readings.md draws the table of transitions)."""

    RECEIVED = "received"
    # A request, art. 4.2.
    ROUTED = "routed"
    IN_PROGRESS = "in_progress"
    SCHEDULED = "scheduled"
    WAITING = "waiting"
    COMPLETED = "completed"
    # A complaint, art. 4.4.
    UNDER_REVIEW = "under_review"
    INCOMPLETE = "incomplete"
    INVESTIGATING = "investigating"  # a claim too: the clerk or the insurer looks into it
    FOUNDED = "founded"
    UNFOUNDED = "unfounded"
    INADMISSIBLE = "inadmissible"
    # A claim, art. 4.1.
    TRANSMITTED = "transmitted"
    ACCEPTED = "accepted"
    DENIED = "denied"
    SETTLED = "settled"
    REFERRED_TO_INSURER = "referred_insurer"
    # An access request, art. 4.6.
    SEARCHING = "searching"
    CLARIFYING = "clarifying"
    THIRD_PARTY_NOTICE = "third_party"
    GRANTED = "granted"
    PARTIAL = "partial"
    REFUSED = "refused"
    NOT_HELD = "not_held"
    TRANSFERRED = "transferred"
    SENT = "sent"
    UNDER_REVIEW_CAI = "under_review_cai"
    # The ends.
    CLOSED = "closed"
    MERGED = "merged"
    OUT_OF_SCOPE = "out_of_scope"
    WITHDRAWN = "withdrawn"


# Art. 4.1, 4.2: « requêtes non complétées » (RNC).
OPEN_REQUEST_STATUSES = (Status.RECEIVED, Status.ROUTED, Status.IN_PROGRESS, Status.SCHEDULED, Status.WAITING)
# The town still owes the citizen something: the clock runs, and the file may be late.
OPEN_STATUSES = (
    *OPEN_REQUEST_STATUSES,
    Status.UNDER_REVIEW,
    Status.INCOMPLETE,
    Status.INVESTIGATING,
    Status.TRANSMITTED,
    Status.SEARCHING,
    Status.CLARIFYING,
    Status.THIRD_PARTY_NOTICE,
    Status.GRANTED,
    Status.PARTIAL,
    Status.REFUSED,
    Status.NOT_HELD,
    Status.TRANSFERRED,
    Status.UNDER_REVIEW_CAI,
)
# The citizen has his answer; someone must still close.
ANSWERED_STATUSES = (
    Status.COMPLETED,
    Status.FOUNDED,
    Status.UNFOUNDED,
    Status.ACCEPTED,
    Status.DENIED,
    Status.SETTLED,
    Status.REFERRED_TO_INSURER,
    Status.SENT,
)
# Nothing more is done, unless the file is reopened.
ENDED_STATUSES = (
    Status.CLOSED,
    Status.INADMISSIBLE,
    Status.MERGED,
    Status.OUT_OF_SCOPE,
    Status.WITHDRAWN,
)
# Decisions on an access request that still have to be posted (art. 4.6: « donner avis … par courrier »).
ACCESS_DECISIONS = (Status.GRANTED, Status.PARTIAL, Status.REFUSED, Status.NOT_HELD, Status.TRANSFERRED)
CLAIM_DECISIONS = (Status.ACCEPTED, Status.DENIED, Status.SETTLED, Status.REFERRED_TO_INSURER)


class Channel(Enum):
    """How it reached the town, art. 4.1: calls, mail, people at the counter, the field (4.3)."""

    WEB = "web"
    PHONE = "phone"
    COUNTER = "counter"
    EMAIL = "email"
    POST = "post"
    FIELD = "field"
    SOCIAL = "social"
    COUNCIL = "council"  # an elected official handed it on; the citizen stays the requester


class Verb(Enum):
    """What can be done to a file; one function each in intake/process."""

    RECEIVE = "receive"
    IMPORT = "import"  # the first moment here of a file that another system had received
    # Sorting (art. 4.1).
    CLASSIFY = "classify"
    ROUTE = "route"
    RECLASSIFY = "reclassify"
    MERGE = "merge"
    FOLLOW = "follow"  # an attached request gets the news of the one it is attached to
    SUCCEED = "succeed"  # the one they were attached to left: the eldest takes its place, the others follow it
    DECLARE_OUT_OF_SCOPE = "out_of_scope"
    WITHDRAW = "withdraw"
    # The work (art. 4.2).
    ASSIGN = "assign"
    TAKE = "take"
    PLAN = "plan"
    WAIT = "wait"
    RESUME = "resume"
    COMPLETE = "complete"
    PROOFREAD = "proofread"
    ANSWER = "answer"
    CLOSE = "close"
    REOPEN = "reopen"
    # Following up.
    NOTE = "note"
    FLAG = "flag"
    SUPPLY = "supply"
    CORRECT = "correct"  # how the citizen is reached; who he is never changes
    REDESIGNATE = "redesignate"
    FOLLOW_CALENDAR = "follow_calendar"  # a day off was added or taken back: the target is counted again
    OPEN_LINKED = "open_linked"
    # A complaint (art. 4.4).
    HAND_OVER = "hand_over"
    ENTRUST = "entrust"
    ASK = "ask"
    ADMIT = "admit"
    REJECT = "reject"
    NAME_INVESTIGATOR = "name_investigator"
    LOG = "log"
    CONCLUDE = "conclude"
    # A claim (art. 4.1) and an access request (art. 4.6).
    TRANSMIT = "transmit"
    INVESTIGATE = "investigate"
    SEARCH = "search"
    ASK_DOCUMENTS = "ask_documents"
    CLARIFY = "clarify"
    NOTIFY_THIRD_PARTY = "notify_third_party"
    EXTEND = "extend"
    DECIDE = "decide"
    SEND = "send"
    REVIEW = "review"
    # What the history notes besides: a service answered the clerk, the clerk was reminded; the file does not move.
    PROVIDE = "provide"
    REMIND = "remind"


class Charge(Enum):
    """Who answers for a complaint: the director (art. 4.4), or the general director when it targets the director."""

    DIRECTOR = "director"
    GENERAL_DIRECTOR = "general_director"


# « en attente pour X raison », art. 4.2: the list is the town's (snippets); this one reason stops the clock.
WAITING_FOR_CITIZEN = "citizen"


class Priority(Enum):
    """How pressing a nature is; p1 is a danger and reaches the Responsable and the technician at once."""

    P1 = "p1"
    P2 = "p2"
    P3 = "p3"
    P4 = "p4"


# Annexe A, point 1: « Code 238 – Demande complétée ».
COMPLETION_CODE = "238"
