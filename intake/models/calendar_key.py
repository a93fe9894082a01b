"""The private addresses with which calendar programs read the town's year; only their print is kept."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from snippets.models import SecretKey


class CalendarKey(SecretKey):
    """The address of one member of the staff; it opens as long as the account does."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_keys")

    class Meta:
        verbose_name = _("adresse du calendrier")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(revoked_at__isnull=True), name="calendar_key_in_use_is_one_an_account"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}"
