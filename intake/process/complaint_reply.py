"""T10 and T11: letters that the citizen reads with his tracking code; the mail only says that one waits (art. 4.5)."""

from intake.mail.announce import by_post, to_citizen
from intake.mail.texts import letter
from intake.mail.values import citizen_values
from intake.models import CaseEvent
from snippets.models import TownSettings


def reply(event: CaseEvent, code: str, **words: str) -> None:
    """Write the letter into the complaint, sealed, and tell the citizen that it waits; the event is already recorded."""
    file = event.case.complaint
    text = letter(code, citizen_values(event.case, TownSettings.load()) | words)
    file.letter_subject, file.letter, file.letter_at = text.subject, _tidy(text.body), event.at
    file.save(update_fields=["letter_subject", "letter", "letter_at"])
    requester = getattr(event.case, "requester", None)
    if requester is not None and not requester.email and requester.address:
        # The paper is the letter itself: nobody is sent by post to read it elsewhere.
        by_post(code, event, **words)
    else:
        to_citizen("T10A", event)


def _tidy(body: str) -> str:
    """An empty variable leaves no hole between two paragraphs."""
    paragraphs = (paragraph.strip() for paragraph in body.split("\n\n"))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
