"""What the town offers, and how to ask for it."""

from typing import Any

from django import forms
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.models import Page
from wagtail.search import index

from services_pages.offers import offers
from snippets.blocks.field import BodyField
from snippets.blocks.rendering import rendered
from snippets.models import RequestNature


class ServicePage(Page):
    """A service: what to know, how to ask, other ways to ask; delays and contacts are read in the grid."""

    summary = models.TextField(
        _("résumé"), max_length=300, help_text=_("Une phrase : ce que le citoyen obtient. Affichée dans les listes.")
    )
    natures = ParentalManyToManyField(
        "snippets.RequestNature",
        verbose_name=_("natures de requête"),
        blank=True,
        related_name="service_pages",
        help_text=_("Le délai de chacune est lu dans la grille; ne l'écrivez pas dans le texte."),
    )
    department = models.ForeignKey(
        "snippets.Department",
        verbose_name=_("service municipal"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="service_pages",
        help_text=_("Ses coordonnées sont lues dans la grille. Laissez vide pour suivre la première nature choisie."),
    )
    body = BodyField(verbose_name=_("ce qu'il faut savoir"), blank=True)
    how_to_ask = BodyField(verbose_name=_("comment faire la demande"), blank=True)
    form_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("formulaire"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("La page du formulaire à remplir. Laissez vide pour le formulaire de requête habituel."),
    )

    parent_page_types = ["services_pages.ServiceIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel(
            [FieldPanel("natures", widget=forms.CheckboxSelectMultiple), FieldPanel("department")],
            heading=_("Lu dans la grille"),
        ),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("how_to_ask"), FieldPanel("form_page")], heading=_("Faire la demande")),
    ]

    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
        index.SearchField("how_to_ask"),
    ]
    api_fields = [
        APIField(name)
        for name in ("summary", "natures", "offered_natures", "department", "body", "how_to_ask", "form_page")
    ]

    class Meta:
        verbose_name = _("page de service")
        verbose_name_plural = _("pages de service")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what the grid says today: natures with their delay and form, and the service to reach."""
        form = self.form_page if self.form_page and self.form_page.live else None
        found = offers(self.natures.all(), request, form=form)
        department = self.department or (found[0].nature.department if found else None)
        body, how_to_ask = rendered([self.body, self.how_to_ask], {"request": request})
        return {
            **super().get_context(request, *args, **kwargs),
            "offers": found,
            "form_url": form.get_url(request) if form else "",
            "department": department,
            "body": body,
            "how_to_ask": how_to_ask,
        }

    @property
    def offered_natures(self) -> list[dict[str, Any]]:
        """What the API says of the grid: code, name and target, in working days, of each nature offered today."""
        natures = RequestNature.objects.offered().filter(service_pages=self.pk).order_by("code")
        return list(natures.values("code", "name", "target_working_days"))
