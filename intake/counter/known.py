"""A known requester, found by name, telephone or address, among the requests and questions that the technician sees (art. 4.5)."""

from dataclasses import dataclass

from intake.models import Case, Requester, fold
from intake.policy.roles import Actor
from intake.policy.vocabulary import Kind
from intake.queue.searching import MOST_WORDS, phones_and_words

# Who complained, claimed or asked for documents is not found here, even while the technician may read the file.
SEARCHED_KINDS = (Kind.REQUEST.value, Kind.INQUIRY.value)
READ_AT_MOST, SHOWN_AT_MOST, LONGEST = 60, 8, 100


@dataclass
class Known:
    """One person, as in the latest demand, and how many demands were found."""

    requester: Requester
    case: Case
    count: int = 1


def search(text: str, *, actor: Actor) -> list[Known]:
    """Find people, the latest first; two demands of the same person are one line."""
    phones, words = phones_and_words(text[:LONGEST])
    if not phones and not words:
        return []
    rows = _seen_by(actor)
    for digits in phones:
        rows = rows.filter(phone_digits__contains=digits)
    for word in words[:MOST_WORDS]:
        rows = rows.filter(search_text__contains=word)
    people: dict[tuple[str, ...], Known] = {}
    for row in rows.order_by("-pk")[:READ_AT_MOST]:
        key = (fold(row.full_name), row.phone_digits, fold(row.address))
        if key in people:
            people[key].count += 1
        else:
            people[key] = Known(row, row.case)
    return list(people.values())[:SHOWN_AT_MOST]


def chosen(pk: str, *, actor: Actor) -> Requester | None:
    """Return the requester that an address names, if he is among those one may find."""
    if not pk.isdecimal() or len(pk) > 18:  # noqa: PLR2004 - what a database key can be
        return None
    return _seen_by(actor).filter(pk=int(pk)).first()


def _seen_by(actor: Actor):  # noqa: ANN202 - a queryset of requesters
    cases = Case.objects.visible_to_actor(actor).filter(kind__in=SEARCHED_KINDS)
    return Requester.objects.filter(case__in=cases).select_related("case")


def name_or_phone(text: str) -> dict[str, str]:
    """What was looked for, as the first values of the form: a telephone, or a first name and a name."""
    phones, _ = phones_and_words(text[:LONGEST])
    if phones:
        return {"phone": text[:LONGEST].strip()}
    words = text[:LONGEST].split()
    return {"first_name": " ".join(words[:-1]), "last_name": words[-1]} if words else {}
