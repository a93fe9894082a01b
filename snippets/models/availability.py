"""Who can be reached at this moment (art. 3, Annexe B): the last word of each employee, without any history."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class AvailabilityStatus(models.TextChoices):
    """Art. 3: « disponible / en réunion / absent du bureau »."""

    AVAILABLE = "available", _("Disponible")
    IN_MEETING = "in_meeting", _("En réunion")
    AWAY = "away", _("Absent du bureau")


class StatusSource(models.TextChoices):
    """Where a status was said; each person says his own, or his telephone says it for him."""

    ADMIN = "admin", _("l'administration de Guichet")
    PHONE_PAGE = "phone_page", _("la page « Mon statut »")
    TELEPHONE_SYSTEM = "telephone_system", _("le système téléphonique")


class Availability(models.Model):
    """The present status of one employee; written by `set_availability` alone.

    Nothing is kept of the statuses before: Annexe B helps to transfer a call, it does not watch people.
    """

    employee = models.OneToOneField(
        "snippets.Employee", verbose_name=_("employé"), on_delete=models.CASCADE, related_name="availability"
    )
    status = models.CharField(_("statut"), max_length=12, choices=AvailabilityStatus.choices)
    until = models.DateTimeField(_("jusqu'à"), null=True, blank=True)
    set_at = models.DateTimeField(_("indiqué le"))
    source = models.CharField(_("indiqué par"), max_length=16, choices=StatusSource.choices)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("disponibilité")
        verbose_name_plural = _("disponibilités")
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("set_at")),
                name="availability_ends_after_it_is_said",
                violation_error_message=_("La fin doit suivre le moment où le statut est indiqué."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["available", "in_meeting", "away"]), name="availability_is_one_of_annex_b"
            ),
            models.CheckConstraint(
                condition=Q(source__in=["admin", "phone_page", "telephone_system"]),
                name="availability_says_where_it_comes_from",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee} : {self.get_status_display()}"
