"""A code sent by e-mail proves that the signer holds the address (art. 4.1, 4.4; docs/decisions/0011)."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from intake.mail.outbox import new_mail
from intake.mail.texts import letter
from intake.models import FailedLookup, SignatureCode, too_many
from intake.policy.refusal import Refusal
from intake.policy.signature import CODE_LIFETIME, CODE_TRIES, bare_code, code_hash, new_code
from snippets.models import TownSettings

from .steps import Refused

# One address is not flooded with codes, whoever asks for them.
DOOR, CODES_AN_HOUR = "signature_code", 6
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Proof:
    """An address, proved at a moment."""

    email: str
    at: datetime


@transaction.atomic
def send_code(*, subject: str, email: str, name: str, now: datetime) -> None:
    """Send a new code to an address, through the outbox; the codes sent before for the same thing no longer work.

    Raises Refused when the address has had too many.
    """
    whose = _address_hash(email)
    if too_many(door=DOOR, sender=whose, now=now, limit=CODES_AN_HOUR, window=HOUR):
        raise Refused(
            Refusal(
                "4.4", _("Plusieurs codes viennent d'être envoyés à cette adresse. Réessayez dans une heure."), "code"
            )
        )
    FailedLookup.objects.create(door=DOOR, sender=whose, at=now)
    SignatureCode.objects.filter(subject=subject).delete()
    code, town = new_code(), TownSettings.load()
    SignatureCode.objects.create(
        subject=subject,
        email_hash=whose,
        code_hash=code_hash(key=settings.SECRET_KEY, subject=subject, email=email, code=code),
        sent_at=now,
        expires_at=now + CODE_LIFETIME,
        tries_left=CODE_TRIES,
    )
    words = {
        "salutation": name.strip() or _("Madame, Monsieur"),
        "code_signature": f"{code[:3]} {code[3:]}",
        "minutes": str(CODE_LIFETIME // timedelta(minutes=1)),
        "telephone_service": town.phone or _("numéro de l'hôtel de ville"),
        "signature_service": town.signature,
        "ville": town.name,
    }
    new_mail(recipient=email, letter=letter("T9C", words), town=town)


def code_is_awaited(*, subject: str, email: str, now: datetime) -> bool:
    """Say whether a code that still works was sent to this address for this."""
    return _living(subject, now).filter(email_hash=_address_hash(email)).exists()


class NotProved(Exception):
    """The code is wrong or too old; the message says so in French."""


def prove(*, subject: str, email: str, code: str, now: datetime) -> Proof:
    """Return the proof that the right code was typed; a double click proves twice. Call it outside a transaction.

    A wrong code costs a try, which no rollback gives back. Raises NotProved.
    """
    living = _living(subject, now).filter(email_hash=_address_hash(email))
    given = code_hash(key=settings.SECRET_KEY, subject=subject, email=email, code=code)
    sent = living.first()
    if sent is not None and bare_code(code) and hmac.compare_digest(sent.code_hash, given):
        return Proof(email=email, at=now)
    # One conditional UPDATE: of many guesses at once, no more than the tries left are counted or answered.
    if sent is None or not living.filter(pk=sent.pk).update(tries_left=F("tries_left") - 1):
        raise NotProved(_("Ce code n'est plus bon. Demandez-en un autre."))
    raise NotProved(_("Ce n'est pas le bon code. Vérifiez les six chiffres du courriel."))


def forget_codes(*, now: datetime) -> None:
    """Erase the codes whose time is over."""
    SignatureCode.objects.filter(expires_at__lte=now).delete()


def forget_subject(subject: str) -> None:
    """Erase the codes of something that is signed: each serves once."""
    SignatureCode.objects.filter(subject=subject).delete()


def _living(subject: str, now: datetime):  # noqa: ANN202 - a queryset
    return SignatureCode.objects.filter(subject=subject, expires_at__gt=now, tries_left__gt=0)


def _address_hash(email: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), email.strip().casefold().encode(), sha256).hexdigest()
