"""Where a message's words come from: the staff's text, or the start text when the staff have not written one yet."""

from dataclasses import dataclass

from snippets.models import MessageText, fill
from snippets.start_content import start_texts


@dataclass(frozen=True)
class Letter:
    """A subject (one line) and a plain-text body, ready to send."""

    subject: str
    body: str


def letter(code: str, values: dict[str, str]) -> Letter:
    """Fill the text of this code. A missing MessageText never stops a file: the start text is used.

    Raises KeyError for a variable without value, which the check on saving makes impossible.
    """
    text = MessageText.objects.filter(code=code).values_list("subject", "body").first() or start_texts()[code]
    subject, body = (fill(part, values) for part in text)
    return Letter(subject=" ".join(subject.split()), body=body)
