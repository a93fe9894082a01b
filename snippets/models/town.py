"""What makes the counter that of one town: its name, colours and addresses. Nothing of a town is in code."""

from datetime import time, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator, validate_email
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

MINIMUM_CONTRAST = 4.5  # WCAG 2.2, 1.4.3
colour_validator = RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Écrivez une couleur comme #1d4f91."))


def contrast_with_white(colour: str) -> float:
    """Contrast ratio of `#rrggbb` with white, from 1 to 21 (WCAG 2.2, relative luminance)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]  # noqa: PLR2004 - WCAG's formula
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 1.05 / (luminance + 0.05)


class ListReading(models.TextChoices):
    """The two readings of the day on which the Responsables get their list."""

    FULL_WEEK = "full_week", _("Le dernier lundi d'une semaine complète du mois (art. 4.2)")
    LAST_WEEK = "last_week", _("Le premier jour ouvré de la dernière semaine du mois (art. 4.1)")


@register_setting(icon="home")
class TownSettings(BaseGenericSetting):
    """Name, colours, contacts and hours of the town, edited in the admin."""

    name = models.CharField(_("nom de la ville"), max_length=100, default="Ville de démonstration")
    service_name = models.CharField(_("nom du guichet"), max_length=100, default="Guichet citoyen")
    signature = models.CharField(_("signature des messages"), max_length=150, default="Le Service aux citoyens")
    brand_colour = models.CharField(
        _("couleur principale"), max_length=7, default="#1d4f91", validators=[colour_validator]
    )
    accent_colour = models.CharField(
        _("couleur des boutons"), max_length=7, default="#0b6b3a", validators=[colour_validator]
    )
    logo = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    address = models.TextField(_("adresse de l'hôtel de ville"), blank=True)
    letter_place = models.CharField(
        _("lieu inscrit dans les lettres"),
        max_length=100,
        blank=True,
        help_text=_("Exemple : Val-des-Érables. Vide, les lettres portent seulement la date."),
    )
    phone = models.CharField(_("téléphone du Service aux citoyens"), max_length=40, blank=True)
    emergency_phone = models.CharField(_("téléphone d'urgence (voirie, aqueduc, égout)"), max_length=40, blank=True)
    email = models.EmailField(_("courriel du Service aux citoyens"), blank=True)
    opening_hours = models.CharField(_("heures d'ouverture"), max_length=200, blank=True)
    closing_time = models.TimeField(
        _("heure de fermeture"),
        default=time(16, 30),
        help_text=_("Une requête reçue plus tard compte à partir du jour ouvré suivant."),
    )
    clerk_email = models.EmailField(
        _("courriel du greffe"), blank=True, help_text=_("Reçoit l'avis d'une réclamation ou d'une demande d'accès.")
    )
    general_director_email = models.EmailField(
        _("courriel de la direction générale"),
        blank=True,
        help_text=_("Reçoit l'avis d'une plainte qui vise la direction du Service aux citoyens."),
    )
    director_email = models.EmailField(
        _("courriel de la direction du Service aux citoyens"), blank=True, help_text=_("Reçoit l'avis d'une plainte.")
    )
    access_commission = models.TextField(_("coordonnées de la Commission d'accès à l'information"), blank=True)
    collection_notice = models.TextField(
        _("avis de collecte (Loi 25)"), blank=True, help_text=_("Affiché sur chaque formulaire avant l'envoi.")
    )
    privacy_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("politique de confidentialité"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    default_target_working_days = models.PositiveSmallIntegerField(
        _("délai cible sans nature, en jours ouvrés"),
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(250)],
        help_text=_("Pour une demande qui n'est pas encore classée dans la grille."),
    )
    due_soon_working_days = models.PositiveSmallIntegerField(
        _("une échéance est proche, en jours ouvrés avant"),
        default=3,
        validators=[MaxValueValidator(20)],
        help_text=_("Le Responsable en reçoit alors un rappel, une fois. La liste des demandes compte de même."),
    )
    guides_are_approved = models.BooleanField(
        _("chaque guide est approuvé par son service avant d'être publié"),
        default=True,
        help_text=_(
            "Le Responsable ou la direction du service relit le guide, puis l'approuve ou demande une correction. "
            "Décochez pour que les Communications publient seules."
        ),
    )
    list_reading = models.CharField(
        _("jour des listes mensuelles"),
        max_length=10,
        choices=ListReading.choices,
        default=ListReading.FULL_WEEK,
        help_text=_(
            "La politique donne deux jours pour la même liste (art. 4.1 et 4.2). Voyez l'année entière dans "
            "« Calendrier » avant de choisir."
        ),
    )
    lists_from = models.DateField(
        _("listes envoyées à partir du"),
        default=timezone.localdate,
        help_text=_("Aucune liste dont le jour précède cette date ne part d'elle-même."),
    )
    council_emails = models.TextField(
        _("courriels des élus"),
        blank=True,
        help_text=_("Une adresse par ligne. Chaque élu est avisé quand la liste du mois est publiée."),
    )
    complaint_target_working_days = models.PositiveSmallIntegerField(
        _("délai cible d'une plainte, en jours ouvrés"),
        default=20,
        validators=[MinValueValidator(1), MaxValueValidator(250)],
        help_text=_("La politique n'en fixe aucun : c'est l'objectif de la Ville, il n'est pas promis au citoyen."),
    )
    complaint_completion_days = models.PositiveSmallIntegerField(
        _("jours pour compléter une plainte"),
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(90)],
        help_text=_("Jours civils donnés au citoyen pour signer ou compléter."),
    )
    reopening_days = models.PositiveSmallIntegerField(
        _("jours pour rouvrir une requête fermée"), default=30, help_text=_("Jours civils après la fermeture.")
    )

    status_stale_after_hours = models.PositiveSmallIntegerField(
        _("heures avant qu'un statut de disponibilité soit à vérifier"),
        default=4,
        validators=[MinValueValidator(1), MaxValueValidator(72)],
        help_text=_("Pour un statut indiqué sans heure de fin (Annexe B)."),
    )

    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("service_name"), FieldPanel("signature")], heading=_("Nom")),
        FieldRowPanel([FieldPanel("brand_colour"), FieldPanel("accent_colour")], heading=_("Couleurs")),
        FieldPanel("logo"),
        MultiFieldPanel(
            [
                FieldPanel("address"),
                FieldPanel("letter_place"),
                FieldRowPanel([FieldPanel("phone"), FieldPanel("emergency_phone")]),
                FieldPanel("email"),
                FieldRowPanel([FieldPanel("opening_hours"), FieldPanel("closing_time")]),
            ],
            heading=_("Pour joindre la Ville"),
        ),
        MultiFieldPanel(
            [FieldPanel("director_email"), FieldPanel("general_director_email"), FieldPanel("clerk_email")],
            heading=_("Avis confidentiels"),
        ),
        MultiFieldPanel(
            [FieldPanel("collection_notice"), FieldPanel("privacy_page"), FieldPanel("access_commission")],
            heading=_("Renseignements personnels"),
        ),
        MultiFieldPanel(
            [FieldPanel("list_reading"), FieldPanel("lists_from"), FieldPanel("council_emails")],
            heading=_("Listes mensuelles (art. 4.1, 4.2)"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("default_target_working_days"), FieldPanel("reopening_days")]),
                FieldPanel("due_soon_working_days"),
            ],
            heading=_("Délais"),
        ),
        MultiFieldPanel([FieldPanel("guides_are_approved")], heading=_("Guides (art. 2.3)")),
        FieldPanel("status_stale_after_hours"),
        FieldRowPanel(
            [FieldPanel("complaint_target_working_days"), FieldPanel("complaint_completion_days")],
            heading=_("Délais des plaintes"),
        ),
    ]

    class Meta:
        verbose_name = _("la Ville")

    def __str__(self) -> str:
        return self.name

    @property
    def status_stale_after(self) -> timedelta:
        """How long a status said without an end may be believed (Annexe B)."""
        return timedelta(hours=self.status_stale_after_hours)

    def clean(self) -> None:
        """Refuse a colour on which white text can't be read."""
        super().clean()
        errors = {}
        for field in ("brand_colour", "accent_colour"):
            colour = getattr(self, field)
            if len(colour) == len("#rrggbb") and contrast_with_white(colour) < MINIMUM_CONTRAST:
                errors[field] = _("Le texte blanc n'est pas lisible sur cette couleur. Choisissez-en une plus foncée.")
        for address in self.council_addresses():
            try:
                validate_email(address)
            except ValidationError:
                errors["council_emails"] = _("« %(address)s » n'est pas une adresse de courriel.") % {
                    "address": address
                }
        if errors:
            raise ValidationError(errors)

    def council_addresses(self) -> list[str]:
        """The officials' addresses, each once, in their order."""
        return list(dict.fromkeys(line.strip() for line in self.council_emails.splitlines() if line.strip()))
