"""What every secret that opens a door without a login has in common: its print, its life, and a count of its calls."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SecretKeyQuerySet(models.QuerySet):
    """Questions about keys."""

    def in_use(self) -> "SecretKeyQuerySet":
        """Keys that still open."""
        return self.filter(revoked_at__isnull=True)


class SecretKey(models.Model):
    """One key; it is shown once, then known by `secret_hash` alone. A revoked key stays as a trace, and opens nothing."""

    secret_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("créée le"))
    revoked_at = models.DateTimeField(_("révoquée le"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("dernier appel"), null=True, blank=True)
    # Calls since the minute began, so that every process counts together.
    minute_began_at = models.DateTimeField(null=True, blank=True)
    calls_this_minute = models.PositiveIntegerField(default=0)

    wagtail_reference_index_ignore = True

    objects = SecretKeyQuerySet.as_manager()

    class Meta:
        abstract = True
