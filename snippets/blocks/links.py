"""Where to go next and whom to call."""

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.snippets.blocks import SnippetChooserBlock

from snippets.models import Department


class LinkValue(blocks.StructValue):
    """A link as a template wants it."""

    @cached_property
    def href(self) -> str:
        """The address, empty when the page was deleted or is not published."""
        page = self.get("page")
        if page is None:
            return self.get("url") or ""
        return (page.url or "") if page.live else ""


class LinkBlock(blocks.StructBlock):
    """A label and where it leads: a page of the site or an address elsewhere, never both."""

    label = blocks.CharBlock(label=_("Texte du lien"), max_length=120, help_text=_("Compréhensible hors contexte."))
    page = blocks.PageChooserBlock(label=_("Page du site"), required=False)
    url = blocks.URLBlock(label=_("Adresse d'un autre site"), required=False)

    class Meta:
        icon = "link"
        label = _("Lien")
        value_class = LinkValue

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Refuse a link that leads nowhere, or to two places."""
        value = super().clean(value)
        if bool(value.get("page")) == bool(value.get("url")) and not self.is_deferred_validation:
            message = ValidationError(_("Choisissez une page du site ou écrivez une adresse : l'une des deux."))
            raise StructBlockValidationError(block_errors={"page": message})
        return value


class ButtonBlock(LinkBlock):
    """The next action of the reader."""

    class Meta:
        icon = "link"
        template = "blocks/button.html"
        label = _("Bouton")
        description = _(
            "La prochaine action : faire une demande, payer, s'inscrire. Un seul bouton par page, si possible."
        )
        preview_value = {"label": "Faire une demande", "page": None, "url": "https://ville.example/demandes/"}


class ContactBlock(blocks.StructBlock):
    """The contact card of a service; what it shows is read in the grid each time, so that it is never out of date."""

    department = SnippetChooserBlock(Department, label=_("Service municipal"))

    class Meta:
        icon = "user"
        template = "blocks/contact.html"
        label = _("Fiche contact")
        description = _(
            "Téléphone, courriel et heures d'un service, lus dans la grille : un changement paraît partout."
        )

    def get_preview_value(self) -> blocks.StructValue:
        """Show the first service of the grid, or an example before there is one (nothing is stored)."""
        department = Department.objects.active().order_by("sort_order", "pk").first() or Department(
            code="TP",
            name="Travaux publics",
            phone="450 555-0123",
            email="travaux@ville.example",
            opening_hours="Du lundi au vendredi, de 8 h 30 à 16 h 30",
        )
        return self.normalize({"department": department})
