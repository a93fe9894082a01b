"""The days on which the town's offices are closed beside the statutory holidays (art. 4.1: « jour ouvré »)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from .revisions import WayBackMixin


class ClosureQuerySet(models.QuerySet):
    """Questions about closures."""

    def whole_days(self) -> "ClosureQuerySet":
        """Closures that make a day off; a half-day stays a working day."""
        return self.filter(closes_at__isnull=True)

    def half_days(self) -> "ClosureQuerySet":
        """Days on which the offices close early."""
        return self.filter(closes_at__isnull=False)


class Closure(WayBackMixin, models.Model):
    """A closing of the offices, from one day to another, both included."""

    label = models.CharField(_("nom"), max_length=120, help_text=_("Par exemple : Congé des Fêtes."))
    first_on = models.DateField(_("premier jour"))
    last_on = models.DateField(_("dernier jour"))
    closes_at = models.TimeField(
        _("ferme à"),
        null=True,
        blank=True,
        help_text=_(
            "Pour une demi-journée : l'heure à laquelle les bureaux ferment. La journée reste un jour ouvré, et ce qui "
            "arrive plus tard compte à partir du jour ouvré suivant. Laissez vide quand les bureaux ferment toute la journée."
        ),
    )

    objects = ClosureQuerySet.as_manager()

    panels = [
        FieldPanel("label"),
        FieldRowPanel([FieldPanel("first_on"), FieldPanel("last_on")]),
        FieldPanel("closes_at"),
    ]

    class Meta:
        verbose_name = _("fermeture des bureaux")
        verbose_name_plural = _("fermetures des bureaux")
        ordering = ["first_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")),
                name="closure_ends_after_it_begins",
                violation_error_message=_("Le dernier jour ne peut pas précéder le premier."),
            ),
            models.UniqueConstraint(
                fields=["first_on", "last_on"],
                name="closure_is_said_once",
                violation_error_message=_("Cette fermeture est déjà inscrite."),
            ),
        ]

    def __str__(self) -> str:
        return self.label
