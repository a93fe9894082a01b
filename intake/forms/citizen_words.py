"""What a citizen reads of his file at `/suivi/`, in his words: a list of what may be shown, nothing else is (art. 2.3, 4.5).

A complaint says no more than the letters do: « fondée » and « non fondée » read alike, and so do the decisions of the clerk.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from intake.policy.vocabulary import ACCESS_DECISIONS, CLAIM_DECISIONS, Kind, Status, Verb

# The verbs a citizen reads of. What is not here (classifying, closing, an investigation, whatever comes later) is not
# shown, and only these verbs' public messages are.
CITIZEN_VERBS: dict[Verb, Promise] = {
    Verb.RECEIVE: _("Nous avons reçu votre demande."),
    Verb.ROUTE: _("Votre demande est entre les mains du service concerné."),
    Verb.TAKE: _("Le service s'en occupe."),
    Verb.PLAN: _("Une intervention est prévue."),
    Verb.PROOFREAD: _("Le service vous écrit ce qui a été fait."),
    Verb.WAIT: _("Votre demande est en attente."),
    Verb.RESUME: _("Le travail reprend."),
    Verb.COMPLETE: _("Votre demande est complétée."),
    Verb.ANSWER: _("Nous avons répondu à votre message."),
    Verb.REOPEN: _("Votre demande est rouverte."),
    Verb.SUPPLY: _("Nous avons reçu votre précision."),
    Verb.CORRECT: _("Vos coordonnées ont été mises à jour."),
    Verb.MERGE: _("La même situation nous avait déjà été signalée : votre demande y est rattachée."),
    Verb.FOLLOW: _("Voici des nouvelles de l'intervention."),
    Verb.DECLARE_OUT_OF_SCOPE: _("Votre demande relève d'un autre organisme."),
    Verb.WITHDRAW: _("Votre demande est retirée, comme vous l'avez demandé."),
    Verb.RECLASSIFY: _("Votre demande est traitée sous une autre sorte, sans perdre sa date de réception."),
    Verb.ASK: _("Il nous manque un élément."),
    Verb.CONCLUDE: _("L'étude de votre dossier est terminée."),
    Verb.REJECT: _("Une réponse vous attend."),
    Verb.TRANSMIT: _("Votre avis est remis au greffe."),
    Verb.CLARIFY: _("Nous avons besoin d'une précision."),
    # A claim's words are read at once; an access request's only once they are posted (SEND).
    Verb.DECIDE: _("La décision est prise."),
    Verb.EXTEND: _("Le délai de réponse est prolongé."),
    Verb.SEND: _("La réponse vous a été envoyée."),
}

_ENDS: dict[Status, Promise] = {
    Status.CLOSED: _("Terminée."),
    Status.WITHDRAWN: _("Retirée, comme vous l'avez demandé."),
}
_STUDIED = _("Étude terminée : une réponse vous attend ou vous a été envoyée.")
_ANSWERED = _("Étude terminée : une réponse vous est envoyée.")
_DECIDED = _("La décision est prise : elle vous est envoyée.")

STATES: dict[Kind, dict[Status, Promise]] = {
    Kind.REQUEST: {
        Status.RECEIVED: _("Reçue : le Service aux citoyens la vérifie."),
        Status.ROUTED: _("Transmise au service concerné."),
        Status.IN_PROGRESS: _("En cours : le service s'en occupe."),
        Status.SCHEDULED: _("Planifiée : une intervention est prévue."),
        Status.WAITING: _("En attente : le service doit attendre avant de poursuivre."),
        Status.COMPLETED: _("Complétée."),
        Status.MERGED: _(
            "Rattachée à une demande déjà reçue : l'intervention suit son cours et vous en aurez des nouvelles."
        ),
        Status.OUT_OF_SCOPE: _("Terminée : un autre organisme peut vous aider."),
        **_ENDS,
    },
    Kind.INQUIRY: {Status.RECEIVED: _("Reçue : le Service aux citoyens la lit."), **_ENDS},
    Kind.COMPLAINT: {
        Status.RECEIVED: _("Reçue : nous vérifions d'abord si elle peut être traitée."),
        Status.UNDER_REVIEW: _("Reçue : nous vérifions d'abord si elle peut être traitée."),
        Status.INCOMPLETE: _("À compléter : il nous manque un élément de votre part."),
        Status.INVESTIGATING: _("À l'étude."),
        Status.FOUNDED: _STUDIED,
        Status.UNFOUNDED: _STUDIED,
        Status.INADMISSIBLE: _STUDIED,
        **_ENDS,
    },
    Kind.CLAIM: {
        Status.RECEIVED: _("Reçue : votre avis est remis au greffe."),
        Status.TRANSMITTED: _("Remise au greffe."),
        Status.INVESTIGATING: _("À l'étude par le greffe."),
        **dict.fromkeys(CLAIM_DECISIONS, _ANSWERED),
        **_ENDS,
    },
    Kind.ACCESS_REQUEST: {
        Status.RECEIVED: _("Reçue : elle est remise à la personne responsable de l'accès à l'information."),
        Status.SEARCHING: _("En cours : nous cherchons les documents."),
        Status.CLARIFYING: _("En attente : nous avons besoin d'une précision de votre part."),
        Status.THIRD_PARTY_NOTICE: _("En cours : nous cherchons les documents."),
        **dict.fromkeys(ACCESS_DECISIONS, _DECIDED),
        Status.SENT: _("La réponse vous a été envoyée."),
        Status.UNDER_REVIEW_CAI: _("En révision à la Commission d'accès à l'information."),
        **_ENDS,
    },
}
WAITING_FOR_CITIZEN = _("En attente : nous avons besoin d'un renseignement de votre part.")
# The town waits for the citizen; the day promised stands still meanwhile.
AWAITING_STATUSES = frozenset({Status.INCOMPLETE, Status.CLARIFYING})
