"""One file on one page: what was asked, what was done, what can be done now and by whom."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from intake.excel.old_numbers import old_numbers_of_each_case, old_numbers_text
from intake.models import Case, actor_for
from intake.policy.roles import CONFIDENTIAL_KINDS, Role
from intake.policy.vocabulary import Kind, Status, Verb
from intake.process import proposal_for
from intake.process.access import CASE, record_access
from intake.process.conditions import schema_of
from snippets.availability.board import Receiver, receivers

from .actions import Offered, gesture_for, offered
from .complaint_room import complaint_context, undertaking_awaited
from .desk import Desk, desk_for
from .form_parts import ActionForm
from .history import Entry, entries, messages_of
from .identity import OPEN, asked_of, shows_identity, veil_over, with_shown_names
from .legal_page import legal_section
from .needs import Need, with_needs
from .postal import letters_of
from .relations import relations_of
from .rows import show
from .seal import attachments_of, former_words_for, past_of

# Where what is needed is not the first gesture of the list.
NEEDED = {Need.ASSIGN.value: Verb.ASSIGN, Need.CALL_BACK.value: Verb.FLAG}


def visible_case(request: HttpRequest, reference: str, *, what: str = CASE) -> Case:
    """Return the case if it exists for this account, else Http404, the same whatever the reason (art. 4.5).

    For a confidential kind, a refused attempt leaves a trace; an opening is traced by the caller that shows it.
    """
    case = Case.objects.select_related("department").filter(reference=reference).first()
    if case is None:
        raise Http404
    if not Case.objects.visible_to(request.user).filter(pk=case.pk).exists():
        record_access(case=case, by=actor_for(request.user), what=what, allowed=False, now=timezone.now())
        raise Http404
    return case


def trail() -> list[dict[str, str]]:
    """The way back to the list."""
    return [{"url": reverse("demandes_modeladmin_index"), "label": _("Demandes")}]


class CaseView(View):
    """The page of one case."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        """Show it, with one gesture already unfolded if the address says so."""
        if undertaking_awaited(request.user, reference):
            return redirect("intake_queue:undertaking", reference)
        try:
            case = visible_case(request, reference)
        except Http404:
            if _reads_former_words(request, reference):
                return redirect("intake_queue:former_words", reference)
            raise
        return show_case(request, case, unfolded=request.GET.get("geste", ""))


def _reads_former_words(request: HttpRequest, reference: str) -> bool:
    """Say whether what is left of the file, for this account, is what it said when it was confidential."""
    case = Case.objects.filter(reference=reference).first()
    return case is not None and bool(former_words_for(case, actor_for(request.user)))


def show_case(
    request: HttpRequest,
    case: Case,
    *,
    form: ActionForm | None = None,
    unfolded: str = "",
    changed: list[Entry] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the page of a case; `form` is one sent back with its errors, `changed` what others did meanwhile."""
    record_access(case=case, by=actor_for(request.user), what=CASE, allowed=True, now=timezone.now())
    context = case_context(request, case.pk)
    if form is not None:
        context["offers"], context["kept"] = _with_form(context["offers"], form)
        unfolded = form.verb.value
    context |= {"unfolded": unfolded or _first(context), "changed": changed or [], "trail": trail()}
    return render(request, "intake_queue/case.html", context, status=status)


def case_context(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Read what the page shows."""
    desk = desk_for(request.user)
    related = (
        "department",
        "department__process_schema",
        "nature__department",
        "nature__guide_page",
        "designation__employee",
        "requester",
        "waiting_reason",
        "executor",
    )
    cases = Case.objects.select_related(*related).annotate(
        old_numbers=old_numbers_of_each_case(), shows_identity=shows_identity(desk.actor)
    )
    case = with_needs(cases, desk).get(pk=pk)
    show([case], desk)
    is_new_request = case.kind_ is Kind.REQUEST and case.status_ is Status.RECEIVED
    proposal = proposal_for(case, on=desk.today) if is_new_request else None
    offers = offered(case, desk.actor)
    may_route = any(offer.form and offer.gesture.verb is Verb.ROUTE for offer in offers)
    past = past_of(case, desk.actor)
    seal = past.seal
    veil = OPEN if case.shows_identity else veil_over(case)
    return {
        "case": case,
        "desk": desk,
        "old_numbers": old_numbers_text(case.old_numbers),
        "relations": relations_of(case, desk.actor),
        "duplicates": _duplicates(offers),
        "sealed": seal is not None,
        "requester": getattr(case, "requester", None) if case.shows_identity else None,
        "asked": asked_of(case, veil, sealed=seal is not None),
        "has_former": past.has_words,
        "confidential": case.kind_ in CONFIDENTIAL_KINDS,
        "offers": offers,
        "proposal": proposal,
        "transfers": _transfers(desk),
        "recipient_said": desk.statuses.get(case.department_id),
        "can_confirm": bool(may_route and proposal and proposal.designation),
        "attachments": with_shown_names(attachments_of(case, seal), veil),
        "can_add_files": any(offer.form and offer.gesture.verb is Verb.SUPPLY for offer in offers),
        "entries": entries(case, after=seal, veil=veil),
        "messages_sent": messages_of(case, after=seal, veil=veil),
        "letters": letters_of(case, desk, after=seal),
        "due_notices": case.due_notices.select_related("message") if case.kind_ is Kind.REQUEST else [],
        "process": schema_of(case) if case.kind_ is Kind.REQUEST else None,
        **legal_section(case, desk),
        **complaint_context(case, desk.actor),
    }


def _duplicates(offers: list[Offered]) -> list[Case]:
    """The open requests that may say the same thing, while attaching to one of them is allowed."""
    form = next((offer.form for offer in offers if offer.gesture.verb is Verb.MERGE), None)
    return form.likely_cases if form is not None else []


def _transfers(desk: Desk) -> list[Receiver]:
    """List to whom the technician may transfer a call (Annexe B); nobody else sees the list here."""
    return receivers(desk.recipients.values(), statuses=desk.statuses) if desk.acts_as(Role.TECHNICIAN) else []


def _first(context: dict[str, Any]) -> str:
    """Unfold the gesture that the file needs, else the first, unless one button already confirms the grid's proposal."""
    if context["can_confirm"]:
        return ""
    possible = [offer.gesture.verb for offer in context["offers"] if offer.form]
    needed = NEEDED.get(context["case"].need)
    first = needed if needed in possible else next(iter(possible), None)
    return first.value if first else ""


def _with_form(offers: list, form: ActionForm) -> tuple[list, list[tuple[str, str]]]:
    """Put the form that was sent back in the place of the empty one; if its gesture is no longer allowed, keep the text."""
    gesture = gesture_for(form.case.kind_, form.verb)
    allowed = [offer.gesture for offer in offers if offer.form is not None]
    if gesture not in allowed:
        return offers, form.kept()
    return [offer.with_form(form) if offer.gesture is gesture else offer for offer in offers], []
