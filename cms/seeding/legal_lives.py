"""The lives of claims and access requests in the demonstration: each plot goes as far as its age allows (art. 4.1, 4.6)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from intake.models import Case
from intake.policy.clocks import TOWN_ZONE, local_day
from intake.policy.roles import Actor, Role
from intake.policy.vocabulary import Kind, Status
from intake.policy.working_days import WorkingCalendar
from intake.process import access_requests, claims, close, withdraw
from intake.process.access_answer import Answer, decide, review, send
from intake.process.document_tasks import ask_documents, provide
from snippets.models import CompetentBody, Department, Employee, LegalProvision, RequestNature

from .timeline import Moments

CLERK_ACCOUNT = "greffe"
BODY = ("Ministère des Transports et de la Mobilité durable", "Téléphone : 511 ou 1 888 355-0511\nwww.quebec511.info")
WORDS_TO_CITIZEN = "L'étude des photos et des registres d'entretien nous mène à cette décision."


@dataclass(frozen=True)
class Office:
    """Who works on confidential files, and from which calendar."""

    clerk: Actor
    rng: Random
    calendar: WorkingCalendar
    now: datetime

    def moments(self, case: Case) -> Moments:
        """Walk from the receipt of a case."""
        return Moments(self.rng, self.calendar, case.received_at, self.now)


def clerk() -> Actor:
    """The clerk of the demonstration."""
    employee = Employee.objects.select_related("user").filter(user__username=CLERK_ACCOUNT).first()
    return Actor(
        label=str(employee) if employee else "Greffe",
        roles=frozenset({Role.CLERK}),
        user_id=employee.user_id if employee else None,
        phone_extension=employee.phone_extension if employee else "",
    )


# --- Claims -----------------------------------------------------------------------------------------


def live_claim(case: Case, plot: int, office: Office) -> None:
    """Hand a claim over, look into it, decide: as far as the plot goes."""
    moments, by = office.moments(case), office.clerk
    if plot == 0 or not moments.later(0):
        return
    claims.transmit(pk=case.pk, by=by, now=moments.at)
    if plot == 1 or not moments.later(2):
        return
    claims.investigate(pk=case.pk, by=by, now=moments.at, internal_note="Photos demandées; assureur avisé.")
    if plot == 3:  # noqa: PLR2004 - the plot of the repair
        _have_repaired(case, moments, by)
    outcome = {4: Status.DENIED, 5: Status.ACCEPTED, 6: Status.REFERRED_TO_INSURER}.get(plot)
    if plot == 7 and moments.later(4):  # noqa: PLR2004 - the plot of the withdrawal
        withdraw(pk=case.pk, asked_by="La personne elle-même, par écrit", by=by, now=moments.at)
    if outcome is None or not moments.later(8):
        return
    claims.decide(pk=case.pk, outcome=outcome, reply=WORDS_TO_CITIZEN, by=by, now=moments.at)
    if outcome is Status.ACCEPTED and moments.later(5):
        close(pk=case.pk, by=by, now=moments.at)


def _have_repaired(case: Case, moments: Moments, by: Actor) -> None:
    nature = RequestNature.objects.offered().filter(code="TP-01").first()
    if moments.later(1):
        words = "Nid-de-poule à reboucher dans la voie."
        claims.open_repair(pk=case.pk, facts=words, location=case.location, nature=nature, by=by, now=moments.at)


# --- Access requests -----------------------------------------------------------------------------------


def live_access(case: Case, plot: int, office: Office) -> None:
    """Search, ask, extend, decide and post: as far as the plot goes."""
    moments = office.moments(case)
    if plot == 0 or not moments.later(0):
        return
    access_requests.search(pk=case.pk, by=office.clerk, now=moments.at)
    tell = _ACCESS_PLOTS.get(plot)
    if tell is not None and moments.later(2):
        tell(case, moments, office)


def _ask(case: Case, moments: Moments, office: Office) -> None:
    """Two services are asked: the front line answers, public works have it still to do."""
    for department in Department.objects.active().filter(code__in=["EXP", "TP"]).order_by("code"):
        due_on = local_day(moments.at) + timedelta(days=10)
        ask_documents(
            pk=case.pk, department=department, wanted=case.facts, due_on=due_on, by=office.clerk, now=moments.at
        )
    task = case.document_tasks.filter(department__code="EXP", department__head__user__isnull=False).first()
    if task is not None and moments.later(2):
        by = Actor(label=str(task.department.head), user_id=task.department.head.user_id)
        provide(task_id=task.pk, held=False, note="Rien dans nos dossiers ni nos courriels.", by=by, now=moments.at)


def _clarify(case: Case, moments: Moments, office: Office) -> None:
    question = "Pour quelle période cherchez-vous ces documents?"
    access_requests.clarify(pk=case.pk, question=question, by=office.clerk, now=moments.at)


def _extend(case: Case, moments: Moments, office: Office) -> None:
    reason = "Le nombre de documents à consulter est grand."
    access_requests.extend(pk=case.pk, days=10, reason=reason, by=office.clerk, now=moments.at)


def _answered(answer: Callable[[], Answer], *, then: str = "") -> Callable[[Case, Moments, Office], None]:
    def tell(case: Case, moments: Moments, office: Office) -> None:
        by = office.clerk
        if not moments.later(5):
            return
        decide(pk=case.pk, answer=answer(), by=by, now=moments.at)
        if not moments.later(0):
            return
        send(pk=case.pk, posted_on=local_day(moments.at), by=by, now=moments.at)
        if then == "close" and moments.later(10):
            close(pk=case.pk, by=by, now=moments.at)
        if then == "review" and moments.later(10):
            asked_on = moments.at.astimezone(TOWN_ZONE).date()
            review(pk=case.pk, asked_on=asked_on, by=by, now=moments.at)

    return tell


def _partial() -> Answer:
    return Answer(
        outcome=Status.PARTIAL,
        explanation="Une partie du document est un avis de notre avocate; nous l'avons masquée.",
        given="Le document, sans la page masquée",
        withheld="L'avis juridique de la page 4",
        provisions=list(LegalProvision.objects.filter(article__in=["14", "31"])),
    )


def _transferred() -> Answer:
    body = CompetentBody.objects.get_or_create(name=BODY[0], defaults={"contact": BODY[1]})[0]
    return Answer(Status.TRANSFERRED, body=body, explanation="La route visée est provinciale.")


_ACCESS_PLOTS = {
    2: _ask,
    3: _clarify,
    4: _extend,
    # 5: nothing more; the delay of the law passes without an answer.
    6: _answered(lambda: Answer(Status.GRANTED, given="Les documents demandés"), then="close"),
    7: _answered(_partial),
    8: _answered(lambda: Answer(Status.NOT_HELD, explanation="Nous avons cherché dans les archives du service.")),
    9: _answered(_transferred, then="review"),
}

LIVES = {Kind.CLAIM: live_claim, Kind.ACCESS_REQUEST: live_access}
