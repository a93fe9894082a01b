"""The verbs of the register of confidentiality incidents (A-2.1, art. 63.8 to 63.11)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from intake.mail.outbox import new_mail
from intake.mail.texts import letter
from intake.mail.values import absolute, day
from intake.models import ConfidentialityIncident
from intake.policy.clocks import local_day
from intake.policy.incidents import assessment_refusals, keeps_incidents, report_refusals, reports_incidents
from intake.policy.references import parse_reference
from intake.policy.refusal import Refusal
from intake.policy.roles import Actor
from snippets.models import TownSettings

from .steps import NotVisible, Refused

REPORTED = "R77"


@dataclass(frozen=True)
class Reported:
    """What a person says of an incident; `information` names sorts of information, never the information itself."""

    happened_on: date | None
    known_on: date | None
    circumstances: str
    information: str
    reference: str = ""
    persons: int | None = None


@dataclass(frozen=True)
class Assessed:
    """What who keeps the register writes once it was looked into; None is « not judged yet », « not told »."""

    is_serious: bool | None
    assessment: str
    measures: str
    commission_told_on: date | None = None
    persons_told_on: date | None = None
    persons: int | None = None


@transaction.atomic
def report_incident(*, reported: Reported, by: Actor, now: datetime) -> ConfidentialityIncident:
    """Write an incident down and tell the clerk, with its day and a link only. Raises Refused, NotVisible."""
    if not reports_incidents(by):
        raise NotVisible
    refusals = report_refusals(
        happened_on=reported.happened_on,
        known_on=reported.known_on,
        circumstances=reported.circumstances,
        information=reported.information,
        today=local_day(now),
    )
    reference = parse_reference(reported.reference) if reported.reference.strip() else ""
    if reference is None:
        refusals.append(Refusal("2.3", "Écrivez un numéro comme 2026-0005, ou laissez vide.", "reference"))
    if refusals:
        raise Refused(*refusals)
    incident = ConfidentialityIncident.objects.create(
        happened_on=reported.happened_on,
        known_on=reported.known_on,
        circumstances=reported.circumstances.strip(),
        information=reported.information.strip(),
        reference=reference,
        persons=reported.persons,
        reported_at=now,
        reported_by_id=by.user_id,
        reporter=by.label,
    )
    _tell_the_clerk(incident)
    return incident


@transaction.atomic
def assess_incident(*, pk: int, assessed: Assessed, by: Actor, now: datetime) -> ConfidentialityIncident:
    """Complete a row of the register; the report itself stays as it was written. Raises Refused, NotVisible."""
    incident = ConfidentialityIncident.objects.select_for_update().filter(pk=pk).first()
    if incident is None or not keeps_incidents(by):
        raise NotVisible
    refusals = assessment_refusals(
        is_serious=assessed.is_serious,
        assessment=assessed.assessment,
        commission_told_on=assessed.commission_told_on,
        persons_told_on=assessed.persons_told_on,
        today=local_day(now),
    )
    if refusals:
        raise Refused(*refusals)
    incident.is_serious = assessed.is_serious
    incident.assessment, incident.measures = assessed.assessment.strip(), assessed.measures.strip()
    incident.commission_told_on, incident.persons_told_on = assessed.commission_told_on, assessed.persons_told_on
    incident.persons = assessed.persons
    incident.completed_at, incident.completed_by = now, by.label
    incident.save()
    return incident


def _tell_the_clerk(incident: ConfidentialityIncident) -> None:
    town = TownSettings.load()
    if not town.clerk_email:
        return
    link = absolute(reverse("intake_incidents:incident", args=[incident.pk]))
    values = {"date_reception": day(incident.known_on), "lien_incident": link, "ville": town.name}
    new_mail(recipient=town.clerk_email, letter=letter(REPORTED, values), town=town)
