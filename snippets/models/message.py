"""The texts that Guichet sends, written by the staff (art. 3: courteous, simple, positive)."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from snippets.message_codes import MESSAGE_CODES

from .revisions import WayBackMixin

VARIABLE = re.compile(r"\{([^{}\n]*)\}")


def unknown_variables(text: str, code: str) -> list[str]:
    """Name the words in braces that a message of this code can't fill, in order of appearance."""
    allowed = MESSAGE_CODES[code].variables if code in MESSAGE_CODES else ()
    return list(dict.fromkeys(name for name in VARIABLE.findall(text) if name not in allowed))


def has_stray_brace(text: str) -> bool:
    """Say whether a brace is left open or closed alone: a variable someone mistyped."""
    return bool(re.search(r"[{}]", VARIABLE.sub("", text)))


def fill(text: str, values: dict[str, str]) -> str:
    """Put the values in place of the words in braces; what a value holds is never read as a variable.

    Raises KeyError for a variable without value.
    """
    return VARIABLE.sub(lambda match: values[match.group(1)], text)


def message_code_choices() -> list[tuple[str, object]]:
    """Every message that exists, for the admin's list."""
    return [(item.code, item.title) for item in MESSAGE_CODES.values()]


class MessageText(WayBackMixin, index.Indexed, models.Model):
    """Subject and body of one kind of message, with the variables it may use checked on saving."""

    code = models.CharField(_("message"), max_length=8, unique=True, choices=message_code_choices)
    subject = models.CharField(_("objet"), max_length=150)
    body = models.TextField(
        _("texte"), help_text=_("Les mots entre accolades, comme {numero}, sont remplis à l'envoi.")
    )

    panels = [FieldPanel("code"), FieldPanel("subject"), FieldPanel("body")]
    search_fields = [
        index.SearchField("subject"),
        index.SearchField("body"),
        index.SearchField("code"),
        index.AutocompleteField("subject"),
    ]

    class Meta:
        verbose_name = _("texte de message")
        verbose_name_plural = _("textes de messages")
        ordering = ["code"]

    def __str__(self) -> str:
        title = MESSAGE_CODES[self.code].title if self.code in MESSAGE_CODES else self.subject
        return f"{self.code} – {title}"

    def clean(self) -> None:
        """Refuse a variable that would stay empty in a citizen's mail, naming it and those that exist."""
        super().clean()
        errors = {}
        for field in ("subject", "body"):
            text = getattr(self, field)
            unknown = unknown_variables(text, self.code)
            if unknown:
                errors[field] = _("Variable inconnue : %(unknown)s. Variables possibles : %(known)s.") % {
                    "unknown": ", ".join(f"{{{name}}}" for name in unknown),
                    "known": ", ".join(f"{{{name}}}" for name in MESSAGE_CODES[self.code].variables)
                    if self.code in MESSAGE_CODES
                    else "",
                }
            elif has_stray_brace(text):
                errors[field] = _("Une accolade est seule. Écrivez la variable en entier, par exemple {numero}.")
        if errors:
            raise ValidationError(errors)
