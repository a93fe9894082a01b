"""The one rule of a guide that a required field can't say."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm


class GuideForm(WagtailAdminPageForm):
    """Publishing asks for a « comment faire »: in the guide itself or in its parts (art. 2.3). A draft may wait."""

    def clean(self) -> dict[str, Any]:
        """Refuse to publish a guide that explains nothing, naming the field."""
        cleaned = super().clean()
        if not self.is_deferred_validation and "body" in cleaned and not cleaned["body"] and not self._has_parts():
            self.add_error("body", _("Expliquez comment faire, ici ou dans une partie du guide, avant de publier."))
        return cleaned

    def _has_parts(self) -> bool:
        return bool(self.instance.pk) and self.instance.get_children().exists()
