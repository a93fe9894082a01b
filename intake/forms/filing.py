"""« Envoyer »: from a draft to a case, once, whatever is clicked twice or breaks on the way."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from intake.models import Case
from intake.policy.complaint_target import Target
from intake.policy.roles import CITIZEN
from intake.policy.vocabulary import Channel, InquiryType, Kind
from intake.process import Contact, Filing, GivenFile, receive
from intake.process.complaint_filing import ComplaintDetails, Signature
from intake.process.signing import forget_subject

from .journey import Journey
from .models.draft import CODE_SHOWN_FOR, Draft
from .step_form import StepForm

if TYPE_CHECKING:
    from .models import RequestFormPage

CONTACT_FIELDS = ("first_name", "last_name", "email", "phone", "address", "city", "postal_code")


class Incomplete(Exception):
    """A step is missing or today's rules refuse it: a nature retired, a question added since it was filled."""

    def __init__(self, slug: str) -> None:
        self.slug = slug
        super().__init__(slug)


class Gone(Exception):
    """The draft no longer exists: its time is over or it was erased."""


@transaction.atomic
def send(key: UUID, page: "RequestFormPage", *, now: datetime, signature: Signature | None = None) -> Case:
    """Validate every step again and receive the demand; the case exists, and the draft knows it, together or not at all.

    The draft stays locked meanwhile: two clicks wait for each other and the second finds the case of the first.
    Raises Incomplete, Gone, and the verb's Refused; nothing is written then.
    """
    draft = Draft.objects.alive(now).select_for_update().filter(pk=key).first()
    if draft is None:
        raise Gone
    if draft.case is not None:
        return draft.case
    given = filing_from(Journey(page, draft), signature)
    receipt = receive(filing=given, by=CITIZEN, now=now)
    forget_subject(f"draft:{draft.pk}")
    draft.case, draft.data = receipt.case, {}
    if receipt.tracking_code:
        draft.tracking_code, draft.code_shown_until = receipt.tracking_code, now + CODE_SHOWN_FOR
    draft.updated_at = now
    draft.save(update_fields=["case", "data", "tracking_code", "code_shown_until", "updated_at"])
    if given.files:  # they are the case's now
        draft.files.filter(is_stored=True).delete()
    return receipt.case


def filing_from(journey: Journey, signature: Signature | None = None) -> Filing:
    """Return what the verb receives. Raises Incomplete with the first step that today's rules refuse."""
    forms = [_valid(journey.judged_form(slug)) for slug in journey.slugs]
    given: dict[str, Any] = {}
    for form in forms:
        given |= form.cleaned_data
    draft = journey.draft
    return Filing(
        kind=journey.kind,
        facts=given["facts"],
        contact=Contact(**{name: given.get(name, "") for name in CONTACT_FIELDS}),
        nature_id=journey.nature.pk if journey.nature else None,
        location=given.get("location", ""),
        channel=Channel.WEB,
        answers=tuple(answer for form in forms for answer in form.answers() if answer is not None),
        files=tuple(
            GivenFile(
                name=file.file.name,
                original_name=file.original_name,
                content_type=file.content_type,
                size=file.size,
                sha256=file.sha256,
            )
            for file in draft.files.filter(is_stored=True)
        ),
        submission_key=draft.key,
        inquiry_type=InquiryType(given["inquiry_type"]) if journey.kind is Kind.INQUIRY else None,
        wants_survey=given.get("wants_survey", False),
        details=_complaint(given, signature) if journey.kind is Kind.COMPLAINT else _details(forms),
    )


def _details(forms: list[StepForm]) -> object | None:
    """What only a claim or an access request says (art. 4.1, 4.6)."""
    return next((details for form in forms if (details := form.details()) is not None), None)


def _complaint(given: dict[str, Any], signature: Signature | None) -> ComplaintDetails:
    """What only a complaint says (art. 4.4); unsigned, its author was told how to sign it later."""
    return ComplaintDetails(
        target=Target(given["target"]),
        concerned=given["concerned"],
        facts_from=given["facts_from"],
        facts_on=given["facts_on"],
        endangers=given["endangers"] == "yes",
        signature=signature,
        to_be_signed=signature is None,
    )


def _valid(form: StepForm) -> StepForm:
    if not form.is_valid():
        raise Incomplete(form.slug)
    return form
