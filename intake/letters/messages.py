"""The text of a message as a letter: the same words, with the parting words apart to leave room for a hand."""

import re
from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from intake.models import Case, PostalLetter, Requester
from snippets.models import TownSettings

from .address import Addressee, address_lines
from .sheet import LetterSheet, Signature, dateline

PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*|¶")


def addressee_of(requester: Requester) -> tuple[str, ...]:
    """The lines of the envelope for whoever filed."""
    who = Addressee(requester.full_name, requester.address, requester.city, requester.postal_code)
    return address_lines(who)


def paragraphs_of(body: str) -> tuple[str, ...]:
    """Split a text at its blank lines (or ¶); a single line break stays within its paragraph."""
    parts = (part.strip() for part in PARAGRAPHS.split(body.replace("\r\n", "\n")))
    return tuple(part for part in parts if part)


def parting(paragraphs: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Return the closing and the lines that sign, if the last paragraph is « Bien cordialement, » over a name."""
    closing, *signing = paragraphs[-1].splitlines() if paragraphs else [""]
    return (closing, tuple(signing)) if signing and closing.rstrip().endswith(",") else ("", ())


def letter_for_message(
    case: Case,
    *,
    subject: str,
    body: str,
    dated: date,
    town: TownSettings,
    addressee: Sequence[str] | None = None,
    signer: Signature | None = None,
    confidential: bool = False,
    enclosures: Sequence[str] = (),
) -> LetterSheet:
    """Make the letter of a filled message text; to whoever filed, unless `addressee` says otherwise.

    `signer` is the person whose hand signs, above the town's signature that ends the text.
    """
    paragraphs = paragraphs_of(body)
    closing, signing = parting(paragraphs)
    service = Signature("", "\n".join(signing)) if signing else None
    if signer is not None:
        service = Signature(signer.name, "\n".join(line for line in (signer.title, *signing) if line))
    if addressee is None:
        requester = getattr(case, "requester", None)
        addressee = addressee_of(requester) if requester else ()
    return LetterSheet(
        subject=subject,
        paragraphs=paragraphs[:-1] if closing else paragraphs,
        dateline=dateline(dated, town),
        addressee=tuple(addressee),
        mentions=(_("CONFIDENTIEL"),) if confidential else (),
        reference=case.reference,
        closing=closing,
        signatures=(service,) if service else (),
        enclosures=tuple(enclosures),
    )


def sheet_of(letter: PostalLetter, town: TownSettings, *, signer: Signature | None = None) -> LetterSheet:
    """Make the sheet of a letter to post, or of one that left: then as it left, but without the tracking code."""
    return letter_for_message(
        letter.case,
        subject=letter.subject,
        body=letter.printed_body,
        dated=letter.written_on,
        town=town,
        addressee=letter.addressee.splitlines() or None,
        signer=signer,
        confidential=letter.is_confidential,
    )
