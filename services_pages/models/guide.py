"""What a citizen needs to know before asking (art. 2.3: « des guides et des documents utiles »)."""

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.api import APIField
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from services_pages.approval import ApprovedByService
from services_pages.offers import offers
from snippets.blocks import TEXT_FEATURES
from snippets.blocks.field import BodyField
from snippets.blocks.rendering import expanded, stored

from . import panels
from .guide_form import ESSENTIALS, GuideForm
from .tree import Card, card, shown_children


class GuidePage(ApprovedByService, RoutablePageMixin, Page):
    """A guide: the answers art. 2.3 requires, the procedure, and parts when it is long (the tree is their order)."""

    summary = models.TextField(
        _("résumé"), max_length=300, help_text=_("Une phrase : ce que le guide aide à faire. Affichée dans les listes.")
    )
    # Empty in a draft, required to publish: Wagtail lets a draft wait for its required fields (art. 2.3).
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

    search_fields = [*Page.search_fields, *map(index.SearchField, ("summary", *ESSENTIALS, "body"))]
    api_fields = [
        APIField(name) for name in ("summary", *ESSENTIALS, "body", "department", "review_due_on", "related_natures")
    ]
    base_form_class = GuideForm

    class Meta:
        verbose_name = _("guide")
        verbose_name_plural = _("guides")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the contents list, the requests the guide leads to and the part that follows."""
        contents = self.contents(request)
        *essentials, body = expanded([*self._essentials(), *stored([self.body], {"request": request})])
        return {
            **super().get_context(request, *args, **kwargs),
            **self.foot(request),
            "essentials": self._named(essentials),
            "body": body,
            "guide": self,
            "contents": mark_current(contents, 0),
            "next_part": contents[1] if len(contents) > 1 else None,
        }

    def contents(self, request: HttpRequest) -> list[Card]:
        """The guide's own page, then its parts in the order of the tree."""
        return [Card(_("L'essentiel"), self.get_url(request) or ""), *(card(p, request) for p in shown_children(self))]

    def foot(self, request: HttpRequest) -> dict[str, Any]:
        """What ends the guide and each of its parts: where to file, whom to call."""
        return {"offers": offers(self.related_natures.all(), request, guide=self), "department": self.department}

    @path("imprimer/")
    def print_view(self, request: HttpRequest) -> HttpResponse:
        """Show the whole guide, parts included, on one page to print."""
        context = {**super().get_context(request), **self._all_parts(request), "department": self.department}
        return TemplateResponse(request, "services_pages/guide_page_print.html", context)

    def _all_parts(self, request: HttpRequest) -> dict[str, Any]:
        """The whole guide, what its parts choose being fetched together."""
        parts = list(shown_children(self).specific())
        bodies = stored([self.body, *(part.body for part in parts)], {"request": request})
        texts = expanded([*self._essentials(), *bodies])
        body, *rest = texts[len(ESSENTIALS) :]
        return {
            "essentials": self._named(texts[: len(ESSENTIALS)]),
            "body": body,
            "parts": [{"title": part.title, "body": html} for part, html in zip(parts, rest, strict=True)],
        }

    def _essentials(self) -> list[str]:
        return [getattr(self, name) for name in ESSENTIALS]

    def _named(self, texts: list[str]) -> list[dict[str, Any]]:
        """The essential answers with their names, in order."""
        names = [capfirst(self._meta.get_field(name).verbose_name) for name in ESSENTIALS]
        return [{"label": label, "value": text} for label, text in zip(names, texts, strict=True)]


def mark_current(contents: list[Card], position: int) -> list[dict[str, Any]]:
    """Return the contents list as its template wants it, one item being the page read."""
    return [{"title": c.title, "url": c.url, "current": i == position} for i, c in enumerate(contents)]
