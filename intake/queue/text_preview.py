"""The text of a message as it would read, before it is saved: an invented file for all, a real one for who may see it."""

from typing import Any, ClassVar

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.snippets.action_menu import ActionMenuItem

from intake.mail.sample import rehearsed
from intake.models import Case, actor_for
from intake.policy.references import parse_reference
from intake.policy.roles import sees_identity
from intake.process.access import CASE, record_access
from snippets.message_codes import MESSAGE_CODES
from snippets.models import MessageText

from .desk import has_sight

MAY_WRITE = "snippets.change_messagetext"
CODE = "code"
# The button on the screen of the text.
BUTTON_PLACE = 50
LONGEST_REFERENCE = 20


class UnsavedTextForm(forms.ModelForm):
    """Subject and body as they are typed; what is wrong with them is said as on saving."""

    class Meta:
        model = MessageText
        fields: ClassVar = ["subject", "body"]
        widgets: ClassVar = {"subject": forms.HiddenInput, "body": forms.HiddenInput}


class ReferenceForm(forms.Form):
    """Which file to read the text with."""

    reference = forms.CharField(
        label=gettext_lazy("Numéro d'un dossier"),
        required=False,
        max_length=LONGEST_REFERENCE,
        help_text=gettext_lazy("Par exemple : 2026-0005. Vide, le texte est lu avec un dossier inventé."),
        widget=forms.TextInput(attrs={"size": 14, "autocomplete": "off"}),
    )


class TextPreviewView(View):
    """« Voir le texte rempli »."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the text as it is saved."""
        return self._show(request, request.GET)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Show the text as it is typed; nothing is saved and nothing is sent."""
        return self._show(request, request.POST)

    def _show(self, request: HttpRequest, given: QueryDict) -> HttpResponse:
        if not request.user.has_perm(MAY_WRITE):
            raise Http404
        code = request.GET.get(CODE) or given.get(CODE, "")
        if not code:  # a new text whose message is not chosen yet
            return render(
                request, "intake_queue/text_preview.html", {"title": _("Texte d'un message"), "trail": _trail()}
            )
        text = _text(code)
        typed = UnsavedTextForm(given if request.method == "POST" else _as_saved(text), instance=text)
        asked = ReferenceForm(given) if has_sight(request.user) else None
        case = _case(request, asked)
        letter = None
        if typed.is_valid():
            letter = rehearsed(typed.instance, case, now=timezone.localtime())
        context = {
            "code": text.code,
            "title": MESSAGE_CODES[text.code].title,
            "typed": typed,
            "form": asked,
            "case": case,
            "letter": letter,
            "trail": _trail(),
        }
        return render(request, "intake_queue/text_preview.html", context)


def _trail() -> list[dict[str, str]]:
    return [{"url": reverse("wagtailsnippets_snippets_messagetext:list"), "label": _("Textes des messages")}]


def _text(code: str) -> MessageText:
    """The text of this code, saved or about to be; Http404 for a message that does not exist."""
    if code not in MESSAGE_CODES:
        raise Http404
    return MessageText.objects.filter(code=code).first() or MessageText(code=code)


def _as_saved(text: MessageText) -> dict[str, str]:
    return {"subject": text.subject, "body": text.body}


def _case(request: HttpRequest, asked: ReferenceForm | None) -> Case | None:
    """The file whose words fill the text: one that exists for this account (art. 4.5), and whose author it may know.

    A confidential one is traced, seen or refused, as its page is.
    """
    if asked is None or not asked.is_valid() or not asked.cleaned_data["reference"].strip():
        return None
    actor = actor_for(request.user)
    reference = parse_reference(asked.cleaned_data["reference"]) or ""
    case = Case.objects.select_related("department", "requester").filter(reference=reference).first()
    visible = case is not None and Case.objects.visible_to(request.user).filter(pk=case.pk).exists()
    if case is not None:
        allowed = visible and sees_identity(actor, case.facts_of_sight())
        record_access(case=case, by=actor, what=CASE, allowed=allowed, now=timezone.now())
        if allowed:
            return case
    asked.add_error("reference", _("Aucun dossier que vous pouvez lire ne porte ce numéro. Vérifiez-le."))
    return None


class PreviewTextItem(ActionMenuItem):
    """The button beside « Enregistrer »: a plain form button, in a new tab, so that what is typed stays where it is."""

    name = "apercu-texte"
    template_name = "intake_queue/text_preview_button.html"

    def __init__(self) -> None:
        super().__init__(order=BUTTON_PLACE)

    def get_url(self, parent_context: dict[str, Any]) -> str:
        """The address, with the message when the screen no longer lets it be chosen."""
        address = reverse("intake_queue:text_preview")
        instance = parent_context.get("instance")
        return f"{address}?{CODE}={instance.code}" if instance and instance.pk else address


def preview_item(model: type) -> PreviewTextItem | None:
    """Offer the preview on the screen of a message text, and on no other."""
    return PreviewTextItem() if model is MessageText else None
