"""What a file said when it was confidential, on a page of its own: opening it is written (art. 4.5)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views import View

from intake.models import Case, actor_for
from intake.policy.roles import sees
from intake.process.access import FORMER, record_access

from .case_page import trail
from .seal import former_words_for


class FormerWordsView(View):
    """The words that a complaint, a claim or an access request held before it became of another kind."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        """Show them to whoever could read them then, the file itself seen or not; for others the page does not exist."""
        case, actor = Case.objects.filter(reference=reference).first(), actor_for(request.user)
        if case is None or not case.former_words.exists():
            raise Http404
        kept = former_words_for(case, actor)
        record_access(case=case, by=actor, what=FORMER, allowed=bool(kept), now=timezone.now())
        if not kept:
            raise Http404
        context = {"case": case, "kept": kept, "visible": sees(actor, case.facts_of_sight()), "trail": trail()}
        response = render(request, "intake_queue/former_words.html", context)
        response["Cache-Control"] = "no-store, private"
        return response
