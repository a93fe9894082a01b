"""One part of a long guide."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.models import Page
from wagtail.search import index

from services_pages.approval import ApprovedByService
from snippets.blocks.field import BodyField

from .guide import GuidePage, mark_current


class GuidePartPage(ApprovedByService, Page):
    """A part of a guide; its place in the tree is its place in the guide."""

    body = BodyField(verbose_name=_("contenu"))

    parent_page_types = ["services_pages.GuidePage"]
    subpage_types: list[str] = []
    content_panels = [*Page.content_panels, FieldPanel("body")]

    search_fields = [*Page.search_fields, index.SearchField("body")]
    api_fields = [APIField("body")]

    class Meta:
        verbose_name = _("partie de guide")
        verbose_name_plural = _("parties de guide")

    @property
    def guide(self) -> GuidePage:
        """The guide of which this is a part, with its service."""
        return GuidePage.objects.select_related("department").get(path=self.path[: -self.steplen])

    def owner_department_id(self) -> int | None:
        """The service that answers for the guide."""
        return self.guide.department_id

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the guide, its contents list and the parts around this one."""
        guide = self.guide
        contents = guide.contents(request)
        here = self.get_url(request)
        position = next((i for i, item in enumerate(contents) if item.url == here), 0)
        return {
            **super().get_context(request, *args, **kwargs),
            **guide.foot(request),
            "guide": guide,
            "contents": mark_current(contents, position),
            "previous_part": contents[position - 1] if position else None,
            "next_part": contents[position + 1] if 0 < position < len(contents) - 1 else None,
        }
