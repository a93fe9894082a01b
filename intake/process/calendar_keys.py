"""The private address of someone's calendar: made, renewed, revoked, recognized."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db import transaction

from intake.models import CalendarKey
from snippets import secret_keys

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

# A calendar program asks a few times a day.
CALLS_A_MINUTE = 20
ENTERS = "wagtailadmin.access_admin"


def key_of(user: "AbstractBaseUser") -> CalendarKey | None:
    """The address in use of an account, if any."""
    return CalendarKey.objects.in_use().filter(user_id=user.pk).first()


@transaction.atomic
def renew_key(*, user: "AbstractBaseUser", now: datetime) -> str:
    """Give an account a new address and close the one before; the secret is said this once."""
    # Two clicks at once wait for each other: an account has one address.
    get_user_model().objects.select_for_update().get(pk=user.pk)
    revoke_key(user=user, now=now)
    secret = secret_keys.draw()
    CalendarKey.objects.create(user_id=user.pk, secret_hash=secret_keys.print_of(secret), created_at=now)
    return secret


def revoke_key(*, user: "AbstractBaseUser", now: datetime) -> bool:
    """Close the address of an account; False when it had none."""
    return secret_keys.revoke(CalendarKey.objects.filter(user_id=user.pk), now=now)


def recognize(secret: str, *, now: datetime) -> "AbstractBaseUser":
    """Return whose address it is and count the call. Raises secret_keys.UnknownKey or TooManyCalls.

    An account that no longer enters the admin has no address any more.
    """
    user = secret_keys.count_call(CalendarKey, secret, now=now, most=CALLS_A_MINUTE).user
    if not (user.is_active and user.has_perm(ENTERS)):
        raise secret_keys.UnknownKey
    return user
