"""Facts to look up: pairs, tables, pictures."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock
from wagtail.images.models import AbstractImage

from .text import LINE_FEATURES


class FactBlock(blocks.StructBlock):
    """One fact and its name."""

    label = blocks.CharBlock(label=_("Quoi"), max_length=80)
    value = blocks.RichTextBlock(label=_("Réponse"), features=LINE_FEATURES)

    class Meta:
        icon = "list-ul"
        label = _("Renseignement")


class KeyFactsBlock(blocks.ListBlock):
    """Names and values, one a row."""

    class Meta:
        icon = "list-ul"
        template = "blocks/key_facts.html"
        label = _("En bref")
        description = _("Les réponses courtes que l'on cherche d'abord : combien, quand, où.")
        preview_value = [
            {"label": "Coût", "value": "Gratuit"},
            {"label": "Jour de collecte", "value": "Le mardi"},
        ]


# The widths that templates/blocks/image.html asks for.
WIDTHS = ("width-480", "width-960")


class PictureChooserBlock(ImageChooserBlock):
    """Wagtail's image chooser, fetching the pictures of a body together with the sizes they are shown in."""

    def bulk_to_python(self, values: Iterable[int | None]) -> list[AbstractImage | None]:
        """Return the images in order; two SQL queries, whatever their number."""
        wanted = list(values)
        found = get_image_model().objects.prefetch_renditions(*WIDTHS).in_bulk([pk for pk in wanted if pk])
        return [found.get(pk) for pk in wanted]


class ImageBlock(blocks.StructBlock):
    """A picture, with what it says for those who can't see it."""

    image = PictureChooserBlock(label=_("Image"))
    alt = blocks.CharBlock(
        label=_("Texte de remplacement"),
        max_length=200,
        required=False,
        help_text=_("Ce que l'image apprend, en une phrase : c'est ce que dit le lecteur d'écran."),
    )
    decorative = blocks.BooleanBlock(
        label=_("Image décorative"),
        required=False,
        help_text=_("Cochez si elle n'apprend rien de plus que le texte. Le lecteur d'écran la passera sous silence."),
    )
    caption = blocks.CharBlock(label=_("Légende"), max_length=200, required=False)

    class Meta:
        icon = "image"
        template = "blocks/image.html"
        label = _("Image")
        description = _("Une image utile à la compréhension. Jamais du texte en image.")
        preview_value = {
            "image": None,
            "alt": "Bac bleu placé à un mètre de la bordure de la rue",
            "decorative": False,
            "caption": "Placez les roues vers la maison.",
        }

    def get_preview_value(self) -> blocks.StructValue:
        """Show the newest image of the library; before there is one, only the caption."""
        newest = get_image_model().objects.order_by("-pk").first()
        return self.normalize({**self.meta.preview_value, "image": newest})

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Refuse a picture that says nothing to a screen reader without having been called decorative."""
        value = super().clean(value)
        if not value["alt"] and not value["decorative"] and not self.is_deferred_validation:
            message = ValidationError(_("Décrivez l'image, ou cochez « Image décorative »."))
            raise StructBlockValidationError(block_errors={"alt": message})
        return value


class TableBlock(TypedTableBlock):
    """Headings and rows; Wagtail's own grid editor, cells of plain text.

    Also reads the short form `{"caption": …, "headers": […], "rows": [[…], …]}` that fixtures and imports write.
    """

    text = blocks.CharBlock(label=_("Texte"), required=False)
    number = blocks.CharBlock(label=_("Nombre"), required=False)

    class Meta:
        icon = "table"
        template = "blocks/table.html"
        label = _("Tableau")
        description = _("Des valeurs à comparer. Donnez une légende; la première colonne nomme la ligne.")
        preview_value = {
            "caption": "Heures de l'écocentre",
            "headers": ["Saison", "Jours", "Heures"],
            "rows": [["Été", "Du mardi au samedi", "8 h à 17 h"], ["Hiver", "Samedi", "9 h à 15 h"]],
        }

    def to_python(self, value: dict[str, Any] | None) -> TypedTable:
        """Turn what is stored, in either form, into a table."""
        if value and "headers" in value:
            value = {
                "caption": value.get("caption", ""),
                "columns": [{"type": "text", "heading": heading} for heading in value["headers"]],
                "rows": [{"values": list(row)} for row in value["rows"]],
            }
        return super().to_python(value)
