"""Texts to start from when writing to a citizen (Annexe A, point 5): chosen in a list, added to what is typed."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from intake.models import Case
from intake.policy.roles import Actor
from snippets.models import ReplyText


class WithReplyTexts(forms.Form):
    """A form whose `public_message` may begin with a text of the town; it works without script.

    « Insérer » sends the form back as it was typed, with the text added: nothing is saved.
    """

    reply_text = forms.ModelChoiceField(
        ReplyText.objects.none(),
        label=_("Texte de départ"),
        required=False,
        empty_label=_("Choisir un texte"),
        help_text=_("Il s'ajoute à la case ci-dessous; vous le corrigez ensuite."),
    )

    def __init__(self, data: Any = None, *, case: Case, actor: Actor) -> None:
        super().__init__(data, case=case, actor=actor)
        of_service = Q(department__isnull=True) | Q(department_id=case.department_id)
        self.fields["reply_text"].queryset = ReplyText.objects.offered().filter(of_service)
        names = [name for name in self.fields if name != "reply_text"]
        names.insert(names.index("public_message"), "reply_text")
        self.order_fields(names)

    def with_reply(self) -> "WithReplyTexts":
        """Return the same form with the chosen text after what is typed."""
        choice = str(self.data.get("reply_text", ""))
        chosen = self.fields["reply_text"].queryset.filter(pk=choice).first() if choice.isdecimal() else None
        typed = self.data.copy()
        typed["reply_text"] = ""
        if chosen is not None:
            already = typed.get("public_message", "").rstrip()
            typed["public_message"] = f"{already}\n\n{chosen.body}" if already else chosen.body
        form = type(self)(typed, case=self.case, actor=self.actor)
        if chosen is None:
            form.add_error("reply_text", now_("Choisissez d'abord un texte dans la liste."))
        return form

    def kept(self) -> list[tuple[str, str]]:
        """What was typed, without the choice in the list."""
        label = self.fields["reply_text"].label
        return [pair for pair in super().kept() if pair[0] != label]
