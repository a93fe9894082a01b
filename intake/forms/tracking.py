"""`/suivi/`: reference + tracking code → where the file stands, in plain words (art. 2.3). A list says what may be shown."""

import hmac
from dataclasses import dataclass
from datetime import date, datetime

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.models import Case, CaseEvent
from intake.models.choices import KIND_LABELS
from intake.policy.references import parse_reference, tracking_hash
from intake.policy.vocabulary import Kind, Status, Verb

from .fields import LineField
from .promises import expectation
from .screens import TOO_MANY, UNPROCESSABLE, private
from .sender import LOOKUPS

# The verbs a citizen reads of, in his words. What is not here (classifying, closing, whatever comes later) is not shown,
# and only these verbs' public messages are.
CITIZEN_VERBS: dict[Verb, Promise] = {
    Verb.RECEIVE: gettext_lazy("Nous avons reçu votre demande."),
    Verb.ROUTE: gettext_lazy("Votre demande est entre les mains du service concerné."),
    Verb.TAKE: gettext_lazy("Le service s'en occupe."),
    Verb.PLAN: gettext_lazy("Une intervention est prévue."),
    Verb.WAIT: gettext_lazy("Votre demande est en attente."),
    Verb.RESUME: gettext_lazy("Le travail reprend."),
    Verb.COMPLETE: gettext_lazy("Votre demande est complétée."),
    Verb.PROOFREAD: gettext_lazy("Voici ce que le service vous écrit."),
    Verb.ANSWER: gettext_lazy("Nous avons répondu à votre message."),
    Verb.REOPEN: gettext_lazy("Votre demande est rouverte."),
}
STATES: dict[Status, Promise] = {
    Status.RECEIVED: gettext_lazy("Reçue : le Service aux citoyens la vérifie."),
    Status.ROUTED: gettext_lazy("Transmise au service concerné."),
    Status.IN_PROGRESS: gettext_lazy("En cours : le service s'en occupe."),
    Status.SCHEDULED: gettext_lazy("Planifiée : une intervention est prévue."),
    Status.WAITING: gettext_lazy("En attente : le service doit attendre avant de poursuivre."),
    Status.COMPLETED: gettext_lazy("Complétée."),
    Status.CLOSED: gettext_lazy("Terminée."),
}
WAITING_FOR_CITIZEN = gettext_lazy("En attente : nous avons besoin d'un renseignement de votre part.")
# Compared when the reference does not exist, so that every answer costs the same.
NO_HASH = "0" * 64


@dataclass(frozen=True)
class Moment:
    """One line of what has happened."""

    at: datetime
    what: str
    message: str


class LookupForm(forms.Form):
    """The pair that opens a file."""

    numero = LineField(
        label=gettext_lazy("Numéro de référence"),
        help_text=gettext_lazy("Par exemple : 2026-0005. Il est dans votre accusé de réception."),
        max_length=40,
        required_message=gettext_lazy("Écrivez le numéro de référence."),
    )
    code = LineField(
        label=gettext_lazy("Code de suivi"),
        help_text=gettext_lazy("Douze lettres et chiffres, comme K7MD-2PXC-9VTB."),
        max_length=60,
        autocomplete="off",
        required_message=gettext_lazy("Écrivez le code de suivi."),
    )


def follow(request: HttpRequest) -> HttpResponse:
    """Ask for the reference and the code, and show the file. The code travels in a POST: no address, no log holds it."""
    if request.method != "POST":
        return _ask(request, LookupForm(initial={"numero": request.GET.get("numero", "")[:40]}))
    now, form = timezone.now(), LookupForm(request.POST)
    if LOOKUPS.is_shut(request, now):
        return private(TemplateResponse(request, "intake_forms/tracking_wait.html", status=TOO_MANY))
    if not form.is_valid():
        return _ask(request, form, status=UNPROCESSABLE)
    case = case_for(form.cleaned_data["numero"], form.cleaned_data["code"])
    if case is None:
        LOOKUPS.count(request, now)
        form.add_error(None, _("Aucune demande ne correspond à ce numéro et à ce code. Vérifiez les deux."))
        return _ask(request, form, status=UNPROCESSABLE)
    return private(TemplateResponse(request, "intake_forms/tracking_case.html", told_of(case)))


def _ask(request: HttpRequest, form: LookupForm, *, status: int = 200) -> HttpResponse:
    return private(TemplateResponse(request, "intake_forms/tracking.html", {"form": form}, status=status))


def case_for(reference: str, code: str) -> Case | None:
    """Return the file of this pair, or None, whatever is wrong with it; both take the same work."""
    parsed = parse_reference(reference) or "0000-0000"
    case = Case.objects.select_related("department", "waiting_reason").filter(reference=parsed).first()
    expected = case.tracking_hash if case else NO_HASH
    return case if hmac.compare_digest(expected, tracking_hash(parsed, code)) and case else None


def told_of(case: Case) -> dict[str, object]:
    """Return all that a citizen is told of a file: nothing else reaches the page."""
    waits_for_citizen = bool(case.waiting_reason and case.waiting_reason.asks_citizen)
    return {
        "reference": case.reference,
        "kind": KIND_LABELS[case.kind],
        "subject": case.nature_name,
        "received_at": case.received_at,
        "state": WAITING_FOR_CITIZEN if waits_for_citizen else STATES[case.status_],
        "waits_for_citizen": waits_for_citizen,
        "target_on": target_on(case),
        "planned_on": case.planned_on if case.status_ is Status.SCHEDULED else None,
        "moments": moments_of(case),
    }


def target_on(case: Case) -> date | None:
    """Return the day promised, while there is one to hope for; the delay of a claim or a complaint is not a promise."""
    if not case.is_open or case.kind_ in (Kind.COMPLAINT, Kind.CLAIM):
        return None
    return expectation(case).day


def moments_of(case: Case) -> list[Moment]:
    """Return what has happened, the latest first, in the words of CITIZEN_VERBS; never who did it nor why inside."""
    events = CaseEvent.objects.filter(case=case, verb__in=[verb.value for verb in CITIZEN_VERBS])
    told = events.order_by("-at", "-pk").values_list("at", "verb", "public_message")
    return [Moment(at, str(CITIZEN_VERBS[Verb(verb)]), message) for at, verb, message in told]
