"""The keys of telephone systems: make one, revoke one, count the calls of one."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from snippets import secret_keys
from snippets.models import TelephoneKey

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

PREFIX, SHOWN = "tel_", 8
CALLS_A_MINUTE = 120


@transaction.atomic
def make_key(*, label: str, by: "AbstractBaseUser", now: datetime) -> tuple[TelephoneKey, str]:
    """Return a new key and its secret, which is said this once."""
    secret = secret_keys.draw(PREFIX)
    key = TelephoneKey(
        label=label,
        secret_hash=secret_keys.print_of(secret),
        hint=secret[:SHOWN],
        created_at=now,
        created_by=by,
    )
    key.full_clean()
    key.save()
    return key, secret


def revoke_key(*, pk: int, now: datetime) -> bool:
    """Close a key for ever; False when there is none in use with this number."""
    return secret_keys.revoke(TelephoneKey.objects.filter(pk=pk), now=now)


def count_call(secret: str, *, now: datetime) -> TelephoneKey:
    """Recognize a key and count one call; raises UnknownKey or TooManyCalls."""
    return secret_keys.count_call(TelephoneKey, secret, now=now, most=CALLS_A_MINUTE)
