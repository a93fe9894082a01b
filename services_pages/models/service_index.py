"""The list of what the town offers."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page


class ServiceIndexPage(Page):
    """All services, from A to Z."""

    intro = models.TextField(_("introduction"), blank=True, help_text=_("Une phrase ou deux, sous le titre."))

    parent_page_types = ["services_pages.HomePage"]
    subpage_types = ["services_pages.ServicePage"]
    content_panels = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("liste des services")
        verbose_name_plural = _("listes des services")
