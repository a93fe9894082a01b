"""The search box: a number, here or in the system that was left, a telephone in any form, or parts of words.

Accents and capitals are forgiven.
"""

import re
from typing import TYPE_CHECKING

from django.db.models import Q

from intake.models import NOTHING, Case, OldReference, Requester, fold
from intake.policy.cleaning import PHONE_IN_TEXT
from intake.policy.references import parse_reference

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

LONGEST_SEARCH, MOST_WORDS = 200, 8
LONGEST_NUMBER = 7
# PostgreSQL can't look for a NUL; no one types the others.
CONTROL_CHARACTERS = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
EXTENSION = re.compile(r",?\s*\bposte\s*\d+", re.IGNORECASE)


def reference_in(text: str) -> str | None:
    """Return the one form of a reference when the text is nothing else (`2026-42` is `2026-0042`)."""
    return parse_reference(text)


def search_q(text: str, *, identity: Q = NOTHING) -> Q:
    """Build the filter of a search; names, addresses and telephones are looked at in the files of `identity` only (4.5).

    Every word must be found somewhere in the file; an empty text finds everything.
    """
    text = CONTROL_CHARACTERS.sub(" ", text[:LONGEST_SEARCH])
    old = _old_number_q(folded=fold(" ".join(text.split())))
    reference = reference_in(text)
    if reference is not None:
        # Another system may have written its numbers as we do.
        return Q(reference=reference) | old
    if not text.strip():
        return Q()
    phones, words = phones_and_words(text)
    found = Q()
    for digits in phones:
        found &= _requester_q(phone_digits__contains=digits) & identity
    for word in words[:MOST_WORDS]:
        found &= _word_q(word, identity=identity)
    # A number of seven digits looks like a telephone: the whole text may be an old number.
    return found | old


def only_case_named(user: "AbstractBaseUser", text: str) -> str:
    """Return the reference of the one visible file that bears this number, empty when there is none or several."""
    if reference_in(text) is None:
        return ""
    named = Case.objects.visible_to(user).filter(search_q(text)).order_by("pk")
    found = list(named.values_list("reference", flat=True)[:2])
    return found[0] if len(found) == 1 else ""


def phones_and_words(text: str) -> tuple[list[str], list[str]]:
    """Take the telephones out of what was typed, as digits, then the words, folded."""
    text = EXTENSION.sub("", CONTROL_CHARACTERS.sub(" ", text))
    phones = ["".join(part or "" for part in match.groups()) for match in PHONE_IN_TEXT.finditer(text)]
    return phones, fold(PHONE_IN_TEXT.sub(" ", text)).split()


def _word_q(word: str, *, identity: Q) -> Q:
    found = Q(search_text__contains=word) | _old_number_q(folded__contains=word)
    if identity != NOTHING:
        found |= _requester_q(search_text__contains=word) & identity
    if word.isdecimal() and len(word) <= LONGEST_NUMBER:
        found |= Q(number=int(word))
    return found


def _old_number_q(**match: str) -> Q:
    return Q(pk__in=OldReference.objects.filter(**match).values("case_id"))


def _requester_q(**match: str) -> Q:
    """Look in the table of identities on its own: read once from end to end, it is not joined row by row."""
    return Q(pk__in=Requester.objects.filter(**match).values("case_id"))
