"""The keys of telephone systems: make one, revoke one, count the calls of one."""

import hashlib
import math
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from snippets.models import TelephoneKey

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

PREFIX, SHOWN = "tel_", 8
CALLS_A_MINUTE, MINUTE = 120, timedelta(minutes=1)


class UnknownKey(Exception):
    """No key in use is this one."""


class TooManyCalls(Exception):
    """The key has made all its calls of this minute; `seconds` says how long to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def print_of(secret: str) -> str:
    """The print of a secret. It is long and drawn by chance: nothing can be guessed, so one pass is enough."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


@transaction.atomic
def make_key(*, label: str, by: "AbstractBaseUser", now: datetime) -> tuple[TelephoneKey, str]:
    """Return a new key and its secret, which is said this once."""
    secret = PREFIX + secrets.token_urlsafe(32)
    key = TelephoneKey(label=label, secret_hash=print_of(secret), hint=secret[:SHOWN], created_at=now, created_by=by)
    key.full_clean()
    key.save()
    return key, secret


def revoke_key(*, pk: int, now: datetime) -> bool:
    """Close a key for ever; False when there is none in use with this number."""
    return bool(TelephoneKey.objects.in_use().filter(pk=pk).update(revoked_at=now))


def count_call(secret: str, *, now: datetime) -> TelephoneKey:
    """Recognize a key and count one call; raises UnknownKey or TooManyCalls."""
    known = TelephoneKey.objects.in_use().filter(secret_hash=print_of(secret)).values_list("pk", flat=True).first()
    # Asked before the transaction: who has no key can't make others wait for the database.
    if known is None:
        raise UnknownKey
    with transaction.atomic():
        key = TelephoneKey.objects.select_for_update().get(pk=known)
        if key.minute_began_at is None or now - key.minute_began_at >= MINUTE:
            key.minute_began_at, key.calls_this_minute = now, 0
        if key.calls_this_minute >= CALLS_A_MINUTE:
            raise TooManyCalls(max(1, math.ceil((key.minute_began_at + MINUTE - now).total_seconds())))
        key.calls_this_minute += 1
        key.last_used_at = now
        key.save(update_fields=["minute_began_at", "calls_this_minute", "last_used_at"])
    return key
