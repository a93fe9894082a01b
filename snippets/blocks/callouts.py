"""What must stand out, or stay folded until it is wanted."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .text import TEXT_FEATURES


class CalloutBlock(blocks.StructBlock):
    """Something useful beside the main text."""

    title = blocks.CharBlock(label=_("Titre"), max_length=120, required=False)
    text = blocks.RichTextBlock(label=_("Texte"), features=TEXT_FEATURES)

    class Meta:
        icon = "info-circle"
        template = "blocks/callout.html"
        label = _("Encadré")
        description = _(
            "Un renseignement utile à côté du texte principal. Un seul par partie, sinon plus rien ne ressort."
        )
        preview_value = {"title": "Bon à savoir", "text": "<p>La collecte a lieu même les jours fériés.</p>"}


class WarningBlock(blocks.StructBlock):
    """A danger, a deadline or a lasting consequence."""

    title = blocks.CharBlock(label=_("Titre"), max_length=120, required=False)
    text = blocks.RichTextBlock(label=_("Texte"), features=TEXT_FEATURES)

    class Meta:
        icon = "warning"
        template = "blocks/warning.html"
        label = _("Mise en garde")
        description = _(
            "Un danger, une date limite, une conséquence. Le lecteur d'écran dit « Attention » avant le texte."
        )
        preview_value = {
            "title": "Un fil électrique touche le sol?",
            "text": "<p>Restez à 10 mètres et composez le 9-1-1.</p>",
        }


class DetailsBlock(blocks.StructBlock):
    """Text that opens when it is wanted."""

    title = blocks.CharBlock(label=_("Ce qu'on lit avant d'ouvrir"), max_length=150)
    text = blocks.RichTextBlock(label=_("Texte"), features=TEXT_FEATURES)

    class Meta:
        icon = "collapse-down"
        template = "blocks/details.html"
        label = _("Texte à déplier")
        description = _("Pour ce qui ne concerne que quelques personnes. N'y cachez rien d'essentiel.")
        preview_value = {
            "title": "Et si je suis locataire?",
            "text": "<p>Vous pouvez faire la demande vous-même. Votre propriétaire n'a rien à signer.</p>",
        }
