"""A guide to send with an answer (art. 3): searched by its words from the page of the file, then chosen; no script needed."""

from typing import Any

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from intake.models import Case
from intake.policy.roles import Actor
from intake.process.guides import Guide, guides_about, published_guide

from .form_parts import LONGEST_KEY

LONGEST_WORDS = 80
GUIDE_FIELDS = ("guide_words", "guide")


class WithGuide(forms.Form):
    """A form whose answer may end with a guide. « Chercher » sends it back as it was typed, with the guides found."""

    guide_words = forms.CharField(
        label=_("Joindre un guide"),
        required=False,
        max_length=LONGEST_WORDS,
        help_text=_("Facultatif. Écrivez un ou deux mots du guide, puis « Chercher »."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    guide = forms.ChoiceField(
        label=_("Guide à joindre"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Ce guide n'est plus publié. Choisissez-en un autre.")},
    )

    def __init__(self, data: Any = None, *, case: Case, actor: Actor) -> None:
        super().__init__(data, case=case, actor=actor)
        self.guides = _offered(data, case)
        self.order_fields([*(name for name in self.fields if name not in GUIDE_FIELDS), *GUIDE_FIELDS])
        if not self.guides and not (data or {}).get("guide"):
            del self.fields["guide"]
            return
        titles = [(str(guide.pk), guide.title) for guide in self.guides.values()]
        self.fields["guide"].choices = [("", now_("Aucun guide")), *titles]

    @property
    def chosen_guide(self) -> Guide | None:
        """The guide that leaves with the answer."""
        return self.guides.get(str(self.cleaned_data.get("guide") or ""))

    @property
    def has_words_to_search(self) -> bool:
        """Say whether words were typed and no guide was offered for them yet: the Enter key searches too."""
        return bool(str(self.data.get("guide_words", "")).strip()) and "guide" not in self.data

    def with_guides(self) -> "WithGuide":
        """Return the same form with the guides found, or with what to try when there is none."""
        if not str(self.data.get("guide_words", "")).strip():
            self.add_error("guide_words", now_("Écrivez d'abord un mot du guide que vous cherchez."))
        elif not self.guides:
            self.add_error("guide_words", now_("Aucun guide publié ne répond à ces mots. Essayez-en d'autres."))
        return self

    def kept(self) -> list[tuple[str, str]]:
        """What was typed, without the words of the search."""
        label = self.fields["guide_words"].label
        return [pair for pair in super().kept() if pair[0] != label]


def _offered(data: Any, case: Case) -> dict[str, Guide]:
    """The guide of the nature, those that the words name, and the one already chosen, each once."""
    guides = [published_guide(case.nature.guide_page_id if case.nature_id else None)]
    if data:
        chosen = str(data.get("guide", ""))
        if chosen.isdecimal() and len(chosen) < LONGEST_KEY:
            guides.append(published_guide(int(chosen)))
        guides += guides_about(str(data.get("guide_words", ""))[:LONGEST_WORDS])
    return {str(guide.pk): guide for guide in guides if guide is not None}
