"""The answer to an access request (art. 4.6): decided with its reasons, posted, sometimes reviewed by the CAI."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from intake.mail.access_words import words_of_decision
from intake.mail.announce import by_post, to_citizen
from intake.mail.values import day
from intake.models import AccessFile, Case, PostalLetter
from intake.policy import access as policy
from intake.policy.clocks import local_day
from intake.policy.letters import Way, posting_refusal
from intake.policy.refusal import Refusal
from intake.policy.roles import Actor, Role
from intake.policy.vocabulary import Status, Verb
from snippets.models import CompetentBody, LegalProvision

from .access_requests import access_of, withdraw_tasks
from .posting import mark_posted
from .steps import Refused, Step, begin

LETTERS = {
    Status.GRANTED: "T16",
    Status.PARTIAL: "T15",
    Status.REFUSED: "T15",
    Status.NOT_HELD: "T16B",
    Status.TRANSFERRED: "T16C",
}


@dataclass(frozen=True)
class Answer:
    """What is decided and in which words."""

    outcome: Status | None
    explanation: str = ""
    given: str = ""
    withheld: str = ""
    provisions: Sequence[LegalProvision] = ()
    body: CompetentBody | None = None

    def as_policy(self) -> policy.Decision:
        """The same, as the policy looks at it."""
        return policy.Decision(
            outcome=self.outcome,
            explanation=self.explanation,
            given=self.given,
            withheld=self.withheld,
            provisions=[policy.Provision(provision.article, provision.text) for provision in self.provisions],
            has_body=self.body is not None,
        )


@transaction.atomic
def decide(
    *, pk: int, answer: Answer, by: Actor, now: datetime, internal_note: str = "", seen_version: int | None = None
) -> Case:
    """Decide, and write the letter with the text of each provision and the notice of the recourse (A-2.1 art. 50, 51).

    Nothing leaves yet: the citizen is told when the answer is posted. Raises Refused when a refusal, even partial,
    lacks its reasons or its provision, or when the text of a provision is not filled.
    """
    step = begin(pk=pk, verb=Verb.DECIDE, by=by, now=now, seen_version=seen_version, outcome=answer.outcome)
    refusals = policy.decision_refusals(answer.as_policy())
    if refusals:
        raise Refused(*refusals)
    access = access_of(step.case)
    access.decision, access.decided_on, access.decided_by = answer.outcome.value, local_day(now), _named(by)
    access.explanation, access.given, access.withheld = answer.explanation, answer.given, answer.withheld
    access.body = answer.body
    access.save()
    access.provisions.set(answer.provisions)
    withdraw_tasks(step.case, now)
    event = step.record(internal_note=internal_note, changes={"decided_by": access.decided_by})
    by_post(LETTERS[answer.outcome], event, **words_of_decision(access))
    return step.case


def _named(by: Actor) -> str:
    """Who decided, and as what: the general director, or the clerk to whom he delegated it (A-2.1 art. 8)."""
    office = "direction générale" if Role.GENERAL_DIRECTOR in by.roles else "greffe, par délégation"
    return f"{by.label} ({office})"


@transaction.atomic
def send(
    *,
    pk: int,
    posted_on: date | None,
    by: Actor,
    now: datetime,
    internal_note: str = "",
    seen_version: int | None = None,
) -> Case:
    """Note that the answer was posted, and on which day (art. 4.6: « donner avis au requérant, par courrier »).

    The citizen reads it behind his tracking code from then on; whoever has an e-mail is told that it left.
    Raises Refused for a day that can't be.
    """
    step = begin(pk=pk, verb=Verb.SEND, by=by, now=now, seen_version=seen_version)
    access, letter = access_of(step.case), _letter_of_decision(step.case)
    if letter is not None and letter.posted_on is not None:
        posted_on = letter.posted_on
    refused = posting_refusal(posted_on=posted_on, written_on=access.decided_on, today=local_day(now))
    if refused is not None:
        raise Refused(refused)
    access.posted_on = posted_on
    access.save(update_fields=["posted_on"])
    if letter is not None:
        mark_posted(pks=[letter.pk], posted_on=posted_on, by=by, now=now, way=Way.POST)
    step.case.completed_at = now
    event = step.record(
        public_message=letter.shown_body if letter else "",
        internal_note=internal_note,
        changes={"posted_on": str(posted_on)},
    )
    _tell_that_it_left(step, access, event)
    return step.case


def _letter_of_decision(case: Case) -> PostalLetter | None:
    return case.letters.filter(code__in=set(LETTERS.values())).order_by("-made_at", "-pk").first()


def _tell_that_it_left(step: Step, access: AccessFile, event: object) -> None:
    requester = getattr(step.case, "requester", None)
    if requester is not None and requester.email:
        to_citizen("T16D", event, date_envoi=day(access.posted_on))


@transaction.atomic
def review(
    *,
    pk: int,
    asked_on: date | None,
    by: Actor,
    now: datetime,
    internal_note: str = "",
    seen_version: int | None = None,
) -> Case:
    """Note that the citizen asked the Commission d'accès à l'information to review the answer (A-2.1 art. 135)."""
    step = begin(pk=pk, verb=Verb.REVIEW, by=by, now=now, seen_version=seen_version)
    access = access_of(step.case)
    if asked_on is None or asked_on > local_day(now) or asked_on < access.posted_on:
        raise Refused(Refusal("4.6", "Indiquez le jour de la demande de révision, après l'envoi.", "asked_on"))
    access.review_asked_on = asked_on
    access.save(update_fields=["review_asked_on"])
    # The town's own delay is over: what follows is the calendar of the Commission.
    step.case.closed_at = step.case.due_on = None
    step.record(internal_note=internal_note)
    return step.case
