"""What the page of a complaint shows (art. 4.4, 4.5): its words, why it may or may not be treated, its investigation."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.models import AccessRecord, Case, ComplaintFile, InvestigationEntry, Investigator
from intake.models.complaint import MISSING_LABELS, OBSTACLE_LABELS
from intake.policy.complaint import ARTICLES, Admissibility, Obstacle
from intake.policy.roles import Actor
from intake.policy.transitions import refusal
from intake.policy.vocabulary import Kind, Status, Verb
from intake.process.complaints import verdict_on
from intake.process.investigation import NOTICE, UNDERTAKING
from snippets.french_dates import date_format

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

SHOWN_ACCESSES = 50
_ACCESS_WORDS = {
    "case": gettext_lazy("a ouvert le dossier"),
    "attachment": gettext_lazy("a ouvert un fichier"),
    "letter": gettext_lazy("a imprimé une lettre"),
    "former": gettext_lazy("a lu ce que le citoyen avait d'abord écrit"),
    "metadata": gettext_lazy("a demandé où en est le dossier"),
    UNDERTAKING: gettext_lazy("s'est engagé à garder le dossier confidentiel"),
    NOTICE: gettext_lazy("a imprimé l'avis pour le dossier du personnel"),
}
_LOG_STATUSES = frozenset({Status.INVESTIGATING, Status.FOUNDED, Status.UNFOUNDED, Status.CLOSED})


@dataclass(frozen=True)
class Check:
    """One line of the checklist: what the policy asks, whether the file shows it, and the dates that count."""

    label: str
    article: str
    stands: bool
    detail: str = ""


@dataclass(frozen=True)
class Opened:
    """Who opened the file or tried to, and when."""

    who: str
    what: str
    at: Any
    allowed: bool


def complaint_context(case: Case, actor: Actor) -> dict[str, Any]:
    """Read what the page of a complaint shows beside the rest; nothing for another kind."""
    if case.kind_ is not Kind.COMPLAINT:
        return {}
    file, in_charge = case.complaint, answers_for(actor, case)
    return {
        "complaint": file,
        "document_names": file.names_of_files,
        "checks": checks(file, verdict_on(case)),
        "missing": [MISSING_LABELS[item] for item in file.missing],
        "in_charge": in_charge,
        "people": list(case.accused.all()),
        "log": log_of(case),
        "investigators": list(case.investigators.select_related("user")) if in_charge else [],
        "accesses": accesses_of(case) if in_charge else [],
        "shows_investigation": case.status_ in _LOG_STATUSES or case.investigation.exists(),
        "can_add_letter": not file.is_signed and refusal(case.kind_, case.status_, Verb.SUPPLY, actor) is None,
        "can_print_notice": in_charge and file.finding == "founded",
    }


def undertaking_awaited(user: "AbstractBaseUser", reference: str) -> bool:
    """Say whether this account is named to the investigation of this file and has not yet undertaken to keep it (4.5)."""
    named = Investigator.objects.filter(user_id=user.pk, ended_at__isnull=True, accepted_at__isnull=True)
    return named.filter(case__reference=reference).exists()


def answers_for(actor: Actor, case: Case) -> bool:
    """Say whether this actor is in charge of the complaint (art. 4.4)."""
    return actor.everything or any(charge.value == case.charge for charge in actor.answers_for())


def checks(file: ComplaintFile, verdict: Admissibility) -> list[Check]:
    """Every reason of the policy in its order, with the dates: show the earliest, judge by the latest."""
    return [
        Check(
            label=str(OBSTACLE_LABELS[obstacle.value]),
            article=ARTICLES[obstacle],
            stands=obstacle in verdict.obstacles,
            detail=_delay_words(file, verdict) if obstacle is Obstacle.LATE else "",
        )
        for obstacle in Obstacle
    ]


def _delay_words(file: ComplaintFile, verdict: Admissibility) -> str:
    if verdict.delay is None:
        return _("la date des faits manque")
    return _(
        "derniers faits le %(facts)s; délai dit au citoyen : %(told)s; accepté jusqu'au %(until)s; reçue le %(got)s"
    ) % {
        "facts": _in_words(file.last_facts_on or file.facts_from),
        "told": _in_words(verdict.delay.told),
        "until": _in_words(verdict.delay.accepted_until),
        "got": _in_words(file.case.received_day()),
    }


def _in_words(day: date | None) -> str:
    return date_format(day, "j F Y") if day else "–"


def log_of(case: Case) -> list[InvestigationEntry]:
    """The log, newest first."""
    return list(case.investigation.order_by("-at", "-pk"))


def accesses_of(case: Case) -> list[Opened]:
    """Who opened the file, and who tried to, newest first."""
    records = AccessRecord.objects.filter(case=case).select_related("user__employee").order_by("-at", "-pk")
    return [
        Opened(
            who=str(
                getattr(record.user, "employee", None) or record.user.get_full_name() or record.user.get_username()
            ),
            what=str(_ACCESS_WORDS.get(record.what, record.what)),
            at=record.at,
            allowed=record.allowed,
        )
        for record in records[:SHOWN_ACCESSES]
    ]
