"""The form page: staff choose the kind and write around it; what the policy requires of each kind is not theirs to remove."""

import hashlib
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from intake.forms import screens
from intake.models.choices import KIND_LABELS, choices
from intake.policy.vocabulary import Kind
from snippets.blocks import TEXT_FEATURES
from snippets.models import AskedQuestion


class FormPageForm(WagtailAdminPageForm):
    """The editing screen; two questions of one form can't have the same words."""

    def clean(self) -> dict[str, Any]:
        """Refuse a repeated question: answers are kept under its words."""
        cleaned = super().clean()
        formset = self.formsets.get("questions")
        if formset is None or not formset.is_valid():
            return cleaned
        seen = set()
        for form in formset.forms:
            label = " ".join(form.cleaned_data.get("label", "").split()).casefold()
            if not label or form.cleaned_data.get("DELETE"):
                continue
            if label in seen:
                form.add_error("label", _gettext("Une autre question a déjà ces mots. Changez l'une des deux."))
            seen.add(label)
        return cleaned


class RequestFormPage(RoutablePageMixin, Page):
    """A form of one kind: request, complaint, inquiry, claim or access request (art. 4.1, 4.3, 4.4, 4.6)."""

    kind = models.CharField(
        _("sorte de demande"),
        max_length=16,
        choices=choices(KIND_LABELS),
        default=Kind.REQUEST.value,
        help_text=_("Elle fixe les champs que la politique exige; ils s'ajoutent d'eux-mêmes."),
    )
    introduction = RichTextField(_("introduction"), features=TEXT_FEATURES, blank=True)
    to_have = RichTextField(
        _("à avoir sous la main"),
        features=TEXT_FEATURES,
        blank=True,
        help_text=_("Ce que la personne devrait préparer : une photo, l'adresse exacte, un numéro de dossier."),
    )
    next_steps = RichTextField(
        _("et maintenant?"),
        features=TEXT_FEATURES,
        blank=True,
        help_text=_("Affiché après l'envoi : qui lit la demande, et ce qui suit."),
    )

    subpage_types: list[str] = []
    base_form_class = FormPageForm
    content_panels = [
        *Page.content_panels,
        FieldPanel("kind"),
        FieldPanel("introduction"),
        FieldPanel("to_have"),
        MultiFieldPanel(
            [
                InlinePanel(
                    "questions",
                    label=_("Question"),
                    help_text=_(
                        "Vos questions suivent celles que la politique exige. Les réponses déjà reçues restent."
                    ),
                )
            ],
            heading=_("Questions à ajouter"),
        ),
        FieldPanel("next_steps"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("introduction"), index.FilterField("kind")]

    class Meta:
        verbose_name = _("page de formulaire")
        verbose_name_plural = _("pages de formulaires")

    @property
    def kind_(self) -> Kind:
        """The kind as the policy's word."""
        return Kind(self.kind)

    def form_url(self, request: HttpRequest | None) -> str:
        """Return the address of the form itself; a page never saved, in a preview, has none."""
        return (self.get_url(request) if self.pk else None) or "/"

    @path("")
    def start(self, request: HttpRequest) -> HttpResponse:
        """The first step, with the introduction."""
        return screens.start(self, request)

    @path("<uuid:key>/effacer/")
    def erase(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """« Effacer et quitter »."""
        return screens.erase(self, request, key)

    @path("<uuid:key>/<slug:slug>/")
    def step(self, request: HttpRequest, key: UUID, slug: str) -> HttpResponse:
        """One step of a draft, the check of the answers or the confirmation."""
        return screens.step(self, request, key, slug)


class FormQuestion(AskedQuestion):
    """A question that staff add to one form."""

    page = ParentalKey(RequestFormPage, on_delete=models.CASCADE, related_name="questions")

    class Meta(AskedQuestion.Meta):
        abstract = False

    def clean(self) -> None:
        """Trim the words: they make the key."""
        self.label = " ".join(self.label.split())
        if not self.label:
            raise ValidationError({"label": _("Écrivez la question.")})
        super().clean()

    @property
    def key(self) -> str:
        """The stable name of its answer: made of its words, since publishing may give the row another number."""
        words = " ".join(self.label.split()).casefold()
        return f"f{hashlib.sha256(words.encode()).hexdigest()[:12]}"
