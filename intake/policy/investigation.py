"""What the director must have done before each step of a complaint (art. 4.1, 4.4, 4.4.1); a person decides every one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from .complaint import ARTICLES, CURABLE, Admissibility, Obstacle
from .complaint_target import PEOPLE, Target
from .redaction import names_in
from .refusal import Refusal


class Missing(Enum):
    """What a citizen may be asked to add (art. 4.4: « par écrit », « coordonnées complètes », « signée »)."""

    WRITING = "writing"
    SIGNATURE = "signature"
    CONTACT = "contact"
    FACTS_DATE = "facts_date"


MISSING_OF = {
    Obstacle.NOT_WRITTEN: Missing.WRITING,
    Obstacle.UNSIGNED: Missing.SIGNATURE,
    Obstacle.INCOMPLETE_CONTACT: Missing.CONTACT,
}


class Entry(Enum):
    """What an investigation log holds (art. 4.4: « rencontrés et écoutés au cours de l'enquête »)."""

    ACCUSED = "accused"
    HEARD = "heard"
    WITNESS = "witness"
    EVIDENCE = "evidence"
    NOTE = "note"
    SUPPLIED = "supplied"  # what the citizen adds: his own words, kept as he gave them


@dataclass(frozen=True)
class Hearing:
    """One person targeted: the number under which the log speaks of him, and whether he was met and heard."""

    number: int
    met_on: date | None
    was_heard: bool

    @property
    def is_done(self) -> bool:
        """« rencontrés et écoutés »."""
        return self.met_on is not None and self.was_heard


# What may not be set aside: « aucune suite ne sera donnée », « ne sont pas traitées » (4.1). Lateness may, with a reason.
INSURMOUNTABLE = frozenset(Obstacle) - {Obstacle.LATE}
# What the file itself shows; the rest (private dispute, out of field) is for the director to say.
SHOWN_BY_THE_FILE = CURABLE | {Obstacle.ANONYMOUS, Obstacle.LATE}


_MISSING_WORDS = {
    Obstacle.NOT_WRITTEN: ("la plainte par écrit", "is_written"),
    Obstacle.UNSIGNED: ("la signature", ""),
    Obstacle.ANONYMOUS: ("le nom de la personne qui se plaint", ""),
}
_LACKING_WORDS = {"address": "l'adresse de la personne", "phone": "un téléphone ou un courriel"}
_OUTSIDE_WORDS = {
    Obstacle.PRIVATE_DISPUTE: ("Un litige privé n'est pas étudié par la Ville.", "is_private_dispute"),
    Obstacle.OUT_OF_FIELD: ("Cette plainte ne vise ni un service ni le personnel.", "concerns_the_town"),
}


def admission_refusals(verdict: Admissibility, *, reasons: str) -> list[Refusal]:
    """Name each thing that a complaint lacks before it can be investigated; one that is late needs the director's reason.

    Without a date of the facts, nobody can say whether it came « dans un délai de 15 jours après les faits » (4.4).
    """
    found = [
        _lacks(ARTICLES[obstacle], *words)
        for obstacle, words in _MISSING_WORDS.items()
        if obstacle in verdict.obstacles
    ]
    found += [_lacks("4.4", _LACKING_WORDS[name]) for name in verdict.lacking]
    if verdict.delay is None:
        found.append(_lacks("4.4", "la date des faits", "facts_on"))
    found += [
        Refusal(ARTICLES[obstacle], *words)
        for obstacle, words in _OUTSIDE_WORDS.items()
        if obstacle in verdict.obstacles
    ]
    if Obstacle.LATE in verdict.obstacles and not reasons.strip():
        found.append(Refusal("4.4", "Les faits datent de plus de 15 jours : écrivez pourquoi vous l'étudiez.", "note"))
    return found


def _lacks(article: str, what: str, field: str = "") -> Refusal:
    return Refusal(article, f"Un élément obligatoire manque : {what}.", field)


def rejection_refusals(
    reason: Obstacle | None,
    verdict: Admissibility,
    *,
    asked_until: date | None,
    today: date,
) -> list[Refusal]:
    """Say why a complaint can't be declared inadmissible for this reason.

    What the citizen can still mend is first asked of him, and his delay respected; what the file does not show is not said.
    """
    if reason is None:
        return [Refusal("4.1", "Choisissez la raison.", "reason")]
    if reason in SHOWN_BY_THE_FILE and reason not in verdict.obstacles:
        return [Refusal("4.1", "Le dossier ne montre pas cette raison. Choisissez-en une autre.", "reason")]
    if reason in CURABLE and asked_until is None:
        return [Refusal("4.4", "Demandez d'abord au citoyen ce qui manque : il peut encore compléter.", "reason")]
    if reason in CURABLE and today <= asked_until:
        return [Refusal("4.4", f"Le citoyen peut compléter jusqu'au {asked_until:%Y-%m-%d}.", "reason")]
    return []


def completion_limit(asked_on: date, days: int) -> date:
    """The last day on which the citizen is asked to complete, in calendar days; nothing is refused by the date alone."""
    return asked_on + timedelta(days=days)


def log_refusals(
    what: Entry,
    *,
    note: str,
    names_someone: bool,
    person: int | None,
    held_on: date | None,
    today: date,
) -> list[Refusal]:
    """Say what an entry of the log lacks."""
    if what is Entry.ACCUSED:
        return [] if names_someone else [Refusal("4.4", "Nommez la personne visée.", "employee")]
    found = []
    if what is Entry.HEARD and person is None:
        found.append(Refusal("4.4", "Choisissez la personne visée qui a été rencontrée.", "person"))
    if what in (Entry.HEARD, Entry.WITNESS):
        if held_on is None:
            found.append(Refusal("4.4", "Indiquez la date de la rencontre.", "held_on"))
        elif held_on > today:
            found.append(Refusal("4.4", "La rencontre ne peut pas être dans le futur.", "held_on"))
    if what is not Entry.HEARD and not note.strip():
        found.append(Refusal("4.4", "Écrivez ce qu'il faut retenir.", "note"))
    return found


def conclusion_refusals(
    *,
    founded: bool,
    reasons: str,
    conclusion: str,
    people: Sequence[Hearing],
    names: Iterable[str],
    target: Target | None = None,
    names_nobody: bool = False,
) -> list[Refusal]:
    """Say why an investigation can't be concluded so.

    « Fondée » is refused while someone targeted was not met and heard (4.4), or when the complaint targets a person and
    nobody is inscribed. Whom the complaint names is inscribed, or `names_nobody` says that there is no one: what is
    written to the citizen is read against those names (4.5). Reasons are kept of what is founded only (4.4.1).
    """
    found = _hearing_refusals(founded=founded, people=people, target=target, names_nobody=names_nobody)
    if founded and not reasons.strip():
        found.append(Refusal("4.4.1", "Écrivez les raisons internes de la conclusion.", "internal_reasons"))
    if not conclusion.strip():
        found.append(Refusal("4.4", "Écrivez la conclusion générale que le citoyen lira.", "public_message"))
    elif names_in(conclusion, names):
        found.append(name_refusal("public_message"))
    return found


def _hearing_refusals(
    *, founded: bool, people: Sequence[Hearing], target: Target | None, names_nobody: bool
) -> list[Refusal]:
    waiting = [hearing.number for hearing in people if not hearing.is_done]
    if founded and waiting:
        who = ", ".join(f"personne {number}" for number in waiting)
        words = f"Chaque personne visée doit d'abord être rencontrée et écoutée : {who}."
        return [Refusal("4.4", words, "finding")]
    if founded and not people and target in PEOPLE:
        words = "La plainte vise une personne : inscrivez-la au journal, rencontrez-la et écoutez-la d'abord."
        return [Refusal("4.4", words, "finding")]
    if not people and not names_nobody:
        words = "Inscrivez au journal chaque personne que la plainte désigne, ou confirmez qu'elle ne nomme personne."
        return [Refusal("4.4", words, "names_nobody")]
    return []


def naming_refusal(found: Sequence[str], field: str) -> Refusal | None:
    """Say that a text for others seems to name someone; None when it names nobody."""
    if not found:
        return None
    return Refusal("4.5", f"Ne nommez personne dans ce texte : « {', '.join(found)} ».", field)


def name_refusal(field: str) -> Refusal:
    """What is said when a text for the citizen names someone targeted."""
    return Refusal("4.5", "N'écrivez pas le nom d'une personne visée : le citoyen ne doit pas le lire.", field)
