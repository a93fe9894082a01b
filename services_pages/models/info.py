"""Whatever is neither a service nor a guide."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from snippets.blocks.field import BodyField


class InfoPage(Page):
    """A page of information; when it has pages under it, it also leads to them."""

    summary = models.TextField(
        _("résumé"), blank=True, max_length=300, help_text=_("Une phrase, affichée sous le titre et dans les listes.")
    )
    body = BodyField(verbose_name=_("contenu"), blank=True)

    # Sub-pages stay open, for the citizens' form pages (see HomePage).
    parent_page_types = ["services_pages.HomePage", "services_pages.InfoPage"]
    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]

    class Meta:
        verbose_name = _("page d'information")
        verbose_name_plural = _("pages d'information")
