"""Older versions of a row that can always be read again (« history and a way back »)."""

from typing import Any

from django.db import models
from wagtail.models import RevisionMixin


class WayBackMixin(RevisionMixin):
    """Wagtail's versions, for rows whose protected references may be gone since.

    Wagtail can't read a version that names a service or an employee deleted later (it raises). Here the row of today
    lends its own reference, and the form shows it before anything is saved.
    """

    class Meta:
        abstract = True

    def with_content_json(self, content: dict[str, Any]) -> models.Model:
        """Return the row as it was in `content`."""
        return super().with_content_json({**content, **self._references_of_today(content)})

    def _references_of_today(self, content: dict[str, Any]) -> dict[str, Any]:
        return {
            field.name: getattr(self, field.attname)
            for field in self._meta.concrete_fields
            if isinstance(field, models.ForeignKey)
            and field.remote_field.on_delete is models.PROTECT
            and content.get(field.name) is not None
            and not field.related_model._base_manager.filter(pk=content[field.name]).exists()
        }
