"""The list of guides."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page


class GuideIndexPage(Page):
    """All guides, in the order of the tree."""

    intro = models.TextField(_("introduction"), blank=True, help_text=_("Une phrase ou deux, sous le titre."))

    parent_page_types = ["services_pages.HomePage"]
    subpage_types = ["services_pages.GuidePage"]
    content_panels = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("liste des guides")
        verbose_name_plural = _("listes des guides")
