"""What leaves on paper whatever the citizen's e-mail: decisions and notices of the law (art. 4.6: « par courrier »)."""

from intake.mail.announce import by_post, to_citizen
from intake.models import CaseEvent


def tell_on_paper_too(code: str, event: CaseEvent, **more: str) -> None:
    """Write a letter to post, and the same words by e-mail to whoever has one (art. 4.6: « par courrier »)."""
    requester = getattr(event.case, "requester", None)
    if requester is None:
        return
    by_post(code, event, **more)
    if requester.email:
        to_citizen(code, event, **more)
