"""The editing screen of a guide, apart because it is long."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page

GUIDE = [
    *Page.content_panels,
    FieldPanel("summary"),
    MultiFieldPanel(
        [
            FieldPanel("for_whom"),
            FieldPanel("when"),
            FieldPanel("documents"),
            FieldPanel("cost"),
            FieldPanel("delay"),
        ],
        heading=_("L'essentiel (obligatoire pour publier)"),
    ),
    FieldPanel("body"),
    FieldPanel("related_natures", widget=forms.CheckboxSelectMultiple),
    FieldRowPanel([FieldPanel("department"), FieldPanel("review_due_on")], heading=_("Responsable du contenu")),
]
