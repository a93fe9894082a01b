"""Where a message's words come from: the staff's text, or the start text when the staff have not written one yet."""

import re
from dataclasses import dataclass

from snippets.models import MessageText, fill
from snippets.start_content import start_texts

# A variable that says nothing this time leaves no hole in the letter.
MANY_BLANK_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True)
class Letter:
    """A subject (one line) and a plain-text body, ready to send."""

    subject: str
    body: str


def letter(code: str, values: dict[str, str]) -> Letter:
    """Fill the text of this code. A missing MessageText never stops a file: the start text is used.

    Raises KeyError for a variable without value, which the check on saving makes impossible.
    """
    subject, body = (fill(part, values) for part in _text(code))
    return tidied(subject, body)


def tidied(subject: str, body: str) -> Letter:
    """Make a letter of a filled text: the subject on one line, no hole in the body."""
    return Letter(subject=" ".join(subject.split()), body=MANY_BLANK_LINES.sub("\n\n", body))


def uses(code: str, variable: str) -> bool:
    """Say whether the text of this code has a place for this variable."""
    return any(f"{{{variable}}}" in part for part in _text(code))


def _text(code: str) -> tuple[str, str]:
    return MessageText.objects.filter(code=code).values_list("subject", "body").first() or start_texts()[code]
