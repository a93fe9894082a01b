"""The list of what the town offers."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from services_pages.search.words import plain

from .index_page import IndexPage
from .service import ServicePage
from .tree import Card


class ServiceIndexPage(IndexPage):
    """All services, from A to Z."""

    listed = ServicePage
    subpage_types = ["services_pages.ServicePage"]

    class Meta:
        verbose_name = _("liste des services")
        verbose_name_plural = _("listes des services")

    def cards(self, request: HttpRequest) -> list[Card]:
        """All services, from A to Z whatever their accents."""
        return sorted(super().cards(request), key=lambda shown: plain(shown.title))
