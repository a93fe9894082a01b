"""Who sends, as a hash of the address kept a day, so that guessing and flooding are slow and nobody is followed."""

import hmac
import ipaddress
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest

from intake.models import FailedLookup, too_many
from intake.policy.clocks import local_day


def address_of(request: HttpRequest) -> str:
    """Return the sender's address; X-Forwarded-For is believed only as far as TRUSTED_PROXIES says.

    A citizen can write anything in that header: each trusted proxy adds one entry at its end, the rest is hearsay.
    """
    proxies = settings.TRUSTED_PROXIES
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if proxies and len(forwarded) >= proxies:
        return forwarded[-proxies]
    return request.META.get("REMOTE_ADDR", "")


def _network(address: str) -> str:
    """One household has a whole /64 of IPv6: count it as one sender."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 6:  # noqa: PLR2004 - the version's own number
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


def sender_of(request: HttpRequest, now: datetime) -> str:
    """Return the sender as 64 hexadecimal signs that change each day and can't be traced back without the secret key."""
    words = f"{local_day(now)}:{_network(address_of(request))}"
    return hmac.new(settings.SECRET_KEY.encode(), words.encode(), "sha256").hexdigest()


class Door:
    """A door that a sender may push so many times within a window."""

    def __init__(self, name: str, *, limit: int, window: timedelta) -> None:
        self.name, self.limit, self.window = name, limit, window

    def is_shut(self, request: HttpRequest, now: datetime) -> bool:
        """Say whether this sender must wait."""
        return too_many(door=self.name, sender=sender_of(request, now), now=now, limit=self.limit, window=self.window)

    def count(self, request: HttpRequest, now: datetime) -> None:
        """Count one more try."""
        FailedLookup.objects.create(door=self.name, sender=sender_of(request, now), at=now)


# Art. 2.3: the door stays open to all; these only slow down who guesses or floods. A library is one sender: be generous.
LOOKUPS = Door("tracking", limit=10, window=timedelta(minutes=15))
FILINGS = Door("filing", limit=30, window=timedelta(hours=1))
SUPPLIES = Door("supply", limit=20, window=timedelta(hours=1))
# Each code is a mail: ten an hour from one connection, beside the limit of each address (intake/process/signing.py).
CODES = Door("code", limit=10, window=timedelta(hours=1))
DRAFTS = Door("draft", limit=90, window=timedelta(hours=1))
