"""Letters on paper: printed, then gone (art. 4.6: « par courrier »; for others, whoever has no e-mail)."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from intake.letters import addressee_of
from intake.models import PostalLetter
from intake.policy.clocks import local_day
from intake.policy.letters import Way, posting_refusal
from intake.policy.roles import Actor

from .access import LETTER, record_access
from .steps import NotVisible, Refused


def letters_for(*, pks: Iterable[int], by: Actor, now: datetime) -> list[PostalLetter]:
    """Return the letters that this actor prints and posts, oldest first.

    Raises NotVisible when one of them is not his; the attempt on a confidential file is written (art. 4.5): call outside
    the verb's transaction, which would take the trace away.
    """
    asked = PostalLetter.objects.filter(pk__in=set(pks)).select_related("case__requester")
    letters = list(asked.order_by("made_at", "pk"))
    mine = set(asked.in_the_hands_of(by).values_list("pk", flat=True))
    for letter in letters:
        if letter.pk not in mine:
            record_access(case=letter.case, by=by, what=LETTER, allowed=False, now=now)
    if not letters or len(mine) < len(letters):
        raise NotVisible
    return letters


def print_letters(*, pks: Iterable[int], by: Actor, now: datetime) -> list[PostalLetter]:
    """Note that these letters are printed, by whom and when; for a confidential file it is a reading (art. 4.5).

    A letter that has left may be printed again: its first printing stays noted. Raises NotVisible.
    """
    letters = letters_for(pks=pks, by=by, now=now)
    with transaction.atomic():
        for letter in letters:
            record_access(case=letter.case, by=by, what=LETTER, allowed=True, now=now)
        still_here = PostalLetter.objects.to_post().filter(pk__in=[letter.pk for letter in letters])
        still_here.update(printed_at=now, printed_by=by.label)
    return letters


def mark_posted(
    *, pks: Iterable[int], posted_on: date | None, by: Actor, now: datetime, way: Way = Way.POST
) -> list[PostalLetter]:
    """Note that these letters left, on which day and to which address; the tracking code in them is forgotten.

    A letter that has already left stays as it was. Raises NotVisible, and Refused for a day that can't be.
    """
    letters = letters_for(pks=pks, by=by, now=now)
    waiting = [letter for letter in letters if letter.posted_on is None]
    refusals = [
        refusal
        for letter in waiting
        if (refusal := posting_refusal(posted_on=posted_on, written_on=letter.written_on, today=local_day(now)))
    ]
    if refusals:
        raise Refused(refusals[0])
    with transaction.atomic():
        for letter in waiting:
            _leave(letter, posted_on=posted_on, by=by, way=way)
    return waiting


def _leave(letter: PostalLetter, *, posted_on: date, by: Actor, way: Way) -> None:
    requester = getattr(letter.case, "requester", None)
    # One conditional UPDATE: of two persons who say it at once, the first is right.
    PostalLetter.objects.to_post().filter(pk=letter.pk).update(
        posted_on=posted_on,
        posted_by=by.label,
        way=way.value,
        addressee="\n".join(addressee_of(requester)) if requester and way is Way.POST else "",
        tracking_code="",
    )
