"""The keys with which a telephone system says who is available (Annexe B); only their print is kept."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class TelephoneKeyQuerySet(models.QuerySet):
    """Questions about keys."""

    def in_use(self) -> "TelephoneKeyQuerySet":
        """Keys that still open."""
        return self.filter(revoked_at__isnull=True)


class TelephoneKey(models.Model):
    """One key; it is shown once, then known by `secret_hash` alone. A revoked key stays in the list, and opens nothing."""

    label = models.CharField(_("nom"), max_length=80, help_text=_("Le système qui s'en sert, par exemple : Mitel."))
    secret_hash = models.CharField(max_length=64, unique=True)
    hint = models.CharField(_("commence par"), max_length=12)
    created_at = models.DateTimeField(_("créée le"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    revoked_at = models.DateTimeField(_("révoquée le"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("dernier appel"), null=True, blank=True)
    # Calls since the minute began, so that every process counts together.
    minute_began_at = models.DateTimeField(null=True, blank=True)
    calls_this_minute = models.PositiveIntegerField(default=0)

    wagtail_reference_index_ignore = True

    objects = TelephoneKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("clé du système téléphonique")
        verbose_name_plural = _("clés du système téléphonique")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["label"],
                condition=Q(revoked_at__isnull=True),
                name="telephone_key_in_use_has_its_own_name",
                violation_error_message=_("Une clé en service porte déjà ce nom."),
            ),
        ]

    def __str__(self) -> str:
        return self.label
