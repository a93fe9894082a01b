"""The lives of complaints in the demonstration, through the verbs (art. 4.4, 4.4.1): one of each ending, all invented."""

from dataclasses import dataclass
from datetime import datetime
from random import Random

from intake.models import Case
from intake.policy.clocks import local_day
from intake.policy.complaint import Obstacle
from intake.policy.complaint_target import Target
from intake.policy.investigation import Entry
from intake.policy.roles import Actor, Role
from intake.policy.vocabulary import Status
from intake.policy.working_days import WorkingCalendar
from intake.process import close
from intake.process.complaints import Checklist, admit, hand_over, reject
from intake.process.investigation import LogEntry, conclude, log
from snippets.models import CompetentBody, Employee

from .timeline import Moments

DIRECTOR_ACCOUNT = "directeur"
# Whom the demonstration's investigations hear: « surintendant » in title, invented like the rest.
HEARD_TITLE = "Surintendant aux travaux publics"
RECOURSES = (
    (
        "elected",
        "Commission municipale du Québec",
        "Déontologie des élus municipaux\nTéléphone : 1 866 353-6767\nwww.cmq.gouv.qc.ca",
    ),
    (
        "general_director",
        "Maire ou mairesse, par la voie du conseil municipal",
        "À l'hôtel de ville, sous pli confidentiel",
    ),
    ("tender", "Procédure de plainte sur les appels d'offres", "Publiée sur le site de la Ville, page Appels d'offres"),
    ("private", "Médiation citoyenne, Équijustice", "www.equijustice.ca"),
)


@dataclass(frozen=True)
class Plot:
    """One complaint: whom it targets, in what words, whether it is signed, and by how many days it is late."""

    target: Target
    concerned: str
    is_signed: bool = True
    late_by: int = 0


# From the youngest to the oldest; the position says how far it goes in `live_complaint`.
RECEIVED, UNSIGNED, PAST_TECHNICIAN, ABOUT_DIRECTOR, LATE, INVESTIGATED, UNFOUNDED, PRIVATE, FOUNDED = range(9)
PLOTS = (
    Plot(Target.SERVICE, "Urbanisme"),
    Plot(Target.EMPLOYEE, "La personne au comptoir de la taxation", is_signed=False),
    Plot(Target.TECHNICIAN, "La personne qui répond au téléphone"),
    Plot(Target.DIRECTOR, "La direction du Service aux citoyens"),
    Plot(Target.SERVICE, "Travaux publics", late_by=40),
    Plot(Target.EMPLOYEE, "La personne qui a signé le courriel"),
    Plot(Target.EMPLOYEE, "L'inspecteur venu chez moi"),
    Plot(Target.PRIVATE, "Mon voisin"),
    Plot(Target.SERVICE, "Service aux citoyens"),
)


@dataclass(frozen=True)
class Bureau:
    """Who works on complaints, and from which calendar."""

    technician: Actor
    rng: Random
    calendar: WorkingCalendar
    now: datetime


def director() -> Actor:
    """The director of the citizen service in the demonstration (art. 4.4)."""
    employee = Employee.objects.select_related("user").filter(user__username=DIRECTOR_ACCOUNT).first()
    return Actor(
        label=str(employee) if employee else "Direction du Service aux citoyens",
        roles=frozenset({Role.DIRECTOR}),
        user_id=employee.user_id if employee else None,
    )


def seed_recourses() -> None:
    """Add who can help when the town can't study a complaint; a body that staff changed stays as it is."""
    for recourse_for, name, contact in RECOURSES:
        CompetentBody.objects.get_or_create(name=name, defaults={"contact": contact, "recourse_for": recourse_for})


def live_complaint(case: Case, plot: int, bureau: Bureau) -> None:
    """Hand over, admit or reject, investigate, conclude: as far as the plot and its age allow."""
    moments = Moments(bureau.rng, bureau.calendar, case.received_at, bureau.now)
    by = director()
    if plot in (RECEIVED, UNSIGNED, PAST_TECHNICIAN, ABOUT_DIRECTOR) or not moments.later(0):
        return
    checklist = Checklist(is_private_dispute=plot == PRIVATE)
    hand_over(pk=case.pk, checklist=checklist, by=bureau.technician, now=moments.at)
    if plot == LATE or not moments.later(2):
        return
    if plot == PRIVATE:
        body = CompetentBody.objects.filter(recourse_for="private").first()
        reject(pk=case.pk, reason=Obstacle.PRIVATE_DISPUTE, body=body, by=by, now=moments.at)
        return
    admit(pk=case.pk, by=by, now=moments.at)
    if moments.later(3):
        _investigate(case, plot, moments, by)


def _investigate(case: Case, plot: int, moments: Moments, by: Actor) -> None:
    """Hear the person targeted, then conclude; the log speaks of « personne 1 »."""
    heard = Employee.objects.filter(job_title=HEARD_TITLE).first()
    if heard is not None and plot != FOUNDED:
        log(pk=case.pk, entry=LogEntry(Entry.ACCUSED, employee=heard), by=by, now=moments.at)
        entry = LogEntry(
            Entry.HEARD, person=1, held_on=local_day(moments.at), note="Personne 1 a donné sa version des faits."
        )
        log(pk=case.pk, entry=entry, by=by, now=moments.at)
    evidence = LogEntry(Entry.EVIDENCE, note="Courriels relus au bureau de la direction, classeur des plaintes.")
    log(pk=case.pk, entry=evidence, by=by, now=moments.at)
    if plot == INVESTIGATED or not moments.later(4):
        return
    finding = Status.FOUNDED if plot == FOUNDED else Status.UNFOUNDED
    conclude(
        pk=case.pk,
        finding=finding,
        internal_reasons="Les pièces du dossier et les personnes entendues mènent à cette conclusion.",
        conclusion="Votre message nous aide à mieux servir les citoyens, et nous en avons tenu compte.",
        names_nobody=not case.accused.exists(),
        by=by,
        now=moments.at,
    )
    if moments.later(1):
        close(pk=case.pk, by=by, now=moments.at)
