"""The answers of a monthly list (art. 4.2): looked at before anything changes, then applied in one transaction.

They go through the same verbs as the screen, so that the policy refuses here what it refuses there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from django.db import transaction
from django.utils.translation import gettext as _

from intake.excel.monthly_book import KNOWN
from intake.excel.monthly_reader import ReadLine, ReadProblem
from intake.models import Case, CaseEvent, LineAnswer, OpenRequestsLine, OpenRequestsList
from intake.policy.clocks import local_day
from intake.policy.completion import is_before_receipt
from intake.policy.list_answers import Answer, GivenLine, adds_words, folded
from intake.policy.refusal import Refusal
from intake.policy.roles import Actor
from intake.policy.vocabulary import Status, Verb
from snippets.french_dates import date_format
from snippets.models import WaitingReason

from .completion import Completion, complete
from .follow_up import note
from .monthly_lines import readable_lines
from .progress import plan, resume, wait
from .steps import CaseChanged, NotVisible, Refused

# Which column of the workbook a refusal of a verb speaks of.
_COLUMNS = {
    "done_on": "done_on",
    "planned_on": "planned_on",
    "reason": "reason",
    "internal_note": "internal_note",
    "public_message": "public_message",
}
# Annexe A: the word to the citizen leaves when the request is completed, once.
TOLD_ALREADY = Refusal(
    "Annexe A",
    "La requête est déjà complétée : cette note ne peut plus partir avec l'avis au citoyen. "
    "Gardez-la comme note interne, ou demandez au Service aux citoyens de lui écrire.",
    "public_message",
)


class State(Enum):
    """What would become of one line."""

    APPLIES = "applies"
    UNCHANGED = "unchanged"
    EMPTY = "empty"
    CONFLICT = "conflict"
    REFUSED = "refused"


@dataclass(frozen=True)
class Reviewed:
    """One line as it would be treated; `version` is that of the file when it was looked at.

    `reason_label` is what people read of a reason to wait; `cautions` say what is odd, and allowed.
    """

    read: ReadLine
    state: State
    line: OpenRequestsLine | None = None
    case: Case | None = None
    problems: tuple[ReadProblem, ...] = ()
    since: tuple[CaseEvent, ...] = ()
    version: int = 0
    reason_label: str = ""
    cautions: tuple[str, ...] = ()


class NotApplied(Exception):
    """One line could not be applied; nothing was, and `reference` with `words` say which and why."""

    def __init__(self, reference: str, words: str) -> None:
        self.reference, self.words = reference, words
        super().__init__(f"{reference} : {words}")


def reasons_by_label() -> dict[str, str]:
    """The reasons to wait that are offered, by folded label."""
    return {folded(label): code for code, label in WaitingReason.objects.offered().values_list("code", "label")}


def review(
    monthly: OpenRequestsList, read: Sequence[ReadLine], *, by: Actor, now: datetime, rehearsing: bool = True
) -> list[Reviewed]:
    """Say of each line what would be applied, what is unchanged, what conflicts and what is refused; change nothing.

    Without `rehearsing` the verbs are not played: for lines that a person has seen and that are applied at once.
    """
    rows = monthly.lines.select_related("case__waiting_reason", "case__department")
    lines = {line.key: line for line in rows.prefetch_related("answers__event")}
    seen: dict[str, int] = {}
    readable = frozenset(readable_lines(monthly, by).values_list("pk", flat=True))
    reader, reviewed = _Reader(monthly, by, now, rehearsing, readable), []
    labels = dict(WaitingReason.objects.values_list("code", "label"))
    for item in read:
        label = labels.get(item.answer.reason, "") if item.answer else ""
        one = _review_one(item, lines, seen, reader)
        reviewed.append(replace(one, reason_label=label, cautions=_cautions(one)))
        seen.setdefault(item.key, item.row)
    return reviewed


@dataclass(frozen=True)
class _Reader:
    """Whose list, who looks, when, whether the verbs are played, and which lines exist for him."""

    monthly: OpenRequestsList
    by: Actor
    now: datetime
    rehearsing: bool
    readable: frozenset[int]


def _review_one(item: ReadLine, lines: dict[str, OpenRequestsLine], seen: dict[str, int], reader: _Reader) -> Reviewed:
    line = lines.get(item.key)
    if line is None:
        return Reviewed(item, State.REFUSED, problems=(_problem(item, "key", _unknown_words(item.key)),))
    if line.pk not in reader.readable:
        return Reviewed(item, State.REFUSED, line, problems=(_problem(item, "reference", _gone()),))
    problems = [*item.problems, *_forged(item, line, seen)]
    if problems:
        return Reviewed(item, State.REFUSED, line, line.case, tuple(problems))
    if item.answer is None:
        return Reviewed(item, State.EMPTY, line, line.case)
    case, given = line.case, item.answer
    same = _stands(case, given)
    if same and _is_kept(case, given, [answer.event for answer in line.answers.all()]):
        return Reviewed(item, State.UNCHANGED, line, case)
    refused = _rehearsed(item, line, reader) if reader.rehearsing else ()
    # Where the file already stands as was answered and no word is added, or only its target followed the calendar,
    # there is nothing to choose between.
    since = tuple(case.events.order_by("at", "pk")[line.case_version :]) if case.version != line.case_version else ()
    acted = any(event.verb != Verb.FOLLOW_CALENDAR.value for event in since)
    if acted and not (same and not adds_words(given, internal=(), public=())):
        # Both versions are shown; the person chooses, unless the file has gone where the answer no longer applies.
        return Reviewed(item, State.REFUSED if refused else State.CONFLICT, line, case, refused, since, case.version)
    if refused:
        return Reviewed(item, State.REFUSED, line, case, refused)
    return Reviewed(item, State.APPLIES, line, case, version=case.version)


def _cautions(item: Reviewed) -> tuple[str, ...]:
    """Done before the request came: allowed, since it was already repaired; said to whoever answers (Annexe A)."""
    given = item.read.answer
    if given is None or item.case is None or given.answer is not Answer.COMPLETED:
        return ()
    received_on = item.case.received_day()
    if not is_before_receipt(done_on=given.day, received_on=received_on):
        return ()
    words = _("La date effectuée précède la réception de la requête, le %(day)s.")
    return (words % {"day": date_format(received_on, "j F Y")},)


def _gone() -> str:
    return _("Cette requête n'est plus à votre service.")


def _unknown_words(key: str) -> str:
    if not key:
        return _("La clé de la ligne manque : gardez la colonne cachée « Clé ».")
    if OpenRequestsLine.objects.filter(key=key).exists():
        return _("Cette ligne appartient à une autre liste. Téléversez ce classeur sur la page de sa liste.")
    return _("La clé de cette ligne n'est pas de Guichet. La ligne n'a pas été lue.")


def _forged(item: ReadLine, line: OpenRequestsLine, seen: dict[str, int]) -> list[ReadProblem]:
    """Say what of a line is not as it left: another number, a locked cell that was changed, a row pasted twice."""
    if item.key in seen:
        return [_problem(item, "key", _("Cette requête est déjà à la ligne %(row)d.") % {"row": seen[item.key]})]
    titles = {heading.key: heading.title for heading in KNOWN}
    return [
        _problem(item, key, _("« %(title)s » a été modifié. Cette colonne ne se change pas.") % {"title": titles[key]})
        for key, value in item.known.items()
        if _spaced(value) != _spaced(str(line.shown.get(key, "")))
    ]


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _problem(item: ReadLine, column: str, words: str) -> ReadProblem:
    return ReadProblem(item.sheet, item.places.get(column, _("ligne %(row)d") % {"row": item.row}), words)


def _stands(case: Case, given: GivenLine) -> bool:
    """Say whether the file already stands as was answered; its notes and the answer itself may still be new."""
    if given.answer is Answer.COMPLETED:
        return case.status in (Status.COMPLETED.value, Status.CLOSED.value) and case.done_on == given.day
    if given.answer is Answer.WAITING:
        return case.status == Status.WAITING.value and case.waiting_reason_id == given.reason
    return case.status == Status.SCHEDULED.value and case.planned_on == given.day


def _is_kept(case: Case, given: GivenLine, answers: Sequence[CaseEvent]) -> bool:
    """Say whether nothing is left to keep of an answer that the file stands by: applied twice, it changes nothing.

    `answers` are the events of the answers of this line: an open request of the list without any is not answered yet,
    even when it waits or is planned as before. One that is over only lacks words.
    """
    if given.answer is Answer.COMPLETED and not answers:
        answers = list(case.events.all()) if adds_words(given, internal=(), public=()) else []
    elif not answers:
        return False
    internal = [event.internal_note for event in answers]
    if not adds_words(given, internal=internal, public=[event.public_message for event in answers]):
        return True
    return not adds_words(given, internal=internal, public=[_last_word(case)])


def _last_word(case: Case) -> str:
    """What the citizen was last told in this file."""
    return case.events.exclude(public_message="").order_by("pk").values_list("public_message", flat=True).last() or ""


def _rehearsed(item: ReadLine, line: OpenRequestsLine, reader: _Reader) -> tuple[ReadProblem, ...]:
    """Play the verb and undo it: return the reasons of its refusal, by cell."""
    try:
        with transaction.atomic():
            _act(line.case, item.answer, reader.monthly, by=reader.by, now=reader.now, seen_version=None)
            transaction.set_rollback(True)
    except Refused as refused:
        columns = {**_COLUMNS, "note": "public_message" if _asks_citizen(item.answer) else "internal_note"}
        return tuple(_problem(item, columns.get(r.field, "reference"), r.reason) for r in refused.refusals)
    except NotVisible:
        return (_problem(item, "reference", _gone()),)
    return ()


def _asks_citizen(given: GivenLine) -> bool:
    """Say whether the answer waits for the citizen: the note to him is then the question."""
    return WaitingReason.objects.filter(code=given.reason, asks_citizen=True).exists()


def _act(
    case: Case, given: GivenLine, monthly: OpenRequestsList, *, by: Actor, now: datetime, seen_version: int | None
) -> Case:
    """Call the verb of an answer; a request that waits is first resumed, in the same transaction.

    Where the file already stands as was answered, what is new is what goes on: the word to the citizen, or a note.
    """
    same, common = _stands(case, given), {"pk": case.pk, "by": by, "now": now}
    if same:
        given = given if _tells_more(case, given) else replace(given, public_message="")
        if given.answer is Answer.COMPLETED and given.public_message:
            raise Refused(TOLD_ALREADY)
        if given.answer is not Answer.PLANNED and not given.public_message:
            return note(internal_note=given.internal_note or _still(case), seen_version=seen_version, **common)
    if given.answer is Answer.COMPLETED:
        return _complete(given, monthly, seen_version=seen_version, **common)
    if case.status == Status.WAITING.value:
        seen_version = resume(seen_version=seen_version, **common).version
    notes = {"internal_note": given.internal_note, "public_message": given.public_message}
    if given.answer is Answer.PLANNED:
        return plan(planned_on=given.day, seen_version=seen_version, **notes, **common)
    # The same wait, told anew, keeps what was known of it.
    if same and case.next_action_on and case.next_action_on >= local_day(now):
        notes["next_action_on"] = case.next_action_on
    said = given.internal_note or (case.waiting_note if same else "")
    question = given.public_message if _asks_citizen(given) else said
    return wait(reason=given.reason, note=question, seen_version=seen_version, **notes, **common)


def _tells_more(case: Case, given: GivenLine) -> bool:
    """Say whether the word to the citizen is not the one he was told last."""
    return adds_words(replace(given, internal_note=""), internal=(), public=[_last_word(case)])


def _complete(
    given: GivenLine, monthly: OpenRequestsList, *, pk: int, by: Actor, now: datetime, seen_version: int | None
) -> Case:
    extension = by.phone_extension or (monthly.designation.phone_extension if monthly.designation else "")
    completion = Completion(
        done_on=given.day,
        phone_extension=extension,
        internal_note=given.internal_note,
        public_message=given.public_message,
    )
    return complete(pk=pk, completion=completion, by=by, now=now, seen_version=seen_version)


def _still(case: Case) -> str:
    """What the history says of an answer that confirms a wait and adds no word."""
    return _("Réponse à la liste du mois : toujours en attente (%(reason)s).") % {"reason": case.waiting_reason}


@dataclass(frozen=True)
class Chosen:
    """One answer that a person confirmed, and the version of the file that was shown with it."""

    line: OpenRequestsLine
    given: GivenLine
    version: int


@transaction.atomic
def apply(
    monthly: OpenRequestsList, chosen: Iterable[Chosen], *, by: Actor, now: datetime, source: LineAnswer.Source
) -> int:
    """Apply the confirmed answers, all or none, and return how many. Raises NotApplied when one can't be.

    An answer that was already kept, with its notes, is left alone: the same workbook twice changes nothing.
    """
    done = 0
    for item in chosen:
        case = Case.objects.select_for_update().get(pk=item.line.case_id)
        if _stands(case, item.given) and _is_kept(case, item.given, _events_of(item.line)):
            continue
        try:
            changed = _act(case, item.given, monthly, by=by, now=now, seen_version=item.version)
        except Refused as refused:
            raise NotApplied(case.reference, str(refused)) from refused
        except NotVisible as hidden:
            raise NotApplied(case.reference, _("cette requête n'est plus à votre service.")) from hidden
        except CaseChanged as moved:
            raise NotApplied(case.reference, _("quelqu'un vient d'y travailler. Revoyez la ligne.")) from moved
        event = changed.events.order_by("-pk").first()
        LineAnswer.objects.create(line=item.line, event=event, at=now, by_label=by.label, source=source)
        done += 1
    return done


def _events_of(line: OpenRequestsLine) -> list[CaseEvent]:
    """The events of the answers of a line as they are now, whoever answered meanwhile."""
    return [answer.event for answer in LineAnswer.objects.filter(line=line).select_related("event")]
