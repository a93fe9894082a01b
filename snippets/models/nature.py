"""The grid itself: what can be asked, by whom it is done, within what delay, asking what (art. 4.1)."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.search import index

from .revisions import WayBackMixin


class Priority(models.TextChoices):
    """How pressing a nature is."""

    P1 = "p1", _("P1 – danger ou bris : le jour même ou le lendemain ouvré")
    P2 = "p2", _("P2 – rapide")
    P3 = "p3", _("P3 – normale")
    P4 = "p4", _("P4 – planifiée ou saisonnière")


class QuestionType(models.TextChoices):
    """The six types of answer."""

    SHORT_TEXT = "short_text", _("texte court")
    LONG_TEXT = "long_text", _("texte long")
    NUMBER = "number", _("nombre")
    DATE = "date", _("date")
    ONE_CHOICE = "one_choice", _("un choix")
    SEVERAL_CHOICES = "several_choices", _("plusieurs choix")


CHOICE_TYPES = (QuestionType.ONE_CHOICE.value, QuestionType.SEVERAL_CHOICES.value)


class NatureQuerySet(models.QuerySet):
    """Questions about natures."""

    def offered(self) -> "NatureQuerySet":
        """Natures a citizen may choose today."""
        return self.filter(is_active=True, department__is_active=True)


class RequestNature(WayBackMixin, index.Indexed, ClusterableModel):
    """One line of the grid: a nature of request in citizens' words, its service, priority and target delay."""

    department = models.ForeignKey(
        "snippets.Department", verbose_name=_("service"), on_delete=models.PROTECT, related_name="natures"
    )
    code = models.CharField(
        _("code"),
        max_length=12,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]{2,8}-\d{2,3}$", _("Écrivez un code comme TP-01."))],
    )
    name = models.CharField(
        _("nom"), max_length=120, help_text=_("Dans les mots des citoyens : « Nid-de-poule », et non « Réfection ».")
    )
    synonyms = models.TextField(
        _("synonymes"), blank=True, help_text=_("Séparés par des virgules. La recherche les trouve aussi.")
    )
    priority = models.CharField(_("priorité"), max_length=2, choices=Priority.choices, default=Priority.P3)
    target_working_days = models.PositiveSmallIntegerField(
        _("délai cible, en jours ouvrés"), validators=[MinValueValidator(1), MaxValueValidator(250)]
    )
    guide_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("guide"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Le guide que le citoyen voit avant d'envoyer sa requête (art. 2.3)."),
    )
    asks_location = models.BooleanField(
        _("demander le lieu"),
        default=True,
        help_text=_("Décochez quand le lieu n'a pas de sens, par exemple pour un compte de taxes."),
    )
    is_active = models.BooleanField(
        _("offerte"), default=True, help_text=_("Décochez pour la retirer. Les dossiers existants la gardent.")
    )

    objects = NatureQuerySet.as_manager()

    panels = [
        FieldRowPanel([FieldPanel("code"), FieldPanel("department")]),
        FieldPanel("name"),
        FieldPanel("synonyms"),
        MultiFieldPanel(
            [FieldPanel("priority"), FieldPanel("target_working_days")], heading=_("Engagement envers le citoyen")
        ),
        FieldPanel("guide_page"),
        FieldPanel("asks_location"),
        FieldPanel("is_active"),
        InlinePanel("questions", heading=_("Questions complémentaires"), label=_("Question")),
    ]
    search_fields = [
        index.SearchField("name", boost=3),
        index.AutocompleteField("name"),
        index.SearchField("synonyms"),
        index.SearchField("code"),
        index.FilterField("department_id"),
        index.FilterField("priority"),
        index.FilterField("is_active"),
    ]

    class Meta:
        verbose_name = _("nature de requête")
        verbose_name_plural = _("natures de requête")
        ordering = ["department__sort_order", "code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(target_working_days__gte=1), name="nature_has_a_target_of_one_day_or_more"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class AskedQuestion(Orderable):
    """What a question is, wherever staff write one: here on a nature, in intake/forms on a form page."""

    label = models.CharField(_("question"), max_length=200)
    help_text = models.CharField(_("aide"), max_length=300, blank=True)
    question_type = models.CharField(
        _("type de réponse"), max_length=20, choices=QuestionType.choices, default=QuestionType.SHORT_TEXT
    )
    choices = models.TextField(_("choix"), blank=True, help_text=_("Un choix par ligne."))
    is_required = models.BooleanField(_("obligatoire"), default=False)
    is_active = models.BooleanField(
        _("posée"), default=True, help_text=_("Décochez pour la retirer sans toucher aux réponses reçues.")
    )

    panels = [
        FieldPanel("label"),
        FieldPanel("help_text"),
        FieldRowPanel([FieldPanel("question_type"), FieldPanel("is_required"), FieldPanel("is_active")]),
        FieldPanel("choices"),
    ]

    class Meta(Orderable.Meta):
        abstract = True
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        """Refuse a choice question without two choices, before it breaks a form."""
        super().clean()
        if self.question_type in CHOICE_TYPES and len(self.choice_list) < 2:  # noqa: PLR2004 - two is what a choice is
            raise ValidationError({"choices": _("Écrivez au moins deux choix différents, un par ligne.")})

    @property
    def choice_list(self) -> list[str]:
        """The choices in order, without blanks or repeats."""
        return list(dict.fromkeys(line.strip() for line in self.choices.splitlines() if line.strip()))


class Question(AskedQuestion):
    """One question of a nature, asked after the citizen has chosen it; retired rather than erased once answered."""

    nature = ParentalKey(RequestNature, on_delete=models.CASCADE, related_name="questions")
    claim_choice = models.CharField(
        _("réponse qui propose une réclamation"),
        max_length=200,
        blank=True,
        help_text=_("Si le citoyen choisit cette réponse, le formulaire lui propose aussi l'avis de réclamation."),
    )

    panels = [*AskedQuestion.panels, FieldPanel("claim_choice")]

    class Meta(AskedQuestion.Meta):
        abstract = False

    def clean(self) -> None:
        """Refuse an answer that nobody can choose."""
        super().clean()
        if self.claim_choice and self.claim_choice not in self.choice_list:
            raise ValidationError({"claim_choice": _("Cette réponse n'est pas un des choix de la question.")})

    @property
    def key(self) -> str:
        """The stable name of its answer in a form and in a file."""
        return f"q{self.pk}"
