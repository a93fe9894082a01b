"""« À poster »: the letters of those who have no e-mail, printed together, then marked as gone."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View

from intake.letters import addressee_of, as_docx, as_one_pdf, as_pdf, sheet_of
from intake.models import PostalLetter, actor_for
from intake.models.choices import choices
from intake.models.postal import WAY_LABELS
from intake.policy.letters import Way
from intake.process import NotVisible, Refused
from intake.process.posting import mark_posted, print_letters
from snippets.models import TownSettings

from .case_page import trail
from .desk import Desk, desk_for
from .listing import TAB, tab_counts
from .postal import letters_tab, posts_letters, shown
from .tabs import TABS

CHOSEN, FORMAT, MOST, PER_PAGE = "lettre", "format", 200, 50
PDF, DOCX = "pdf", "docx"
UNPROCESSABLE = 422
DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class PostingForm(forms.Form):
    """On which day the letters left, and how."""

    posted_on = forms.DateField(
        label=gettext_lazy("Jour de l'envoi"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": gettext_lazy("Indiquez le jour où la lettre est partie.")},
    )
    way = forms.ChoiceField(label=gettext_lazy("Mode d'envoi"), choices=choices(WAY_LABELS), initial=Way.POST.value)


def chosen(request: HttpRequest) -> list[int]:
    """The letters ticked; what is no number is no letter."""
    return [int(pk) for pk in request.POST.getlist(CHOSEN)[:MOST] if pk.isdecimal() and len(pk) < len(str(2**63))]


def poster_desk(request: HttpRequest) -> Desk:
    """The desk of someone who posts letters; for others the page does not exist."""
    desk = desk_for(request.user)
    if not posts_letters(desk):
        raise Http404
    return desk


class LettersView(View):
    """The list, and the gesture that says they left."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show what waits, oldest first."""
        return show_letters(request, poster_desk(request))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Mark the chosen letters as gone, then back to the list, or to the file that asked."""
        desk, pks, form = poster_desk(request), chosen(request), PostingForm(request.POST)
        if not pks:
            form.add_error(None, _("Cochez au moins une lettre."))
        if not form.is_valid():
            return show_letters(request, desk, form=form, ticked=pks, status=UNPROCESSABLE)
        try:
            gone = mark_posted(
                pks=pks,
                posted_on=form.cleaned_data["posted_on"],
                way=Way(form.cleaned_data["way"]),
                by=actor_for(request.user),
                now=timezone.now(),
            )
        except NotVisible:
            raise Http404 from None
        except Refused as refused:
            form.add_error("posted_on", str(refused))
            return show_letters(request, desk, form=form, ticked=pks, status=UNPROCESSABLE)
        messages.success(request, _done(len(gone)))
        if len(pks) == 1 and request.POST.get("dossier") and gone:
            return redirect("intake_queue:case", gone[0].case.reference)
        return redirect("intake_queue:letters")


class PrintLettersView(View):
    """The chosen letters as one PDF, or one of them as a Word document."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Printing is noted, so it is never a mere link: back to the list."""
        poster_desk(request)
        return redirect("intake_queue:letters")

    def post(self, request: HttpRequest) -> HttpResponse:
        """Send the file."""
        desk, pks = poster_desk(request), chosen(request)
        kind = DOCX if request.POST.get(FORMAT) == DOCX else PDF
        trouble = _trouble(pks, kind)
        if trouble:
            form = PostingForm(initial=_today())
            return show_letters(request, desk, form=form, ticked=pks, trouble=trouble, status=UNPROCESSABLE)
        try:
            letters = print_letters(pks=pks, by=actor_for(request.user), now=timezone.now())
        except NotVisible:
            raise Http404 from None
        return _file(letters, kind)


def _trouble(pks: list[int], kind: str) -> str:
    if not pks:
        return _("Cochez au moins une lettre.")
    return _("Pour Word, cochez une seule lettre.") if kind == DOCX and len(pks) > 1 else ""


def _file(letters: list[PostalLetter], kind: str) -> HttpResponse:
    town = TownSettings.load()
    sheets = [sheet_of(letter, town) for letter in letters]
    name = f"lettre-{letters[0].case.reference}" if len(letters) == 1 else f"lettres-{timezone.localdate()}"
    if kind == DOCX:
        content, content_type = as_docx(sheets[0], town), DOCX_TYPE
    else:
        whole = as_pdf(sheets[0], town) if len(sheets) == 1 else as_one_pdf(sheets, town, title=_("Lettres à poster"))
        content, content_type = whole, "application/pdf"
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _done(number: int) -> str:
    return ngettext(
        "%(count)s lettre est notée comme partie.", "%(count)s lettres sont notées comme parties.", number
    ) % {"count": number}


def _today() -> dict[str, Any]:
    return {"posted_on": timezone.localdate(), "way": Way.POST.value}


def show_letters(
    request: HttpRequest,
    desk: Desk,
    *,
    form: PostingForm | None = None,
    ticked: list[int] | None = None,
    trouble: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render the list; `ticked` are the boxes to keep after a mistake."""
    waiting = PostalLetter.objects.to_post().in_the_hands_of(desk.actor).select_related("case__requester")
    paginator = Paginator(waiting.order_by("made_at", "pk"), PER_PAGE)
    page = paginator.get_page(request.GET.get("p"))
    context = {
        "tabs": _tabs(desk),
        "rows": [
            {"shown": shown(letter), "to": _address(letter), "ticked": letter.pk in (ticked or ())} for letter in page
        ],
        "page_obj": page,
        "paginator": paginator,
        "form": form or PostingForm(initial=_today()),
        "trouble": trouble,
        "trail": trail(),
    }
    return render(request, "intake_queue/letters.html", context, status=status)


def _address(letter: PostalLetter) -> tuple[str, ...]:
    requester = getattr(letter.case, "requester", None)
    return addressee_of(requester) if requester else ()


def _tabs(desk: Desk) -> list[dict[str, Any]]:
    counts, index = tab_counts(desk), reverse("demandes_modeladmin_index")
    tabs = [
        {"label": tab.label, "url": f"{index}?{TAB}={tab.key}", "count": counts.get(tab.key), "current": False}
        for tab in TABS
        if tab.exists_for(desk)
    ]
    return tabs + letters_tab(desk, current=True)
