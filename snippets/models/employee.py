"""The employees of the town and who receives the requests of each service (Annexe C)."""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from .constraints import NoOverlap
from .revisions import WayBackMixin

# What stands for the words of a signature that was given before Guichet kept them.
CARRIED_OVER = "signature reportée"

extension_validator = RegexValidator(r"^\d{1,6}$", _("Écrivez le numéro de poste en chiffres, par exemple 2201."))


class Employee(WayBackMixin, index.Indexed, models.Model):
    """A person who works for the town; never a private address or telephone."""

    first_name = models.CharField(_("prénom"), max_length=80)
    last_name = models.CharField(_("nom"), max_length=80)
    job_title = models.CharField(_("fonction"), max_length=120, blank=True)
    email = models.EmailField(_("courriel"), unique=True)
    phone_extension = models.CharField(_("numéro de poste"), max_length=6, blank=True, validators=[extension_validator])
    department = models.ForeignKey(
        "snippets.Department", verbose_name=_("service"), on_delete=models.PROTECT, related_name="employees"
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("compte"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="employee",
        help_text=_("Le compte avec lequel cette personne ouvre Guichet."),
    )
    is_active = models.BooleanField(_("en fonction"), default=True)

    panels = [
        FieldRowPanel([FieldPanel("first_name"), FieldPanel("last_name")]),
        FieldPanel("job_title"),
        FieldPanel("department"),
        MultiFieldPanel([FieldPanel("email"), FieldPanel("phone_extension")], heading=_("Coordonnées au travail")),
    ]
    search_fields = [
        index.SearchField("first_name"),
        index.SearchField("last_name"),
        index.AutocompleteField("last_name"),
        index.AutocompleteField("first_name"),
        index.SearchField("job_title"),
        index.SearchField("email"),
        index.FilterField("department_id"),
        index.FilterField("is_active"),
    ]

    class Meta:
        verbose_name = _("employé")
        verbose_name_plural = _("employés")
        ordering = ["last_name", "first_name", "pk"]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"

    def with_content_json(self, content: dict[str, Any]) -> models.Model:
        """Return the employee as he was in `content`, save his account and whether he is in office: verbs change those."""
        kept = {"user": self.user_id, "is_active": self.is_active}
        return super().with_content_json({**content, **kept})


class DesignationQuerySet(models.QuerySet):
    """Questions about who receives what, and when."""

    def effective_on(self, day: date) -> "DesignationQuerySet":
        """Designations that hold on `day`, signed by both (Annexe C), of an employee still in office."""
        return self.filter(
            Q(effective_until__isnull=True) | Q(effective_until__gte=day),
            effective_from__lte=day,
            signed_by_recipient_on__isnull=False,
            signed_by_head_on__isnull=False,
            employee__is_active=True,
        )


class Designation(WayBackMixin, index.Indexed, models.Model):
    """Who receives the requests of a service, from when to when, with both signatures (Annexe C)."""

    department = models.ForeignKey(
        "snippets.Department", verbose_name=_("service"), on_delete=models.PROTECT, related_name="designations"
    )
    employee = models.ForeignKey(
        "snippets.Employee", verbose_name=_("Responsable"), on_delete=models.PROTECT, related_name="designations"
    )
    position_email = models.EmailField(
        _("courriel du poste"), help_text=_("L'adresse du poste, et non celle de la personne (Annexe C).")
    )
    phone_extension = models.CharField(_("numéro de poste"), max_length=6, validators=[extension_validator])
    effective_from = models.DateField(_("à partir du"))
    effective_until = models.DateField(
        _("jusqu'au"),
        null=True,
        blank=True,
        help_text=_("Dernier jour compris. Laissez vide si aucune fin n'est prévue."),
    )
    signed_by_recipient_on = models.DateField(_("signée par le Responsable le"), null=True, blank=True)
    signed_by_head_on = models.DateField(_("signée par la direction le"), null=True, blank=True)
    # How each signed: by his own account, or on the printed form that was scanned; who signed is kept as he was then.
    recipient_signature = models.CharField(_("signature du Responsable"), max_length=200, blank=True, editable=False)
    head_signature = models.CharField(_("signature de la direction"), max_length=200, blank=True, editable=False)
    replaces = models.ForeignKey(
        "self",
        verbose_name=_("remplace temporairement"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="replacements",
    )

    objects = DesignationQuerySet.as_manager()

    panels = [
        FieldPanel("department"),
        FieldPanel("employee"),
        FieldRowPanel([FieldPanel("position_email"), FieldPanel("phone_extension")]),
        FieldRowPanel([FieldPanel("effective_from"), FieldPanel("effective_until")], heading=_("Période")),
        FieldRowPanel(
            # Nobody types a signature: the verbs of intake write it, with who signed and how.
            [FieldPanel("signed_by_recipient_on", read_only=True), FieldPanel("signed_by_head_on", read_only=True)],
            heading=_("Signatures (Annexe C) : sans les deux, la désignation n'a pas d'effet"),
        ),
    ]
    search_fields = [
        index.RelatedFields("department", [index.SearchField("name")]),
        index.RelatedFields("employee", [index.SearchField("first_name"), index.SearchField("last_name")]),
        index.SearchField("position_email"),
        index.AutocompleteField("position_email"),
        index.FilterField("department_id"),
        index.FilterField("employee_id"),
    ]

    class Meta:
        verbose_name = _("désignation d'un Responsable")
        verbose_name_plural = _("désignations des Responsables")
        ordering = ["department__sort_order", "-effective_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(effective_until__isnull=True) | Q(effective_until__gte=F("effective_from")),
                name="designation_ends_after_it_begins",
                violation_error_message=_("La fin ne peut pas précéder le début."),
            ),
            models.CheckConstraint(
                condition=Q(signed_by_recipient_on__isnull=True) | ~Q(recipient_signature=""),
                name="recipient_signature_says_how",
                violation_error_message=_("Une date de signature va avec les mots de la signature (Annexe C)."),
            ),
            models.CheckConstraint(
                condition=Q(signed_by_head_on__isnull=True) | ~Q(head_signature=""),
                name="head_signature_says_how",
                violation_error_message=_("Une date de signature va avec les mots de la signature (Annexe C)."),
            ),
            NoOverlap(
                owner="department",
                start="effective_from",
                end="effective_until",
                name="one_designation_at_a_time",
                violation_error_message=_(
                    "Ce service a déjà un Responsable pendant cette période. Mettez d'abord fin à l'autre désignation."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee} ({self.department.code})"
