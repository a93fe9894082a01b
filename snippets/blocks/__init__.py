"""The blocks of a page's body: one flat set, named by meaning, shared because they choose snippets."""

from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .callouts import CalloutBlock, DetailsBlock, WarningBlock
from .data import FactBlock, ImageBlock, KeyFactsBlock, TableBlock
from .links import ButtonBlock, ContactBlock, LinkBlock
from .rendering import expanded
from .text import TEXT_FEATURES, ChecklistBlock, HeadingBlock, StepBlock, StepsBlock, TextBlock

__all__ = ["TEXT_FEATURES", "BodyBlock", "LinkBlock"]


class BodyBlock(blocks.StreamBlock):
    """Everything a page's body may hold; no block holds another stream."""

    heading = HeadingBlock()
    text = TextBlock(features=TEXT_FEATURES)
    steps = StepsBlock(StepBlock())
    checklist = ChecklistBlock(blocks.CharBlock(label=_("Élément"), max_length=250))
    key_facts = KeyFactsBlock(FactBlock())
    callout = CalloutBlock()
    warning = WarningBlock()
    details = DetailsBlock()
    button = ButtonBlock()
    contact = ContactBlock()
    image = ImageBlock()
    table = TableBlock()

    class Meta:
        template = "blocks/body.html"

    def render(self, value: blocks.StreamValue, context: dict[str, Any] | None = None) -> SafeString:
        """Return the body as citizens read it, the links of all its texts looked up together."""
        return expanded([self.render_stored(value, context)])[0]

    def render_stored(self, value: blocks.StreamValue, context: dict[str, Any] | None = None) -> SafeString:
        """Return the body with its links as they are stored, for a page that looks up those of several bodies."""
        return super().render(value, context)
