"""What a citizen needs to know before asking (art. 2.3: « des guides et des documents utiles »)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.fields import RichTextField
from wagtail.models import Page

from snippets.blocks import TEXT_FEATURES
from snippets.blocks.field import BodyField

from . import panels


class GuidePage(RoutablePageMixin, Page):
    """A guide: the answers art. 2.3 requires, the procedure, and parts when it is long (the tree is their order)."""

    summary = models.TextField(
        _("résumé"), max_length=300, help_text=_("Une phrase : ce que le guide aide à faire. Affichée dans les listes.")
    )
    # Art. 2.3: « information générale et particulière ». Empty in a draft, required to publish (Wagtail defers it).
    for_whom = RichTextField(
        _("pour qui"), features=TEXT_FEATURES, help_text=_("Qui peut s'en servir, et qui ne peut pas.")
    )
    when = RichTextField(_("quand"), features=TEXT_FEATURES, help_text=_("À quel moment de l'année ou avant quoi."))
    documents = RichTextField(
        _("documents"),
        features=TEXT_FEATURES,
        help_text=_("Ce qu'il faut avoir en main; « Aucun », s'il n'en faut pas."),
    )
    cost = RichTextField(_("coût"), features=TEXT_FEATURES, help_text=_("Le montant, ou « Gratuit »."))
    delay = RichTextField(_("délai"), features=TEXT_FEATURES, help_text=_("Combien de temps l'on attend une réponse."))
    body = BodyField(
        verbose_name=_("comment faire"),
        blank=True,
        help_text=_("Facultatif si le guide a des parties qui l'expliquent."),
    )
    department = models.ForeignKey(
        "snippets.Department",
        verbose_name=_("service responsable du contenu"),
        null=True,
        on_delete=models.PROTECT,
        related_name="guides",
        help_text=_("Il répond de l'exactitude du guide; ses coordonnées sont affichées à la fin."),
    )
    review_due_on = models.DateField(
        _("à réviser le"), null=True, blank=True, help_text=_("Le jour où le service doit relire le guide.")
    )
    related_natures = ParentalManyToManyField(
        "snippets.RequestNature",
        verbose_name=_("natures de requête liées"),
        blank=True,
        related_name="guides",
        help_text=_(
            "Le guide mène au formulaire de ces requêtes. Celles dont il est le guide s'ajoutent d'elles-mêmes."
        ),
    )

    parent_page_types = ["services_pages.GuideIndexPage"]
    subpage_types = ["services_pages.GuidePartPage"]
    content_panels = panels.GUIDE

    class Meta:
        verbose_name = _("guide")
        verbose_name_plural = _("guides")
