"""The French of each stored word, and the choices of the fields (values only, so that migrations hold no live code)."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from intake.policy.exports import FileFormat, Sheets
from intake.policy.roles import GROUP_NAMES
from intake.policy.surveys import Opinion
from intake.policy.vocabulary import Channel, Charge, InquiryType, Kind, Priority, Status, Verb

KIND_LABELS: dict[str, Promise] = {
    Kind.REQUEST.value: _("Requête"),
    Kind.COMPLAINT.value: _("Plainte"),
    Kind.INQUIRY.value: _("Question ou commentaire"),
    Kind.CLAIM.value: _("Réclamation"),
    Kind.ACCESS_REQUEST.value: _("Demande d'accès à l'information"),
}
INQUIRY_TYPE_LABELS: dict[str, Promise] = {
    InquiryType.INFORMATION.value: _("Question"),
    InquiryType.SUGGESTION.value: _("Suggestion"),
    InquiryType.COMMENT.value: _("Commentaire"),
    InquiryType.COMPLIMENT.value: _("Félicitations"),
}
OPINION_LABELS: dict[str, Promise] = {
    Opinion.YES.value: _("Oui"),
    Opinion.PARTLY.value: _("En partie"),
    Opinion.NO.value: _("Non"),
}
STATUS_LABELS: dict[str, Promise] = {
    Status.RECEIVED.value: _("Reçue"),
    Status.ROUTED.value: _("Confiée au service"),
    Status.IN_PROGRESS.value: _("En cours"),
    Status.SCHEDULED.value: _("Planifiée"),
    Status.WAITING.value: _("En attente"),
    Status.COMPLETED.value: _("Complétée"),
    Status.UNDER_REVIEW.value: _("À l'étude"),
    Status.INCOMPLETE.value: _("À compléter par le citoyen"),
    Status.INVESTIGATING.value: _("Enquête en cours"),
    Status.FOUNDED.value: _("Fondée"),
    Status.UNFOUNDED.value: _("Non fondée"),
    Status.INADMISSIBLE.value: _("Irrecevable"),
    Status.TRANSMITTED.value: _("Remise au greffe"),
    Status.ACCEPTED.value: _("Acceptée"),
    Status.DENIED.value: _("Refusée"),
    Status.SETTLED.value: _("Réglée"),
    Status.REFERRED_TO_INSURER.value: _("Confiée à l'assureur"),
    Status.SEARCHING.value: _("Recherche en cours"),
    Status.CLARIFYING.value: _("Précision demandée"),
    Status.THIRD_PARTY_NOTICE.value: _("Avis à un tiers"),
    Status.GRANTED.value: _("Accès accordé"),
    Status.PARTIAL.value: _("Accès partiel"),
    Status.REFUSED.value: _("Accès refusé"),
    Status.NOT_HELD.value: _("Document non détenu"),
    Status.TRANSFERRED.value: _("Transmise à un autre organisme"),
    Status.SENT.value: _("Réponse envoyée"),
    Status.UNDER_REVIEW_CAI.value: _("En révision à la CAI"),
    Status.CLOSED.value: _("Fermée"),
    Status.MERGED.value: _("Rattachée à une autre"),
    Status.OUT_OF_SCOPE.value: _("Hors compétence"),
    Status.WITHDRAWN.value: _("Retirée"),
}
CHANNEL_LABELS: dict[str, Promise] = {
    Channel.WEB.value: _("Site web"),
    Channel.PHONE.value: _("Téléphone"),
    Channel.COUNTER.value: _("Comptoir"),
    Channel.EMAIL.value: _("Courriel"),
    Channel.POST.value: _("Poste"),
    Channel.FIELD.value: _("Terrain"),
    Channel.SOCIAL.value: _("Réseaux sociaux"),
    Channel.COUNCIL.value: _("Élu"),
}
PRIORITY_LABELS: dict[str, Promise] = {
    Priority.P1.value: _("P1 – danger"),
    Priority.P2.value: _("P2 – rapide"),
    Priority.P3.value: _("P3 – normale"),
    Priority.P4.value: _("P4 – planifiée"),
}
CHARGE_LABELS: dict[str, Promise] = {
    Charge.DIRECTOR.value: _("Direction du Service aux citoyens"),
    Charge.GENERAL_DIRECTOR.value: _("Direction générale"),
}
VERB_LABELS: dict[str, Promise] = {
    Verb.RECEIVE.value: _("Réception"),
    Verb.IMPORT.value: _("Importation"),
    Verb.CLASSIFY.value: _("Classement"),
    Verb.ROUTE.value: _("Transmission au service"),
    Verb.RECLASSIFY.value: _("Reclassement"),
    Verb.MERGE.value: _("Rattachement"),
    Verb.FOLLOW.value: _("Nouvelle de la requête principale"),
    Verb.SUCCEED.value: _("Suite de la requête principale"),
    Verb.DECLARE_OUT_OF_SCOPE.value: _("Hors compétence"),
    Verb.WITHDRAW.value: _("Retrait"),
    Verb.ASSIGN.value: _("Assignation"),
    Verb.TAKE.value: _("Prise en charge"),
    Verb.PLAN.value: _("Planification"),
    Verb.WAIT.value: _("Mise en attente"),
    Verb.RESUME.value: _("Reprise"),
    Verb.COMPLETE.value: _("Demande complétée"),
    Verb.PROOFREAD.value: _("Relecture"),
    Verb.ANSWER.value: _("Réponse et fermeture"),
    Verb.CLOSE.value: _("Fermeture"),
    Verb.REOPEN.value: _("Réouverture"),
    Verb.NOTE.value: _("Note"),
    Verb.FLAG.value: _("Signalement"),
    Verb.SUPPLY.value: _("Précision reçue"),
    Verb.CORRECT.value: _("Coordonnées corrigées"),
    Verb.REDESIGNATE.value: _("Changement de Responsable"),
    Verb.FOLLOW_CALENDAR.value: _("Échéance recalculée"),
    Verb.OPEN_LINKED.value: _("Requête liée"),
    Verb.HAND_OVER.value: _("Remise à la direction"),
    Verb.ENTRUST.value: _("Changement de charge"),
    Verb.ASK.value: _("Élément demandé"),
    Verb.ADMIT.value: _("Plainte recevable"),
    Verb.REJECT.value: _("Plainte irrecevable"),
    Verb.NAME_INVESTIGATOR.value: _("Personne chargée de l'enquête"),
    Verb.LOG.value: _("Journal d'enquête"),
    Verb.CONCLUDE.value: _("Fin de l'enquête"),
    Verb.TRANSMIT.value: _("Remise au greffe"),
    Verb.INVESTIGATE.value: _("Étude de la réclamation"),
    Verb.SEARCH.value: _("Recherche des documents"),
    Verb.ASK_DOCUMENTS.value: _("Documents demandés à un service"),
    Verb.CLARIFY.value: _("Précision demandée"),
    Verb.NOTIFY_THIRD_PARTY.value: _("Avis à un tiers"),
    Verb.EXTEND.value: _("Prolongation"),
    Verb.DECIDE.value: _("Décision"),
    Verb.SEND.value: _("Envoi de la réponse"),
    Verb.REVIEW.value: _("Révision demandée à la CAI"),
    Verb.PROVIDE.value: _("Réponse d'un service"),
    Verb.REMIND.value: _("Rappel au greffe"),
}
# What may happen to an account; the key is stored in the log of rights.
RIGHTS_LABELS: dict[str, Promise] = {
    "grant": _("Rôle donné"),
    "revoke": _("Rôle retiré"),
    "invite": _("Invitation"),
    "tie": _("Compte lié"),
    "untie": _("Compte délié"),
    "depart": _("Départ"),
    "reinstate": _("Retour"),
}
ROLE_LABELS: dict[str, str] = {role.value: name for role, name in GROUP_NAMES.items()}


def choices(labels: Mapping[str, str | Promise]) -> list[tuple[str, str | Promise]]:
    """Turn a table of labels into the choices of a field."""
    return list(labels.items())


SHEETS_LABELS: dict[str, Promise] = {
    Sheets.ONE.value: _("Une seule feuille"),
    Sheets.LIFE.value: _("Une feuille pour les demandes ouvertes, une pour les complétées"),
    Sheets.DEPARTMENT.value: _("Une feuille par service"),
}
FORMAT_LABELS: dict[str, Promise] = {
    FileFormat.XLSX.value: _("Classeur Excel (.xlsx)"),
    FileFormat.CSV.value: _("Fichier texte (.csv)"),
}
