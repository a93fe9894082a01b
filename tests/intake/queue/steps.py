"""Files brought to a step through the verbs, and the words of a page."""

import re
from datetime import timedelta
from html import unescape

from django.utils import timezone

from intake.models import Case
from intake.process import Completion, close, complete, route, take, wait
from tests.factories import TECHNICIAN, a_case


def long_ago(days: int = 60):
    return timezone.now() - timedelta(days=days)


def received(nature=None, *, days: int = 0, **changes) -> Case:
    return a_case(nature, now=long_ago(days), **changes)


def routed(nature, *, days: int = 0, **changes) -> Case:
    return route(pk=received(nature, days=days, **changes).pk, by=TECHNICIAN, now=timezone.now())


def taken(nature, *, days: int = 0) -> Case:
    return take(pk=routed(nature, days=days).pk, by=TECHNICIAN, now=timezone.now())


def waiting(nature, *, reason: str = "citizen", days: int = 0, next_action_on=None) -> Case:
    case = taken(nature, days=days)
    return wait(
        pk=case.pk,
        reason=reason,
        note="De quelle couleur est le bac?",
        next_action_on=next_action_on,
        by=TECHNICIAN,
        now=timezone.now(),
    )


def completed(nature, *, public_message: str = "") -> Case:
    completion = Completion(
        done_on=timezone.localdate(),
        phone_extension="2201",
        internal_note="Trou bouché avec de l'asphalte froid.",
        public_message=public_message,
    )
    return complete(pk=taken(nature).pk, completion=completion, by=TECHNICIAN, now=timezone.now())


def closed(nature) -> Case:
    return close(pk=completed(nature).pk, by=TECHNICIAN, now=timezone.now())


def words(response) -> str:
    """The text of a page, without its tags, on one line."""
    text = re.sub(r"<(script|style|template)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())
