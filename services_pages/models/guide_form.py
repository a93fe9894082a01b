"""What a guide must say before citizens read it, beyond what a required field can check."""

from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

# Art. 2.3: « information générale et particulière ».
ESSENTIALS = ("for_whom", "when", "documents", "cost", "delay")


class GuideForm(WagtailAdminPageForm):
    """Publishing asks for words in each essential answer and for a « comment faire »; a draft may wait (art. 2.3)."""

    def clean(self) -> dict[str, Any]:
        """Refuse to publish a guide that leaves a question open, naming the field."""
        cleaned = super().clean()
        if not self.is_deferred_validation:
            for name in ESSENTIALS:
                # The editor sends an empty paragraph for a text that was erased: not empty for a required field.
                if name in cleaned and not strip_tags(cleaned[name]).strip():
                    self.add_error(name, _("Répondez à cette question avant de publier."))
            if "body" in cleaned and not cleaned["body"] and not self._has_parts():
                self.add_error("body", _("Expliquez comment faire, ici ou dans une partie du guide, avant de publier."))
        return cleaned

    def _has_parts(self) -> bool:
        return bool(self.instance.pk) and self.instance.get_children().exists()
