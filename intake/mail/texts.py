"""Where a message's words come from: the staff's text, or the start text when the staff have not written one yet."""

import re
from dataclasses import dataclass

from snippets.models import MessageText, fill
from snippets.start_content import start_texts

# A variable that stands alone on its line and holds nothing leaves a hole.
_HOLE = re.compile(r"\n(?:[ \t]*\n){2,}")


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
    return Letter(subject=" ".join(subject.split()), body=_HOLE.sub("\n\n", body))
