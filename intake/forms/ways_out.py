"""Where a complaint form leads when it is not the right door: a request, or another recourse (art. 2.3, 4.1; domain case 7, 21)."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from intake.models.complaint import TARGET_LABELS
from intake.policy.complaint_target import Target
from snippets.models import CompetentBody

from . import drafts, shown
from .complaint import TargetForm
from .journey import Journey
from .step_form import Row

SEE_OTHER = 303


def way_out(journey: Journey, request: HttpRequest, form: TargetForm) -> HttpResponse | None:
    """Lead elsewhere if the answers say so; nothing of what was typed is kept then."""
    form.is_valid()
    if form.other_recourse is not None:
        return other_recourse(journey, request, form.other_recourse)
    request_form = shown.way_out_url(journey.page, request)
    if form.wants_repair and request_form:
        drafts.erase(journey.draft)
        return HttpResponseRedirect(request_form, status=SEE_OTHER)
    return None


def other_recourse(journey: Journey, request: HttpRequest, target: Target) -> HttpResponse:
    """Say who can help; what was already typed is shown once, to be copied, and erased from our side."""
    typed: list[Row] = [
        row
        for slug in journey.slugs
        if slug != TargetForm.slug and journey.stored(slug)
        for row in journey.judged_form(slug).typed_rows()
    ]
    drafts.erase(journey.draft)
    context = journey.page.get_context(request) | {
        "target": TARGET_LABELS[target.value],
        "bodies": CompetentBody.objects.offered().filter(recourse_for=target.value),
        "typed": typed,
        "start_url": journey.page.form_url(request),
    }
    return TemplateResponse(request, "intake_forms/other_recourse.html", context)
