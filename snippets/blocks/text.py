"""Words to read: headings, paragraphs, steps, lists to tick."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

# What a rich text may hold on a citizen page: no heading (the heading block makes the contents list), no image, no embed.
TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]
LINE_FEATURES = ["bold", "italic", "link"]


class HeadingBlock(blocks.CharBlock):
    """A second-level heading; the page's title is the first level."""

    class Meta:
        icon = "title"
        template = "blocks/heading.html"
        label = _("Intertitre")
        description = _("Annonce une partie de la page. Les lecteurs d'écran sautent d'un intertitre à l'autre.")
        preview_value = "Avant de faire votre demande"
        max_length = 120


class TextBlock(blocks.RichTextBlock):
    """Paragraphs and simple lists."""

    class Meta:
        icon = "pilcrow"
        template = "blocks/text.html"
        label = _("Texte")
        description = _("Des paragraphes courts, des listes, des liens. Une idée par paragraphe.")
        preview_value = (
            "<p>Le bac roulant appartient à la Ville. <b>Il reste à votre adresse</b> si vous déménagez.</p>"
            "<ul><li>Bac bleu : recyclage</li><li>Bac brun : matières organiques</li></ul>"
        )


class StepBlock(blocks.StructBlock):
    """One step of a procedure."""

    title = blocks.CharBlock(label=_("Étape"), max_length=150, help_text=_("Un verbe d'action : « Prenez une photo »."))
    text = blocks.RichTextBlock(label=_("Précisions"), features=TEXT_FEATURES, required=False)

    class Meta:
        icon = "list-ol"
        label = _("Étape")


class StepsBlock(blocks.ListBlock):
    """Numbered steps."""

    class Meta:
        icon = "list-ol"
        template = "blocks/steps.html"
        label = _("Étapes numérotées")
        description = _("Ce qu'il faut faire, dans l'ordre. Les numéros s'ajoutent d'eux-mêmes.")
        preview_value = [
            {"title": "Prenez une photo", "text": "<p>De près, puis de loin.</p>"},
            {"title": "Remplissez le formulaire", "text": ""},
        ]


class ChecklistBlock(blocks.ListBlock):
    """What to have at hand."""

    class Meta:
        icon = "tasks"
        template = "blocks/checklist.html"
        label = _("Liste à cocher")
        description = _("Ce qu'il faut avoir en main ou vérifier avant de commencer.")
        preview_value = ["Votre numéro de matricule", "Une preuve d'adresse", "Le plan de votre terrain"]
