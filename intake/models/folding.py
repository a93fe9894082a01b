"""Text without capitals nor accents: a stored column beside what people wrote, so that « helene » finds « Hélène ».

Neither SQLite's LIKE nor its LOWER knows letters beyond A to Z; a column makes both databases answer alike.
"""

import unicodedata
from typing import Any

from django.db import models

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "oe", "Æ": "ae", "’": "'", "\u00a0": " ", "\u202f": " "})


def fold(text: str) -> str:
    """Return the text in small letters, without accents nor typographic apostrophes and spaces."""
    plain = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    return "".join(character for character in plain if not unicodedata.combining(character)).casefold()


class FoldedTextField(models.TextField):
    """The folded copy of other fields of the row, made whenever the row is saved or added in bulk."""

    def __init__(self, *args: Any, of: tuple[str, ...] = (), **kwargs: Any) -> None:
        self.of = tuple(of)
        super().__init__(*args, **{**kwargs, "editable": False, "blank": True, "default": ""})

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Say of which fields, for the migrations."""
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("editable", "blank", "default"):
            kwargs.pop(fixed, None)
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: FBT001 - Django's own signature
        """Fold what the other fields hold now."""
        text = fold(" ".join(filter(None, (getattr(model_instance, name) for name in self.of))))
        setattr(model_instance, self.attname, text)
        return text
