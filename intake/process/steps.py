"""What every verb does first and last: lock the row, ask the policy, write the event."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from intake.models import Case, CaseEvent
from intake.policy.clocks import local_day
from intake.policy.investigation import Entry
from intake.policy.refusal import Refusal
from intake.policy.roles import Actor, sees
from intake.policy.transitions import transition_for
from intake.policy.vocabulary import Kind, Status, Verb

from .conditions import refusal_now
from .erasure import is_over, settle_complaint, without_words, write_note

# Once the link is erased, no note may tie it again.
NO_NOTE_AFTER_THE_END = Refusal(
    "4.4.1", "La plainte est terminée sans suite : aucune note ne s'y ajoute.", "internal_note"
)


class Refused(Exception):
    """The policy says no; `refusals` carry the article, the reason in French and the field it concerns."""

    def __init__(self, *refusals: Refusal) -> None:
        self.refusals = refusals
        super().__init__(" ".join(refusal.reason for refusal in refusals))


class NotVisible(Exception):
    """For this actor the file does not exist (art. 4.5): doors answer 404."""


class CaseChanged(Exception):
    """Someone else acted on the file since the screen was shown; nothing was overwritten."""

    def __init__(self, case: Case) -> None:
        self.case = case
        super().__init__(case.reference)


@dataclass
class Step:
    """One verb under way: the locked case, the status it came from and the one it goes to."""

    case: Case
    verb: Verb
    source: Status
    target: Status
    by: Actor
    now: datetime

    def record(
        self, *, internal_note: str = "", public_message: str = "", changes: dict[str, Any] | None = None
    ) -> CaseEvent:
        """Save the case in its new status and add the event that says so."""
        complaint = self.case.kind_ is Kind.COMPLAINT
        note = internal_note.strip() if complaint else ""
        supplied = ""
        if complaint:
            changes, supplied = without_words(changes or {})
        if note and is_over(self.case):
            raise Refused(NO_NOTE_AFTER_THE_END)
        self.case.status = self.target.value
        self.case.last_event_at = self.now
        self.case.version += 1
        event = CaseEvent.objects.create(
            case=self.case,
            verb=self.verb.value,
            at=self.now,
            by_id=self.by.user_id,
            by_label=self.by.label,
            from_status=self.source.value,
            to_status=self.target.value,
            internal_note="" if complaint else internal_note,
            public_message=public_message,
            changes=changes or {},
        )
        if complaint:
            write_note(event, note)
            write_note(event, supplied, what=Entry.SUPPLIED)
            settle_complaint(self.case, self.target, today=local_day(self.now))
        self.case.save()
        return event


def begin(
    *,
    pk: int,
    verb: Verb,
    by: Actor,
    now: datetime,
    seen_version: int | None,
    outcome: Status | None = None,
    kind: Kind | None = None,
    unread: bool = False,
) -> Step:
    """Lock the case and ask the policy whether this actor may do this now; call inside the verb's transaction.

    `outcome` chooses among the targets of the table, for the verbs that have several (a decision, a conclusion).
    `unread`: the actor adds to a file that he does not read; the caller has asked whether he may.
    `kind` is that of a verb whose name in the table serves several kinds (a linked request, a precision).
    Raises NotVisible, CaseChanged or Refused; nothing is written then.
    """
    case = Case.objects.select_for_update().get(pk=pk)
    if not unread and not sees(by, case.facts_of_sight()):
        raise NotVisible(case.reference)
    if seen_version is not None and seen_version != case.version:
        raise CaseChanged(case)
    if kind is not None and case.kind_ is not kind:
        raise Refused(Refusal("4.1", "Cette action n'existe pas pour cette sorte de dossier."))
    reason = refusal_now(case, verb, by)
    if reason is not None:
        raise Refused(reason)
    transition = transition_for(case.kind_, case.status_, verb)
    target = outcome or transition.target
    if target not in transition.targets:
        raise Refused(Refusal(transition.article, "Choisissez une des issues offertes.", "outcome"))
    return Step(case=case, verb=verb, source=case.status_, target=target, by=by, now=now)
