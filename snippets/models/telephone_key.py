"""The keys with which a telephone system says who is available (Annexe B); only their print is kept."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .secret_key import SecretKey


class TelephoneKey(SecretKey):
    """The key of one telephone system."""

    label = models.CharField(_("nom"), max_length=80, help_text=_("Le système qui s'en sert, par exemple : Mitel."))
    hint = models.CharField(_("commence par"), max_length=12)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

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
