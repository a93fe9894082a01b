"""The letters of the post as the room shows them: how many wait, what each says, how it fared."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from intake.models import Case, CaseEvent, PostalLetter
from intake.models.postal import WAY_LABELS
from intake.policy.letters import Way, kinds_posted_by
from snippets.french_dates import date_format
from snippets.message_codes import MESSAGE_CODES

from .desk import Desk


@dataclass(frozen=True)
class ShownLetter:
    """One letter as people read it; the tracking code is never in `body`. `mine` when the actor prints and posts it."""

    letter: PostalLetter
    title: str | Promise
    state: str
    tone: str
    body: str
    mine: bool = True


def posts_letters(desk: Desk) -> bool:
    """Say whether the actor ever puts a letter in the post."""
    return bool(kinds_posted_by(desk.actor))


def count_to_post(desk: Desk) -> int:
    """How many letters wait for this desk."""
    return PostalLetter.objects.to_post().in_the_hands_of(desk.actor).count() if posts_letters(desk) else 0


def letters_tab(desk: Desk, *, current: bool = False) -> list[dict[str, Any]]:
    """The view « À poster » beside those of the list, for those who post."""
    if not posts_letters(desk):
        return []
    url, label = reverse("intake_queue:letters"), _("À poster")
    return [{"label": label, "url": url, "count": count_to_post(desk), "current": current}]


def letters_of(case: Case, desk: Desk, *, after: CaseEvent | None = None) -> list[ShownLetter]:
    """The letters of a file, newest first, for those who read who asks; `after` is a seal (seal.py)."""
    if not case.shows_identity:
        return []
    letters = case.letters.order_by("-made_at", "-pk")
    if after is not None:
        letters = letters.filter(event_id__gte=after.pk)
    mine = set(letters.in_the_hands_of(desk.actor).values_list("pk", flat=True)) if letters else set()
    return [shown(letter, mine=letter.pk in mine) for letter in letters]


def shown(letter: PostalLetter, *, mine: bool = True) -> ShownLetter:
    """Put a letter in words."""
    known = MESSAGE_CODES.get(letter.code)
    tone, state = _state(letter)
    return ShownLetter(letter, known.title if known else letter.subject, state, tone, letter.shown_body, mine)


def _state(letter: PostalLetter) -> tuple[str, str]:
    if letter.posted_on is not None:
        words = {"day": date_format(letter.posted_on, "DATE_FORMAT"), "who": letter.posted_by}
        if letter.way == Way.POST.value:
            return "sent", _("Postée le %(day)s (%(who)s)") % words
        return "sent", _("%(way)s, le %(day)s (%(who)s)") % {"way": WAY_LABELS[letter.way], **words}
    if letter.printed_at is not None:
        day = date_format(letter.printed_at, "SHORT_DATE_FORMAT")
        return "soon", _("À poster – imprimée le %(day)s (%(who)s)") % {"day": day, "who": letter.printed_by}
    return "late", _("À imprimer et à poster")
