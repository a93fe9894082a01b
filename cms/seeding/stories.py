"""What citizens say, what they answer and how it ends: fixtures/cases.toml beside the questions of the grid."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from intake.forms import demand, legal
from intake.forms.complaint import DECLARATION
from intake.forms.questions import answer, answer_to
from intake.policy.complaint_target import Target
from intake.policy.signature import SignatureMethod
from intake.policy.vocabulary import InquiryType
from intake.process import GivenAnswer
from intake.process.claims import ClaimDetails
from intake.process.complaint_filing import ComplaintDetails, Signature
from snippets.models import Question, QuestionType, RequestNature

from .files import read

SKIPPED = 0.35  # of the optional questions


@dataclass(frozen=True)
class Story:
    """One filing: the facts, the answers, and the note and message that complete it."""

    facts: str
    answers: tuple[GivenAnswer, ...] = ()
    note: str = ""
    message: str = ""
    details: Any = None

    def details_at(self, place: str) -> Any:
        """What only this kind asks for; a claim with its place."""
        return replace(self.details, event_place=place) if isinstance(self.details, ClaimDetails) else self.details


class Stories:
    """Draws stories of each kind; natures are read once, with their questions."""

    def __init__(self, rng: Random) -> None:
        self._rng, self.texts = rng, read("cases")
        natures = RequestNature.objects.offered().select_related("department").prefetch_related("questions")
        self.natures = [nature for nature in natures.order_by("code") if nature.code in self.texts["requests"]]

    def nature(self, month: int) -> RequestNature:
        """Return a nature of that month: no snow in July."""
        texts = self.texts["requests"]
        return self._rng.choice([n for n in self.natures if month in texts[n.code].get("months", range(1, 13))])

    def request(self, nature: RequestNature, on: date) -> Story:
        """Return a request of this nature, filed on this day."""
        texts = self.texts["requests"][nature.code]
        variant = self._rng.randrange(len(texts["facts"]))
        ending = self._rng.choice(texts["done"])
        given = texts.get("answers", {})
        answers = tuple(self._answers(nature, given, variant, on))
        return Story(texts["facts"][variant], answers, ending["note"], ending["message"])

    def unclassified(self) -> Story:
        """Return what a citizen files who did not find the nature."""
        return Story(self._rng.choice(self.texts["unclassified"]["facts"]))

    def _answers(
        self, nature: RequestNature, given: dict[str, list[str]], variant: int, on: date
    ) -> Iterator[GivenAnswer]:
        for question in nature.questions.all():
            if not question.is_active or (not question.is_required and self._rng.random() < SKIPPED):
                continue
            said = answer_to(question, self._value(question, given.get(question.label, ()), variant, on))
            if said is not None:
                yield said

    def _value(self, question: Question, texts: list[str], variant: int, on: date) -> Any:
        match QuestionType(question.question_type):
            case QuestionType.ONE_CHOICE:
                return self._rng.choice(question.choice_list)
            case QuestionType.SEVERAL_CHOICES:
                return [self._rng.choice(question.choice_list)]
            case QuestionType.NUMBER:
                return self._number(question.label, on)
            case QuestionType.DATE:
                ahead = question.label.startswith("Pour ")
                days = self._rng.randrange(20, 60) if ahead else -self._rng.randrange(8)
                return on + timedelta(days=days)
            case _:
                return texts[variant % len(texts)] if texts else ""

    def _number(self, label: str, on: date) -> Decimal:
        if "année" in label:
            return Decimal(on.year)
        return Decimal(self._rng.randrange(5, 70) if "âge" in label else self._rng.randrange(2, 13) * 10)


def complaint(
    facts: str, *, concerned: str, on: date, signer: str, at: datetime, target: Target, is_signed: bool = True
) -> Story:
    """Return a complaint signed with a code received by e-mail (or to be signed), and what only it asks for (art. 4.4)."""
    signature = Signature(SignatureMethod.EMAIL, signer, at, declaration=str(DECLARATION), email_proved_at=at)
    details = ComplaintDetails(
        target=target,
        concerned=concerned,
        facts_on=on,
        signature=signature if is_signed else None,
        to_be_signed=not is_signed,
    )
    return Story(facts, details=details)


def claim(facts: str, *, on: date) -> Story:
    """Return a claim, with the answers its form asks."""
    said = {
        "event_on": on,
        "event_time": "vers 8 h",
        "damage_type": "bodily" if "fracturé" in facts else "property",
        "damage": facts.split(".")[0] + ".",
        "amount": Decimal(150 + 70 * (len(facts) % 9)),
    }
    return Story(facts, _kept(legal.ClaimForm, said), details=legal.claim_details(said))


def access_request(facts: str) -> Story:
    """Return a request for access to documents, with the answers its form asks (art. 4.6)."""
    return Story(facts, _kept(legal.AccessForm, {"about": "none", "delivery": "email"}))


def inquiry(facts: str, *, asked: InquiryType, praised: str = "") -> Story:
    """Return a question, a suggestion, a comment or a compliment, with the answers its form asks."""
    values = {"inquiry_type": asked.value, "praised": praised, "wants_reply": "yes"}
    return Story(facts, _kept(demand.InquiryForm, {name: value for name, value in values.items() if value}))


def _kept(form: type[demand.DemandForm], values: dict[str, Any]) -> tuple[GivenAnswer, ...]:
    """The answers under the words of the form itself."""
    kept = []
    for name, value in values.items():
        field = form.base_fields[name]
        words = dict(getattr(field, "choices", ()))
        kept.append(
            answer(
                key=name,
                label=str(field.label),
                question_type=form.ANSWERS[name].value,
                value=value,
                display=str(words[value]) if value in words else "",
            )
        )
    return tuple(kept)
