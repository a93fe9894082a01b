"""What the words of another system mean here: recognised when there is no doubt, asked of a person otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .import_mapping import EMPTY, LEFT_OUT, NOTHING, ImportMapping, Target
from .list_answers import folded
from .vocabulary import Channel, Kind, Status

WAITS = "waiting:"
# Art. 4.4, 4.1, 4.6: a complaint, a claim and an access request have rooms and legal delays of their own.
IMPORTED_KINDS = (Kind.REQUEST, Kind.INQUIRY)
# Statuses that a row may be given; a wait needs its reason (art. 4.2), a planned day is not one of a past system.
IMPORTED_STATUSES = (
    Status.RECEIVED,
    Status.ROUTED,
    Status.IN_PROGRESS,
    Status.COMPLETED,
    Status.CLOSED,
    Status.WITHDRAWN,
    Status.OUT_OF_SCOPE,
)
_KINDS = {
    Kind.REQUEST.value: (EMPTY, "requete", "demande", "demande de service", "signalement", "request", "intervention"),
    Kind.INQUIRY.value: (
        "question",
        "commentaire",
        "question ou commentaire",
        "renseignement",
        "demande d'information",
        "information",
        "suggestion",
    ),
    Kind.COMPLAINT.value: ("plainte", "complaint"),
    Kind.CLAIM.value: ("reclamation", "claim"),
    Kind.ACCESS_REQUEST.value: ("demande d'acces", "acces a l'information", "demande d'acces a l'information"),
}
_STATUSES = {
    Status.RECEIVED.value: ("recue", "recu", "nouvelle", "nouveau", "new", "a classer", "a traiter"),
    Status.ROUTED.value: ("ouverte", "ouvert", "open", "assignee", "transmise", "confiee", "confiee au service"),
    Status.IN_PROGRESS.value: ("en cours", "en traitement", "in progress", "prise en charge", "active"),
    Status.COMPLETED.value: (
        "completee",
        "complete",
        "terminee",
        "termine",
        "resolue",
        "reglee",
        "faite",
        "executee",
        "traitee",
        "completed",
        "done",
    ),
    Status.CLOSED.value: ("fermee", "ferme", "close", "closed", "cloturee", "archivee"),
    Status.WITHDRAWN.value: ("retiree", "annulee", "cancelled"),
    Status.OUT_OF_SCOPE.value: ("hors competence", "hors juridiction"),
}
_CHANNELS = {
    Channel.PHONE.value: ("telephone", "tel", "tel.", "appel", "appel telephonique", "phone"),
    Channel.COUNTER.value: ("comptoir", "guichet", "en personne", "sur place"),
    Channel.EMAIL.value: ("courriel", "email", "e-mail"),
    Channel.WEB.value: ("web", "site web", "internet", "en ligne", "formulaire web", "portail"),
    Channel.POST.value: ("poste", "lettre", "courrier"),
    Channel.FIELD.value: ("terrain", "employe", "patrouille"),
    Channel.SOCIAL.value: ("reseaux sociaux", "facebook"),
    Channel.COUNCIL.value: ("elu", "elue", "conseiller", "conseillere", "mairie"),
}


def _by_word(table: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {word: code for code, words in table.items() for word in (*words, code)}


_RECOGNISED = {
    Target.KIND: _by_word(_KINDS),
    Target.STATUS: _by_word(_STATUSES),
    Target.CHANNEL: _by_word(_CHANNELS),
}


@dataclass(frozen=True)
class Vocabulary:
    """The town's own words, folded: natures by code and by name, services by code and by name, reasons to wait by label.

    A name that several natures bear has several codes; the service of the row then tells which.
    """

    natures: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    departments: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    # The service of each nature, by code.
    department_of: Mapping[str, str] = field(default_factory=dict)

    def codes(self, target: Target) -> set[str]:
        """Every code that a word of this target may be given."""
        own = {
            Target.KIND: {kind.value for kind in IMPORTED_KINDS},
            Target.CHANNEL: {channel.value for channel in Channel},
            Target.STATUS: {status.value for status in IMPORTED_STATUSES}
            | {f"{WAITS}{code}" for code in self.reasons.values()},
            Target.NATURE: set(self.department_of) | {NOTHING},
            Target.DEPARTMENT: set(self.departments.values()) | {NOTHING},
        }
        return own[target] | {LEFT_OUT}


def meaning_of(
    target: Target, word: str, *, mapping: ImportMapping, vocabulary: Vocabulary, department: str = ""
) -> str | None:
    """Return the code that a word of the other system means here, None when a person must say.

    What a person said comes first, unless the town no longer has it. `department` is the code of the row's service.
    """
    key = folded(word)
    said = mapping.meaning(target, key)
    if said is not None and said in vocabulary.codes(target):
        return said
    if target is Target.NATURE:
        return _nature(key, vocabulary, department)
    if target is Target.DEPARTMENT:
        return vocabulary.departments.get(key, NOTHING if key == EMPTY else None)
    if target is Target.STATUS and key in vocabulary.reasons:
        return f"{WAITS}{vocabulary.reasons[key]}"
    return _RECOGNISED[target].get(key)


def _nature(key: str, vocabulary: Vocabulary, department: str) -> str | None:
    if key == EMPTY:
        return NOTHING
    codes = vocabulary.natures.get(key, ())
    if len(codes) > 1 and department:
        codes = tuple(code for code in codes if vocabulary.department_of.get(code) == department)
    return codes[0] if len(codes) == 1 else None
