"""The list and the form of the texts that Guichet sends, with the variables each may use."""

from collections.abc import Mapping
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import Column, UpdatedAtColumn

from snippets.message_codes import MESSAGE_CODES
from snippets.models import MessageText

from .variables import MEANINGS, missing_from
from .viewset import GridCreateView, GridEditView, GridViewSet

AUDIENCES = {"citizen": _("Citoyen"), "staff": _("Personnel")}


def audience_of(text: MessageText) -> object:
    """Who receives the message, in words."""
    return AUDIENCES[MESSAGE_CODES[text.code].audience] if text.code in MESSAGE_CODES else ""


class MessageTextForm(WagtailAdminModelForm):
    """Offers the messages that have no text yet; which message it is never changes afterwards."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["code"].disabled = True
            return
        written = set(MessageText.objects.values_list("code", flat=True))
        field = self.fields["code"]
        field.choices = [(code, label) for code, label in field.choices if code not in written]


class VariablesPanel(HelpPanel):
    """The words in braces that this message may use, what each becomes, and which it can't do without."""

    class BoundPanel(HelpPanel.BoundPanel):
        """The list for one message, or for all of them while none is chosen."""

        def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
            """Give the template the messages with their variables."""
            context = super().get_context_data(parent_context)
            chosen = MESSAGE_CODES.get(self.instance.code)
            context["lists"] = [
                {"title": item.title, "variables": [(f"{{{name}}}", MEANINGS[name]) for name in item.variables]}
                for item in ([chosen] if chosen else MESSAGE_CODES.values())
            ]
            context["is_chosen"] = bool(chosen)
            return context


class WarnsOfMissingMixin:
    """After saving, names what the reader will miss; the text is saved all the same: it is the town's."""

    def form_valid(self, form: forms.ModelForm) -> HttpResponse:
        """Save, then warn."""
        response = super().form_valid(form)
        missing = missing_from(f"{self.object.subject} {self.object.body}", self.object.code)
        if missing:
            text = now_("Ce texte est enregistré, mais il ne dit pas : %(missing)s. Est-ce voulu?")
            said = ", ".join(f"{MEANINGS[name]} {{{name}}}" for name in missing)
            messages.warning(self.request, text % {"missing": said})
        return response


class MessageCreateView(WarnsOfMissingMixin, GridCreateView):
    """Write the text of a message."""


class MessageEditView(WarnsOfMissingMixin, GridEditView):
    """Change the text of a message."""


class MessageTextFilters(WagtailFilterSet):
    """By who receives it."""

    audience = django_filters.ChoiceFilter(
        choices=list(AUDIENCES.items()),
        label=_("Destinataire"),
        method="sent_to",
        widget=forms.RadioSelect,
        empty_label=_("Tous"),
    )

    class Meta:
        model = MessageText
        fields = ["audience"]

    def sent_to(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep the messages for this audience."""
        return rows.filter(code__in=[code for code, item in MESSAGE_CODES.items() if item.audience == value])


class MessageTextViewSet(GridViewSet):
    """Texts of messages."""

    model = MessageText
    icon = "mail"
    menu_label = _("Textes des messages")
    add_view_class = MessageCreateView
    edit_view_class = MessageEditView
    filterset_class = MessageTextFilters
    search_fields = ["code", "subject", "body"]
    ordering = ["code"]
    edit_handler = ObjectList(
        [
            FieldPanel("code"),
            FieldPanel("subject"),
            FieldPanel("body"),
            VariablesPanel(template="snippets/message_variables.html", heading=_("Variables possibles")),
        ],
        base_form_class=MessageTextForm,
    )
    list_display = [
        "__str__",
        Column("audience", label=_("Destinataire"), accessor=audience_of),
        Column("subject", label=_("Objet"), sort_key="subject"),
        UpdatedAtColumn(),
    ]
