"""« Par écrit et signée » (art. 4.1, 4.4): what is signed, to the letter, and how long a code proves an e-mail.

A typed name alone is no signature (C.c.Q. 2827; C-1.1 art. 38, 39): it takes the declaration, the full name and the proof
that the signer holds the e-mail, or a hand on paper.
"""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum


class SignatureMethod(Enum):
    """How a complaint was signed."""

    EMAIL = "email"
    PAPER = "paper"
    NONE = "none"


CODE_DIGITS = 6
CODE_LIFETIME = timedelta(minutes=15)
# Six digits and five tries: one chance in two hundred thousand.
CODE_TRIES = 5


def new_code() -> str:
    """Draw a code of six digits."""
    return "".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS))


def bare_code(typed: str) -> str:
    """Keep the digits of what was typed: « 123 456 » and « 123-456 » are the same code."""
    return "".join(character for character in typed if character in "0123456789")


def code_hash(*, key: str, subject: str, email: str, code: str) -> str:
    """Return what is kept of a code: bound to one complaint and one address, useless without the secret key."""
    words = "\n".join((subject, email.casefold(), bare_code(code)))
    return hmac.new(key.encode(), words.encode(), "sha256").hexdigest()


@dataclass(frozen=True)
class SignedText:
    """All that a signature covers; changing one letter of it afterwards is seen."""

    facts: str
    concerned: str
    facts_from: date | None
    facts_on: date | None
    answers: Sequence[tuple[str, str]]
    file_hashes: Sequence[str]
    declaration: str
    signer_name: str

    def exact(self) -> str:
        """The text that is sealed: each part under its name, with its length, so that no two complaints give the same."""
        parts = (
            ("facts", self.facts),
            ("concerned", self.concerned),
            ("facts_from", str(self.facts_from or "")),
            ("facts_on", str(self.facts_on or "")),
            *((f"answer {label}", given) for label, given in self.answers),
            *(("file", digest) for digest in self.file_hashes),
            ("declaration", self.declaration),
            ("signer", self.signer_name),
        )
        return "\n".join(f"{name} [{len(text)}]\n{text}" for name, text in parts)

    def digest(self) -> str:
        """The SHA-256 of the exact text."""
        return hashlib.sha256(self.exact().encode()).hexdigest()
