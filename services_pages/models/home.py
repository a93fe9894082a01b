"""The front door."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from snippets.blocks.field import BodyField


class HomePage(Page):
    """The first page: a word of welcome, the search, and the way to each part of the site."""

    intro = models.TextField(
        _("mot d'accueil"), blank=True, help_text=_("Une ou deux phrases : ce que l'on peut faire ici.")
    )
    body = BodyField(verbose_name=_("contenu"), blank=True)

    # Sub-pages stay open: the citizens' form pages live in another room, which this one does not know.
    parent_page_types = ["wagtailcore.Page"]
    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("body")]

    class Meta:
        verbose_name = _("page d'accueil")
        verbose_name_plural = _("pages d'accueil")
