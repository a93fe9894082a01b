"""One gesture on several files: each shown with its proposal, then done in a transaction of its own.

The result says which worked and why the others did not.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views import View

from intake.models import Case
from intake.policy.roles import Actor
from intake.policy.transitions import refusal
from intake.policy.vocabulary import Verb
from intake.process import CaseChanged, NotVisible, Refused, classify, route
from intake.process.proposals import BulkProposal, proposals_for
from snippets.availability.words import Said
from snippets.models import RequestNature

from .case_page import trail
from .desk import Desk, desk_for, has_sight
from .form_parts import LONGEST_KEY, NatureField

MOST = 200
RESULT = "guichet_bulk_result"
UNREAD = _("On ne sait pas ce que vous aviez lu de cette demande. Ouvrez-la avant de recommencer.")
TITLES = {Verb.ROUTE: _("Confier au service proposé"), Verb.CLASSIFY: _("Classer")}


@dataclass(frozen=True)
class BulkRow:
    """One file on the confirmation: what is proposed, or why it can't be done."""

    proposal: BulkProposal
    refusal: str = ""
    said: Said | None = None  # whether the Responsable can be reached (Annexe B)


class BulkView(View):
    """Choose, confirm, do; three POSTs, of which only the last writes."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Nothing is chosen: back to the list."""
        if not has_sight(request.user):
            raise Http404
        return redirect("demandes_modeladmin_index")

    def post(self, request: HttpRequest) -> HttpResponse:
        """Show what would be done, or do it."""
        desk = desk_for(request.user)
        if not has_sight(request.user):
            raise Http404
        verb = _verb(request.POST.get("geste", ""))
        nature = _nature(request.POST.get("nature", ""))
        cases = chosen_cases(desk, request.POST.getlist("demande"))
        if request.POST.get("etape") == "confirmer" and (verb is Verb.ROUTE or nature):
            request.session[RESULT] = _do(request, cases, verb, nature, desk.actor)
            return redirect("intake_queue:bulk_result")
        return render(request, "intake_queue/bulk_confirm.html", _context(request, desk, verb, nature, cases))


class BulkResultView(View):
    """What the last gesture on several files did."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it; a reload does nothing again."""
        result = request.session.get(RESULT)
        if not has_sight(request.user):
            raise Http404
        if result is None:
            return redirect("demandes_modeladmin_index")
        return render(request, "intake_queue/bulk_result.html", {"result": result, "trail": trail()})


def chosen_cases(desk: Desk, references: list[str]) -> list[Case]:
    """Read the files chosen that exist for this desk, in the order chosen."""
    wanted = list(dict.fromkeys(references))[:MOST]
    related = ("department", "nature__department")
    cases = Case.objects.visible_to_actor(desk.actor).filter(reference__in=wanted).select_related(*related)
    found = {case.reference: case for case in cases.prefetch_related("pauses")}
    return [found[reference] for reference in wanted if reference in found]


def _verb(name: str) -> Verb:
    for verb in TITLES:
        if verb.value == name:
            return verb
    raise Http404


def _nature(pk: str) -> RequestNature | None:
    number = _number(pk)
    if number is None:
        return None
    return RequestNature.objects.offered().select_related("department").filter(pk=number).first()


def _number(text: str) -> int | None:
    """Read a key or a version; None for what no row can have."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST_KEY else None


def _rows(desk: Desk, verb: Verb, nature: RequestNature | None, cases: list[Case]) -> Iterator[BulkRow]:
    for proposal in proposals_for(cases, in_force=desk.recipients, nature=nature):
        reason = refusal(proposal.case.kind_, proposal.case.status_, verb, desk.actor)
        why = reason.reason if reason else ""
        # Classifying is possible whatever the warning; routing is what the warning forbids.
        said = desk.statuses.get(proposal.department.pk)
        yield BulkRow(proposal, why or (proposal.warning if verb is Verb.ROUTE else ""), said)


def _context(
    request: HttpRequest, desk: Desk, verb: Verb, nature: RequestNature | None, cases: list[Case]
) -> dict[str, Any]:
    rows = list(_rows(desk, verb, nature, cases))
    return {
        "title": TITLES[verb],
        "verb": verb.value,
        "nature": nature,
        "nature_field": NatureField(empty_label=_("Choisir une nature")),
        "possible": [row for row in rows if not row.refusal],
        "refused": [row for row in rows if row.refusal],
        "back": _back(request),
        "trail": trail(),
    }


def _back(request: HttpRequest) -> str:
    """The list as it was, filters included; never an address of another site."""
    address = request.POST.get("retour", "")
    if url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return address
    return reverse("demandes_modeladmin_index")


def _do(request: HttpRequest, cases: list[Case], verb: Verb, nature: RequestNature | None, by: Actor) -> dict[str, Any]:
    done, failed = [], []
    for case in cases:
        seen = _number(request.POST.get(f"version-{case.reference}", ""))
        reason = str(UNREAD) if seen is None else _do_one(case, verb, nature, by, seen)
        if reason:
            failed.append([case.reference, reason])
        else:
            done.append(case.reference)
    return {"title": str(TITLES[verb]), "done": done, "failed": failed, "back": _back(request)}


def _do_one(case: Case, verb: Verb, nature: RequestNature | None, by: Actor, seen_version: int) -> str:
    """Call the verb for one file, in its own transaction; return why it did not work, or nothing."""
    common = {"pk": case.pk, "by": by, "now": timezone.now(), "seen_version": seen_version}
    try:
        if verb is Verb.ROUTE:
            route(**common)
        else:
            classify(**common, nature=nature)
    except Refused as refused:
        return str(refused)
    except CaseChanged:
        return str(_("Quelqu'un a agi sur cette demande entre-temps. Ouvrez-la avant de recommencer."))
    except NotVisible:
        return str(_("Cette demande ne vous est plus accessible."))
    return ""
