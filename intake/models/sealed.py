"""Text that only the program opens: enciphered in the table, so that no search, list, index or dump reads it (art. 4.5)."""

import base64
import hashlib
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models


class SealBroken(Exception):
    """The key that sealed this text is not among SEALING_KEYS; nothing is shown rather than something wrong."""


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest())) for key in keys])


def _current_box() -> MultiFernet:
    """The first key seals, all of them open: a key is changed by putting the new one first."""
    return _box(tuple(settings.SEALING_KEYS) or (settings.SECRET_KEY,))


def seal(text: str) -> str:
    """Return the text enciphered; nothing stays nothing."""
    return _current_box().encrypt(text.encode()).decode() if text else ""


def unseal(token: str) -> str:
    """Return the text that was sealed. Raises SealBroken."""
    if not token:
        return ""
    try:
        return _current_box().decrypt(token.encode()).decode()
    except InvalidToken as error:
        raise SealBroken from error


class SealedTextField(models.TextField):
    """A text sealed in the database and plain in Python. It can be asked for when empty or not, nothing else."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"blank": True, "default": "", **kwargs})

    def get_prep_value(self, value: Any) -> str:
        """Seal what is written."""
        return seal(super().get_prep_value(value) or "")

    def from_db_value(self, value: str | None, _expression: Any, _connection: Any) -> str:
        """Open what is read."""
        return unseal(value or "")

    def get_lookup(self, lookup_name: str) -> Any:
        """Refuse every search but equality, which only finds an empty text: two sealings of one text differ."""
        return super().get_lookup(lookup_name) if lookup_name in ("exact", "isnull") else None

    def get_transform(self, lookup_name: str) -> None:
        """Nothing is made of a sealed text by the database."""
