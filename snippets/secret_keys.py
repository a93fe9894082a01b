"""Keys that open a door without a login: draw one, recognize one and count its calls, close them."""

import hashlib
import math
import secrets
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import transaction

from snippets.models import SecretKey
from snippets.models.secret_key import SecretKeyQuerySet

MINUTE = timedelta(minutes=1)
Key = TypeVar("Key", bound=SecretKey)


class UnknownKey(Exception):
    """No key in use is this one."""


class TooManyCalls(Exception):
    """The key has made all its calls of this minute; `seconds` says how long to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def draw(prefix: str = "") -> str:
    """Draw a new secret: 256 bits, in letters that an address may hold."""
    return prefix + secrets.token_urlsafe(32)


def print_of(secret: str) -> str:
    """The print of a secret. It is long and drawn by chance: nothing can be guessed, so one pass is enough."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def revoke(keys: SecretKeyQuerySet, *, now: datetime) -> bool:
    """Close keys for ever; False when none of them was in use."""
    return bool(keys.in_use().update(revoked_at=now))


def count_call(model: type[Key], secret: str, *, now: datetime, most: int) -> Key:
    """Recognize a key of this sort and count one call, `most` a minute; raises UnknownKey or TooManyCalls."""
    known = model.objects.in_use().filter(secret_hash=print_of(secret)).values_list("pk", flat=True).first()
    # Asked before the transaction: who has no key can't make others wait for the database.
    if known is None:
        raise UnknownKey
    with transaction.atomic():
        key = model.objects.select_for_update().get(pk=known)
        if key.minute_began_at is None or now - key.minute_began_at >= MINUTE:
            key.minute_began_at, key.calls_this_minute = now, 0
        if key.calls_this_minute >= most:
            raise TooManyCalls(max(1, math.ceil((key.minute_began_at + MINUTE - now).total_seconds())))
        key.calls_this_minute += 1
        key.last_used_at = now
        key.save(update_fields=["minute_began_at", "calls_this_minute", "last_used_at"])
    return key
