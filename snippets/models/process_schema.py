"""How each service handles a request (art. 4.2): three processes to start from, which a town may correct or add to."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from .revisions import WayBackMixin

letter_validator = RegexValidator(r"^[a-z]$", _("Écrivez une seule lettre minuscule, par exemple d."))


class Execution(models.TextChoices):
    """Whether someone beside the Responsable does the work."""

    NONE = "none", _("Le Responsable agit lui-même; personne d'autre n'est nommé")
    EXPECTED = "expected", _("Le Responsable reçoit et nomme la personne qui exécute")
    OPTIONAL = "optional", _("Le Responsable agit, ou nomme un intervenant de son service")


class ProcessSchema(WayBackMixin, models.Model):
    """One of the processes of art. 4.2. Our reading of the lost drawings is in docs/policy-readings.md.

    That the designated Responsable receives and that the technician closes is the text itself (art. 4.1), not a drawing:
    it is the same for all.
    """

    code = models.CharField(
        _("lettre"), max_length=1, unique=True, validators=[letter_validator], help_text=_("Stable : a, b, c…")
    )
    name = models.CharField(_("nom"), max_length=80, unique=True)
    explanation = models.TextField(
        _("déroulement"),
        max_length=1500,
        help_text=_("Qui reçoit, qui exécute, qui complète, qui ferme. Le personnel lit ce texte sur chaque requête."),
    )
    execution = models.CharField(_("exécution"), max_length=8, choices=Execution.choices, default=Execution.OPTIONAL)
    recipient_completes = models.BooleanField(_("le Responsable peut compléter"), default=True)
    executor_completes = models.BooleanField(_("la personne qui exécute peut compléter"), default=True)

    panels = [
        FieldRowPanel([FieldPanel("code"), FieldPanel("name")]),
        FieldPanel("explanation"),
        FieldPanel("execution"),
        MultiFieldPanel(
            [FieldPanel("recipient_completes"), FieldPanel("executor_completes")],
            heading=_("Qui complète (Annexe A); le Technicien le peut toujours, et lui seul ferme (art. 4.1)"),
        ),
    ]

    class Meta:
        verbose_name = _("processus")
        verbose_name_plural = _("processus")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(recipient_completes=True) | (Q(executor_completes=True) & ~Q(execution="none")),
                name="process_schema_lets_someone_complete",
                violation_error_message=_("Quelqu'un du service doit pouvoir compléter les requêtes."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code.upper()} – {self.name}"
