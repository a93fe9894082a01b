"""What every door hands to `receive`: one frozen value, whatever it came through."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from intake.models import CheckedFile
from intake.policy.vocabulary import Channel, Charge, InquiryType, Kind


@dataclass(frozen=True)
class Contact:
    """Identity and contact of whoever files (art. 4.3: name, complete address, telephone); e-mail is optional."""

    last_name: str
    first_name: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    city: str = ""
    postal_code: str = ""


@dataclass(frozen=True)
class GivenAnswer:
    """A question as it was asked and its answer: `value` can be stored as JSON, `display` is what people read."""

    key: str
    label: str
    question_type: str
    value: Any
    display: str
    question_id: int | None = None


@dataclass(frozen=True)
class GivenFile:
    """A file already checked and stored privately under `name`; receiving it only gives it to the case."""

    name: str
    original_name: str
    content_type: str
    size: int
    sha256: str

    def row(self, model: type[CheckedFile], *, now: datetime, original_name: str = "", **where: Any) -> CheckedFile:
        """Return it as a row of `model`, not saved yet, under another name if one is given; `where` says whose it is."""
        return model(
            file=self.name,
            original_name=original_name or self.original_name,
            content_type=self.content_type,
            size=self.size,
            sha256=self.sha256,
            added_at=now,
            **where,
        )


@dataclass(frozen=True)
class Filing:
    """What is filed: kind, words, answers, files and who files. `received_at` is when the town got it, not typed it in."""

    kind: Kind
    facts: str
    contact: Contact | None
    nature_id: int | None = None
    location: str = ""
    channel: Channel = Channel.WEB
    answers: tuple[GivenAnswer, ...] = ()
    files: tuple[GivenFile, ...] = ()
    submission_key: UUID | None = None
    wants_survey: bool = False
    received_at: datetime | None = None
    # Who answers for a complaint: the general director when it targets the director (art. 4.4).
    charge: Charge | None = None
    # What an inquiry is; a comment when nobody said.
    inquiry_type: InquiryType | None = None
    # What only this kind asks for: a value that its room defines and reads (intake/process/kinds.py).
    details: Any = None
    # The complaint or the claim for which a request is opened (intake/process/linked.py).
    origin_id: int | None = None
    # Art. 4.1, « met en péril la sécurité »: p1 whatever the grid says.
    is_danger: bool = False
