"""The register of confidentiality incidents (A-2.1, art. 63.11); a row is completed, never deleted."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ConfidentialityIncident(models.Model):
    """One incident: what happened, to which sort of information, the risk that a person judged, who was told.

    It holds a file's number at most, never its words: who keeps the register may not read every kind of file (art. 4.5).
    """

    happened_on = models.DateField(_("jour de l'incident"))
    known_on = models.DateField(_("appris le"))
    circumstances = models.TextField(_("ce qui s'est passé"))
    information = models.TextField(_("renseignements touchés"))
    reference = models.CharField(_("numéro du dossier"), max_length=12, blank=True)
    persons = models.PositiveIntegerField(_("nombre de personnes touchées"), null=True, blank=True)
    reported_at = models.DateTimeField(_("signalé le"))
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reporter = models.CharField(_("signalé par"), max_length=200)
    is_serious = models.BooleanField(_("risque de préjudice sérieux"), null=True, blank=True)
    assessment = models.TextField(_("pourquoi"), blank=True)
    commission_told_on = models.DateField(_("Commission d'accès avisée le"), null=True, blank=True)
    persons_told_on = models.DateField(_("personnes avisées le"), null=True, blank=True)
    measures = models.TextField(_("mesures prises"), blank=True)
    completed_at = models.DateTimeField(_("complété le"), null=True, blank=True)
    completed_by = models.CharField(_("complété par"), max_length=200, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("incident de confidentialité")
        verbose_name_plural = _("incidents de confidentialité")
        ordering = ["-known_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(happened_on__lte=F("known_on")), name="incident_is_known_after_it_happened"
            ),
            models.CheckConstraint(
                condition=Q(is_serious__isnull=True) | ~Q(assessment=""),
                name="incident_risk_that_is_judged_is_explained",
            ),
        ]

    def __str__(self) -> str:
        return f"Incident {self.pk}"
