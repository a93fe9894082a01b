"""What the citizen sees of a form: read the input, keep it, call one thing, redirect."""

import re
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from intake.process import Refused

from . import after, drafts, filing, shown, uploads
from .journey import REVIEW, Journey
from .sender import DRAFTS, FILINGS
from .step_form import CHECK, DEMAND, NATURE, StepForm
from .steps import CONFIRMATION

if TYPE_CHECKING:
    from .models import Draft, RequestFormPage

SEE_OTHER, GONE, UNPROCESSABLE, TOO_MANY = 303, 410, 422, 429
FILE_ID = re.compile(r"[0-9]{1,18}")


def private(response: HttpResponse) -> HttpResponse:
    """Keep what a citizen typed out of caches and search engines: the next person at a library's computer reads nothing."""
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def redirect(address: str) -> HttpResponse:
    """See other: what is shown next is asked for with GET, so that a reload sends nothing again."""
    response = HttpResponseRedirect(address)
    response.status_code = SEE_OTHER
    return private(response)


# --- The first page ------------------------------------------------------------------------------


def start(page: "RequestFormPage", request: HttpRequest) -> HttpResponse:
    """The introduction and the first step; nothing is kept before something is sent."""
    journey = Journey(page, nature_code=request.GET.get("nature", ""))
    slug = journey.first_slug
    if request.method != "POST" or getattr(request, "is_preview", False):
        return show(journey, request, journey.form(slug), is_start=True)
    now = timezone.now()
    form = journey.form(slug, request.POST)
    if DRAFTS.is_shut(request, now):
        form.add_error(None, wait_message())
        return show(journey, request, form, is_start=True, status=TOO_MANY)
    DRAFTS.count(request, now)
    draft = drafts.begin(page, nature_code=journey.nature_code if journey.nature else "", now=now)
    return take_step(Journey(page, draft), request, slug)


def wait_message() -> str:
    """What someone reads who sends too much at once; the telephone stays open."""
    return _(
        "Beaucoup de demandes viennent d'être envoyées depuis cette connexion. Vos réponses sont gardées : "
        "réessayez dans une heure, ou téléphonez-nous."
    )


# --- The steps of a draft ------------------------------------------------------------------------


def step(page: "RequestFormPage", request: HttpRequest, key: UUID, slug: str) -> HttpResponse:
    """Show or take one step; an address that is no step is a 404, a draft whose time is over says so."""
    journey = Journey(page)
    if slug not in (*journey.slugs, CONFIRMATION):
        raise Http404
    draft = drafts.find(page, key, now=timezone.now())
    if draft is None:
        return expired(journey, request, slug)
    journey = Journey(page, draft)
    if draft.case is not None:
        return filed(journey, request, slug)
    if slug == CONFIRMATION:
        return redirect(journey.url(request, journey.first_incomplete() or CHECK))
    if request.method == "POST":
        return take_step(journey, request, slug)
    return show_step(journey, request, slug)


def show_step(journey: Journey, request: HttpRequest, slug: str) -> HttpResponse:
    """Show a step with what was typed; the check only once all the rest is there."""
    if slug == DEMAND and NATURE in journey.slugs and not journey.judged_form(NATURE).is_valid():
        return redirect(journey.url(request, NATURE, review=True))
    if slug == CHECK:
        missing = journey.first_incomplete()
        if missing is not None:
            return redirect(journey.url(request, missing, review=True))
    form = journey.judged_form(slug) if REVIEW in request.GET else journey.form(slug)
    return show(journey, request, form)


def take_step(journey: Journey, request: HttpRequest, slug: str) -> HttpResponse:
    """Keep what was typed, good or not; go on when it is good, else say what to correct."""
    form = journey.form(slug, request.POST)
    if slug == CHECK and form.is_valid():
        return send(journey, request, form)
    file_errors = keep(journey, request, form)
    if FILE_ID.fullmatch(request.POST.get("remove_file", "")):
        uploads.remove(journey.draft, int(request.POST["remove_file"]))
        return redirect(journey.url(request, slug) + "#fichiers")
    if "add_files" in request.POST and not file_errors:
        return redirect(journey.url(request, slug) + "#fichiers")
    for error in file_errors:
        form.add_error("files", error)
    if not form.is_valid():
        return show(journey, request, form, status=UNPROCESSABLE)
    # A nature just chosen changes what the next step asks: look with fresh eyes.
    after_this = Journey(journey.page, journey.draft)
    return redirect(after_this.url(request, after_this.first_incomplete() or CHECK, review=True))


def keep(journey: Journey, request: HttpRequest, form: StepForm) -> list[str]:
    """Put the words, then the good files, into the draft; return what is wrong with the other files."""
    now = timezone.now()
    drafts.save(journey, form, now=now)
    given = request.FILES.getlist("files") if "files" in form.fields else []
    return uploads.add(journey.draft, given, now=now)


def send(journey: Journey, request: HttpRequest, form: StepForm) -> HttpResponse:
    """« Envoyer »: what was typed goes with the demand, in its transaction; it is kept in the draft if that fails."""
    now = timezone.now()
    if FILINGS.is_shut(request, now):
        keep(journey, request, form)
        form.add_error(None, wait_message())
        return show(journey, request, form, status=TOO_MANY)
    try:
        with transaction.atomic():
            filing.send(journey.draft.key, journey.page, form, now=now)
            FILINGS.count(request, now)
    except filing.Incomplete as incomplete:
        keep(journey, request, form)
        return redirect(journey.url(request, incomplete.slug, review=True))
    except filing.Gone:
        return expired(journey, request, CHECK)
    except Refused as refused:
        keep(journey, request, form)
        for refusal in refused.refusals:
            form.add_error(None, str(refusal.reason))
        return show(journey, request, form, status=UNPROCESSABLE)
    return redirect(journey.url(request, CONFIRMATION))


def erase(page: "RequestFormPage", request: HttpRequest, key: UUID) -> HttpResponse:
    """« Effacer et quitter »: for a computer that others use."""
    if request.method != "POST":
        return redirect(page.form_url(request))
    draft = drafts.find(page, key, now=timezone.now())
    if draft is not None:
        drafts.erase(draft)
    messages.success(request, _("Vos réponses et vos fichiers sont effacés de ce formulaire."))
    return redirect(page.form_url(request))


# --- What is shown -------------------------------------------------------------------------------


def show(
    journey: Journey, request: HttpRequest, form: StepForm, *, is_start: bool = False, status: int = 200
) -> HttpResponse:
    """Render one step."""
    context = journey.page.get_context(request) | {
        "journey": journey,
        "form": form,
        "is_start": is_start,
        "reviewing": REVIEW in request.GET and request.method == "GET",
        "request_form_url": shown.way_out_url(journey.page, request) if is_start else "",
        **shown.step_context(journey, request, form),
    }
    template = f"intake_forms/{'check' if form.slug == CHECK else 'step'}.html"
    response = TemplateResponse(request, template, context, status=status)
    return response if is_start and request.method == "GET" else private(response)


def filed(journey: Journey, request: HttpRequest, slug: str) -> HttpResponse:
    """The demand is received: every address of its draft leads to the confirmation."""
    if slug != CONFIRMATION or request.method == "POST":
        return redirect(journey.url(request, CONFIRMATION))
    context = journey.page.get_context(request) | after.confirmation(journey, now=timezone.now())
    context["erase_url"] = journey.erase_url(request)
    return private(TemplateResponse(request, "intake_forms/confirmation.html", context))


def expired(journey: Journey, request: HttpRequest, slug: str) -> HttpResponse:
    """« Ce formulaire a expiré »: what was in this very POST goes into a new draft, the rest is gone."""
    draft: Draft | None = None
    now = timezone.now()
    if request.method == "POST" and slug in journey.slugs and not DRAFTS.is_shut(request, now):
        DRAFTS.count(request, now)
        asked = Journey(journey.page, nature_code=request.POST.get("nature", ""))
        draft = drafts.begin(journey.page, nature_code=asked.nature_code, now=now)
        journey = Journey(journey.page, draft)
        keep(journey, request, journey.form(slug, request.POST))
        journey = Journey(journey.page, draft)
    missing = (journey.first_incomplete() or CHECK) if draft else ""
    context = journey.page.get_context(request) | {
        "resume_url": journey.url(request, missing) if draft else "",
        "start_url": journey.page.form_url(request),
        "typed": list(journey.judged_form(slug).typed_rows()) if draft else [],
    }
    return private(TemplateResponse(request, "intake_forms/expired.html", context, status=GONE))
