"""Traces that art. 4.5 asks for: who opened a confidential file, who changed rights; and the limits on guessing."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .append_only import AppendOnly, AppendOnlyQuerySet
from .case import Case
from .choices import RIGHTS_LABELS, ROLE_LABELS, choices


class AccessRecord(models.Model):
    """A confidential file was opened, or someone tried to."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="accesses")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    what = models.CharField(max_length=20)  # intake/process/access.py
    allowed = models.BooleanField()

    objects = AppendOnlyQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("consultation d'un dossier confidentiel")
        ordering = ["at", "pk"]
        constraints = [AppendOnly(name="access_is_never_edited")]

    def __str__(self) -> str:
        return f"{self.user} → {self.case}"


class RightsRecord(models.Model):
    """Someone changed, or tried to change, who may enter and do what (art. 4.1: the management of rights)."""

    at = models.DateTimeField(_("le"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(_("par"), max_length=170)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("compte"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    whom = models.CharField(_("personne"), max_length=200)
    what = models.CharField(_("geste"), max_length=12, choices=choices(RIGHTS_LABELS))
    role = models.CharField(_("rôle"), max_length=24, blank=True, choices=choices(ROLE_LABELS))
    allowed = models.BooleanField(_("permis"))
    reason = models.CharField(_("raison du refus"), max_length=300, blank=True)

    objects = AppendOnlyQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("changement de droits")
        verbose_name_plural = _("journal des droits")
        ordering = ["-at", "-pk"]
        constraints = [AppendOnly(name="rights_record_is_never_edited")]
        indexes = [models.Index(fields=["-at", "-id"], name="rights_newest")]

    def __str__(self) -> str:
        return f"{self.by_label} → {self.whom} : {self.what} {self.role}".strip()


class FailedLookup(models.Model):
    """A wrong pair of reference and tracking code, or a filing, counted by sender so that guessing is slow.

    `sender` is a hash of the address, kept a day; the table is shared by all processes, unlike a local cache.
    """

    door = models.CharField(max_length=20)
    sender = models.CharField(max_length=64)
    at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("essai compté")
        indexes = [models.Index(fields=["door", "sender", "at"], name="lookup_by_sender")]

    def __str__(self) -> str:
        return f"{self.door} {self.at:%Y-%m-%d %H:%M}"


def too_many(*, door: str, sender: str, now: datetime, limit: int, window: timedelta) -> bool:
    """Say whether this sender has used up `limit` tries at a door within the last `window`."""
    recent = FailedLookup.objects.filter(door=door, sender=sender, at__gt=now - window)
    return recent.count() >= limit
