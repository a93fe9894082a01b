"""The register of confidentiality incidents (A-2.1, art. 63.8 to 63.11; r. 3.1): who reports, who keeps it, what it asks.

Art. 2.3 of the policy: « conformément à la loi ». The software judges no risk: a person does, and writes why.
"""

from datetime import date

from .refusal import Refusal
from .roles import Actor, Role

LAW = "A-2.1, art. 63.8"
# §3 of the domain notes, « incident register ».
REPORTING = frozenset(
    {
        Role.TECHNICIAN,
        Role.DIRECTOR,
        Role.RECIPIENT,
        Role.EXECUTOR,
        Role.INVESTIGATOR,
        Role.CLERK,
        Role.GENERAL_DIRECTOR,
    }
)
KEEPING = frozenset({Role.CLERK, Role.GENERAL_DIRECTOR})
SHORTEST = 20


def reports_incidents(actor: Actor) -> bool:
    """Say whether this person may report an incident."""
    return actor.everything or actor.has_any(REPORTING)


def keeps_incidents(actor: Actor) -> bool:
    """Say whether this person reads and completes the register."""
    return actor.everything or actor.has_any(KEEPING)


def report_refusals(
    *, happened_on: date | None, known_on: date | None, circumstances: str, information: str, today: date
) -> list[Refusal]:
    """Give every reason why a report can't be written down yet; days are the town's."""
    refusals = []
    if happened_on is None:
        refusals.append(Refusal(LAW, "Indiquez le jour de l'incident, même approximatif.", "happened_on"))
    if known_on is None:
        refusals.append(Refusal(LAW, "Indiquez le jour où la Ville l'a appris.", "known_on"))
    elif known_on > today:
        refusals.append(Refusal(LAW, "Ce jour ne peut pas être dans le futur.", "known_on"))
    elif happened_on is not None and happened_on > known_on:
        refusals.append(Refusal(LAW, "L'incident ne peut pas suivre le jour où la Ville l'a appris.", "happened_on"))
    if len(circumstances.strip()) < SHORTEST:
        refusals.append(Refusal(LAW, "Décrivez ce qui s'est passé, en quelques mots de plus.", "circumstances"))
    if not information.strip():
        refusals.append(Refusal(LAW, "Indiquez quels renseignements sont touchés (sans les recopier).", "information"))
    return refusals


def assessment_refusals(
    *,
    is_serious: bool | None,
    assessment: str,
    commission_told_on: date | None,
    persons_told_on: date | None,
    today: date,
) -> list[Refusal]:
    """Give every reason why the assessment can't be kept as it is: a risk that is judged is explained (r. 3.1)."""
    refusals = []
    if is_serious is not None and not assessment.strip():
        refusals.append(Refusal(LAW, "Écrivez pourquoi le risque est sérieux, ou ne l'est pas.", "assessment"))
    for field, day in (("commission_told_on", commission_told_on), ("persons_told_on", persons_told_on)):
        if day is not None and day > today:
            refusals.append(Refusal(LAW, "Ce jour ne peut pas être dans le futur.", field))
    return refusals
