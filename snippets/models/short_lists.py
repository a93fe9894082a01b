"""The short lists that staff choose from while they work on a file: reasons, codes, texts, bodies, provisions."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from .revisions import WayBackMixin

COMPLETION_CODE = "238"
code_validator = RegexValidator(r"^[a-z][a-z_]{1,19}$", _("Écrivez un mot court en minuscules, par exemple meteo."))
number_validator = RegexValidator(r"^\d{1,6}$", _("Écrivez le code en chiffres, par exemple 238."))


class ShortListQuerySet(models.QuerySet):
    """Questions about a short list."""

    def offered(self) -> "ShortListQuerySet":
        """Rows that may be chosen today."""
        return self.filter(is_active=True)


class WaitingReason(WayBackMixin, models.Model):
    """« en attente pour X raison » (art. 4.2)."""

    code = models.CharField(_("mot-clé"), max_length=20, unique=True, validators=[code_validator])
    label = models.CharField(_("raison"), max_length=80, unique=True)
    asks_citizen = models.BooleanField(
        _("attend le citoyen"),
        default=False,
        help_text=_("Le citoyen reçoit la question, et l'échéance s'arrête jusqu'à sa réponse."),
    )
    is_active = models.BooleanField(_("offerte"), default=True, help_text=_("Décochez pour la retirer."))
    sort_order = models.PositiveSmallIntegerField(_("ordre"), default=100)

    objects = ShortListQuerySet.as_manager()
    panels = [
        FieldRowPanel([FieldPanel("label"), FieldPanel("code")]),
        FieldPanel("asks_citizen"),
        FieldRowPanel([FieldPanel("is_active"), FieldPanel("sort_order")]),
    ]

    class Meta:
        verbose_name = _("raison d'attente")
        verbose_name_plural = _("raisons d'attente")
        ordering = ["sort_order", "label"]

    def __str__(self) -> str:
        return self.label


class InterventionCode(WayBackMixin, models.Model):
    """What was done, as a number (Annexe A); 238 completes a request and can't be retired."""

    code = models.CharField(_("code"), max_length=6, unique=True, validators=[number_validator])
    label = models.CharField(_("libellé"), max_length=80, unique=True)
    is_active = models.BooleanField(_("offert"), default=True, help_text=_("Décochez pour le retirer."))

    objects = ShortListQuerySet.as_manager()
    panels = [FieldRowPanel([FieldPanel("code"), FieldPanel("label")]), FieldPanel("is_active")]

    class Meta:
        verbose_name = _("code d'intervention")
        verbose_name_plural = _("codes d'intervention")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(code=COMPLETION_CODE) | Q(is_active=True),
                name="completion_code_stays",
                violation_error_message=_("Le code 238 sert à compléter les requêtes (Annexe A) : il reste offert."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} – {self.label}"


class ReplyText(WayBackMixin, models.Model):
    """A text to start from when writing to a citizen (Annexe A, point 5: « le ton et l'orthographe »)."""

    title = models.CharField(_("titre"), max_length=80, unique=True)
    body = models.TextField(_("texte"), max_length=4000)
    department = models.ForeignKey(
        "snippets.Department",
        verbose_name=_("service"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="reply_texts",
        help_text=_("Laissez vide pour l'offrir à tous les services."),
    )
    is_active = models.BooleanField(_("offert"), default=True, help_text=_("Décochez pour le retirer."))

    objects = ShortListQuerySet.as_manager()
    panels = [FieldPanel("title"), FieldPanel("body"), FieldPanel("department"), FieldPanel("is_active")]

    class Meta:
        verbose_name = _("texte de réponse")
        verbose_name_plural = _("textes de réponse")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class CompetentBody(WayBackMixin, models.Model):
    """Who can help when the town can't (art. 2.3: « orienter vers les ressources appropriées »)."""

    name = models.CharField(_("organisme"), max_length=120, unique=True)
    contact = models.TextField(_("coordonnées"), max_length=500)
    # Art. 4.4: a complaint that the town does not treat is not left without a way.
    recourse_for = models.CharField(
        _("recours pour une plainte qui vise"),
        max_length=16,
        blank=True,
        choices=[
            ("elected", _("une personne élue")),
            ("general_director", _("la direction générale")),
            ("tender", _("un appel d'offres ou un contrat")),
            ("private", _("une personne privée")),
        ],
        help_text=_("Affiché au citoyen dans le formulaire de plainte. Laissez vide pour les autres organismes."),
    )
    is_active = models.BooleanField(_("offert"), default=True, help_text=_("Décochez pour le retirer."))

    objects = ShortListQuerySet.as_manager()
    panels = [FieldPanel("name"), FieldPanel("contact"), FieldPanel("recourse_for"), FieldPanel("is_active")]

    class Meta:
        verbose_name = _("organisme compétent")
        verbose_name_plural = _("organismes compétents")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class LegalProvision(WayBackMixin, models.Model):
    """An article on which a refusal of access may rely, with its text (art. 4.6: « indiquer la disposition de loi »)."""

    article = models.CharField(_("article"), max_length=40, unique=True, help_text=_("Par exemple : 53."))
    title = models.CharField(_("sujet"), max_length=120)
    text = models.TextField(_("texte de l'article"), max_length=6000)
    is_active = models.BooleanField(_("offert"), default=True, help_text=_("Décochez pour le retirer."))

    objects = ShortListQuerySet.as_manager()
    panels = [FieldRowPanel([FieldPanel("article"), FieldPanel("title")]), FieldPanel("text"), FieldPanel("is_active")]

    class Meta:
        verbose_name = _("disposition de la Loi sur l'accès")
        verbose_name_plural = _("dispositions de la Loi sur l'accès")
        ordering = ["article"]

    def __str__(self) -> str:
        return f"art. {self.article} – {self.title}"
