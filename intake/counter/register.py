"""« Nouvelle demande »: the technician files for a citizen, then reads him his number (art. 4.1, tricky case 16)."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from intake.forms.promises import expectation
from intake.mail.values import absolute
from intake.models import Case, Requester, actor_for
from intake.policy.counter import may_register
from intake.policy.roles import Actor
from intake.policy.vocabulary import Kind
from intake.process import Refused, route
from intake.queue.case_page import visible_case
from snippets.models import TownSettings

from .contact import CONTACT_FIELDS
from .known import chosen, name_or_phone, search
from .papers import code_to_read
from .posting import file_posted
from .register_form import QUESTIONS_OF, RegisterForm
from .spelling import spelled

THEN, ROUTE = "puis", "confier"
UNPROCESSABLE = 422
LONGEST_NATURE = 140


def trail() -> list[dict[str, str]]:
    """The way back to the list of demands."""
    return [{"url": reverse("demandes_modeladmin_index"), "label": _("Demandes")}]


def registrar(request: HttpRequest) -> Actor:
    """Return who files here; Http404 for anyone else."""
    actor = actor_for(request.user)
    if not may_register(actor):
        raise Http404
    return actor


class RegisterView(View):
    """The form, with the search of a known requester above it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it empty, or with the requester that was found."""
        actor = registrar(request)
        known = chosen(request.GET.get("demandeur", ""), actor=actor)
        initial = _contact_of(known) if known else name_or_phone(request.GET.get("q", ""))
        if request.GET.get("sorte") in {kind.value for kind in Kind}:
            initial["kind"] = request.GET["sorte"]
        return _show(request, actor, RegisterForm(initial=initial), known=known)

    def post(self, request: HttpRequest) -> HttpResponse:
        """File it, or show what is missing with all that was typed."""
        actor = registrar(request)
        posted = file_posted(request, RegisterForm, by=actor, now=timezone.now())
        case = posted.case
        if case is None:
            return _show(request, actor, posted.form, status=UNPROCESSABLE)
        if posted.is_new and request.POST.get(THEN) == ROUTE and case.kind_ is Kind.REQUEST:
            _route(request, case, actor)
        return redirect("intake_counter:receipt", case.reference)


def _contact_of(known: Requester) -> dict[str, str]:
    return {name: getattr(known, name) for name in CONTACT_FIELDS if getattr(known, name)}


def _route(request: HttpRequest, case: Case, actor: Actor) -> None:
    """Give it to the service at once; what stops it is said, the demand stays filed."""
    try:
        route(pk=case.pk, by=actor, now=timezone.now())
    except Refused as refused:
        messages.warning(request, _("La demande est inscrite, mais pas confiée. %(why)s") % {"why": refused})


def _show(
    request: HttpRequest, actor: Actor, form: RegisterForm, *, known: Requester | None = None, status: int = 200
) -> HttpResponse:
    words = request.GET.get("q", "")
    people = search(words, actor=actor) if words else []
    focus = "nature" if known else "last_name" if words and not people else form.first_to_mend()
    if focus:
        form.fields[focus].widget.attrs["autofocus"] = True
    context = {
        "form": form,
        "known": known,
        "words": words,
        "people": people,
        "focus": focus,
        "questions_of": QUESTIONS_OF,
        "trail": trail(),
    }
    return render(request, "intake_counter/register.html", context, status=status)


class QuestionsView(View):
    """The questions of a nature, for the form already on the screen."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them as the whole form would."""
        registrar(request)
        form = RegisterForm(initial={"nature": request.GET.get("nature", "")[:LONGEST_NATURE]})
        return render(request, "intake_counter/questions.html", {"form": form, "questions_of": QUESTIONS_OF})


class ReceiptView(View):
    """The number and the code, to read aloud or to print."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        """Show them; the code only to who filed, and for a while."""
        actor = registrar(request)
        case = visible_case(request, reference)
        code = code_to_read(case, user_id=actor.user_id, now=timezone.now())
        requester = getattr(case, "requester", None)
        context = {
            "case": case,
            "requester": requester,
            "tracking_code": code,
            "spelled": spelled(code),
            "expectation": expectation(case),
            "town": TownSettings.load(),
            "tracking_url": absolute(reverse("tracking")),
            "trail": trail(),
        }
        return render(request, "intake_counter/receipt.html", context)
