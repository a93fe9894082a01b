"""Who stands behind a file: whoever filed it, whoever was named to investigate it, and the pauses spent waiting for the citizen."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .folding import FoldedTextField


class Investigator(models.Model):
    """A person named to the investigation of one complaint (art. 4.5: « dans la mesure où cela s'avère nécessaire »).

    He reads nothing before he has accepted to keep it confidential (`accepted_at`).
    """

    case = models.ForeignKey("intake.Case", on_delete=models.PROTECT, related_name="investigators")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField(_("nommée le"))
    named_by_label = models.CharField(_("par"), max_length=170)
    accepted_at = models.DateTimeField(_("engagement de confidentialité accepté le"), null=True, blank=True)
    ended_at = models.DateTimeField(_("fin"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("personne chargée de l'enquête")
        ordering = ["named_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "user"], condition=Q(ended_at__isnull=True), name="investigator_is_named_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} → {self.case}"


class Requester(models.Model):
    """Identity and contact of whoever filed, in a table of its own: it may be masked or destroyed apart (art. 4.5)."""

    case = models.OneToOneField("intake.Case", on_delete=models.CASCADE, related_name="requester")
    first_name = models.CharField(_("prénom"), max_length=80, blank=True)
    last_name = models.CharField(_("nom"), max_length=80)
    email = models.EmailField(_("courriel"), blank=True)
    phone = models.CharField(_("téléphone"), max_length=40, blank=True)
    phone_digits = models.CharField(max_length=20, blank=True, editable=False)
    address = models.CharField(_("adresse"), max_length=200, blank=True)
    city = models.CharField(_("municipalité"), max_length=100, blank=True)
    postal_code = models.CharField(_("code postal"), max_length=7, blank=True)
    search_text = FoldedTextField(of=("first_name", "last_name", "address", "city", "postal_code", "email"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("demandeur")
        verbose_name_plural = _("demandeurs")
        indexes = [
            models.Index(fields=["last_name", "first_name"], name="requester_by_name"),
            models.Index(fields=["phone_digits"], name="requester_by_phone"),
            models.Index(fields=["email"], name="requester_by_email"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """First and last name, as one writes them."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def full_address(self) -> str:
        """Street, town and postal code on one line."""
        return ", ".join(part for part in (self.address, self.city) if part) + (
            f"  {self.postal_code}" if self.postal_code else ""
        )


class Pause(models.Model):
    """The target stood still while the citizen was awaited (policy/clocks.py)."""

    case = models.ForeignKey("intake.Case", on_delete=models.CASCADE, related_name="pauses")
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("suspension de l'échéance")
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(ended_on__isnull=True), name="one_open_pause_a_case"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=models.F("started_on")),
                name="pause_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.started_on}–{self.ended_on or ''}"
