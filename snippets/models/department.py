"""The municipal services that do the work (art. 4.1 names seven)."""

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index

from .revisions import WayBackMixin

# Art. 4.2: « autres services ».
USUAL_SCHEMA = "c"


class DepartmentQuerySet(models.QuerySet):
    """Questions about services."""

    def active(self) -> "DepartmentQuerySet":
        """Services that receive requests today."""
        return self.filter(is_active=True)

    def front_line(self) -> "Department | None":
        """The service that holds what has no other owner yet: the citizen service (art. 4.1); None before set-up."""
        return self.active().order_by("-is_front_line", "sort_order", "pk").first()


class Department(WayBackMixin, index.Indexed, models.Model):
    """A municipal service: its code, its head, its process and how citizens reach it."""

    code = models.CharField(
        _("code"),
        max_length=8,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]{2,8}$", _("Écrivez de 2 à 8 lettres majuscules, par exemple TP."))],
        help_text=_("Court et stable : il sert aux exportations. Exemple : TP."),
    )
    name = models.CharField(_("nom"), max_length=100, unique=True)
    head = models.ForeignKey(
        "snippets.Employee",
        verbose_name=_("directeur ou directrice"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="heads_of",
    )
    process_schema = models.ForeignKey(
        "snippets.ProcessSchema",
        to_field="code",
        db_column="process_schema",
        verbose_name=_("processus"),
        default=USUAL_SCHEMA,
        on_delete=models.PROTECT,
        related_name="departments",
    )
    default_executor = models.ForeignKey(
        "snippets.Employee",
        verbose_name=_("exécute d'habitude"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="executes_for",
        help_text=_(
            "Le Surintendant, l'Ingénieur en chef… : proposé quand le Responsable nomme qui exécute (art. 4.2)."
        ),
    )
    escalate_after_working_days = models.PositiveSmallIntegerField(
        _("avise la direction après, en jours ouvrés de retard"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_(
            "Une requête encore ouverte après ce retard est signalée une fois à la direction du service. "
            "Laissez vide pour ne jamais la signaler."
        ),
    )
    phone = models.CharField(_("téléphone"), max_length=40, blank=True)
    email = models.EmailField(_("courriel"), blank=True)
    address = models.CharField(_("adresse"), max_length=200, blank=True)
    opening_hours = models.CharField(_("heures d'ouverture"), max_length=200, blank=True)
    is_front_line = models.BooleanField(
        _("service de première ligne"),
        default=False,
        help_text=_("Reçoit ce qui n'a pas encore de service. Un seul service peut l'être (art. 4.1)."),
    )
    is_active = models.BooleanField(_("actif"), default=True, help_text=_("Décochez pour retirer le service."))
    sort_order = models.PositiveSmallIntegerField(_("ordre"), default=100)

    objects = DepartmentQuerySet.as_manager()

    panels = [
        MultiFieldPanel([FieldPanel("code"), FieldPanel("name"), FieldPanel("head")], heading=_("Service")),
        MultiFieldPanel(
            [FieldPanel("process_schema", widget=forms.Select), FieldPanel("default_executor")],
            heading=_("Processus (art. 4.2)"),
        ),
        MultiFieldPanel([FieldPanel("escalate_after_working_days")], heading=_("Échéances (art. 2.3)")),
        MultiFieldPanel(
            [FieldPanel("phone"), FieldPanel("email"), FieldPanel("address"), FieldPanel("opening_hours")],
            heading=_("Pour joindre le service"),
        ),
        MultiFieldPanel(
            [FieldPanel("is_front_line"), FieldPanel("is_active"), FieldPanel("sort_order")], heading=_("Réglages")
        ),
    ]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.SearchField("code"),
        index.AutocompleteField("code"),
        index.FilterField("is_active"),
        index.FilterField("process_schema_id"),
    ]

    class Meta:
        verbose_name = _("service municipal")
        verbose_name_plural = _("services municipaux")
        ordering = ["sort_order", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_front_line"],
                condition=models.Q(is_front_line=True),
                name="one_department_is_front_line",
                violation_error_message=_("Un autre service est déjà le service de première ligne."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
