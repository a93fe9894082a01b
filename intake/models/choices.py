"""The French of each stored word, and the choices of the fields (values only, so that migrations hold no live code)."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from intake.policy.vocabulary import Channel, Kind, Priority, Status, Verb, WaitingReason

KIND_LABELS: dict[str, Promise] = {
    Kind.REQUEST.value: _("Requête"),
    Kind.COMPLAINT.value: _("Plainte"),
    Kind.INQUIRY.value: _("Question ou commentaire"),
    Kind.CLAIM.value: _("Réclamation"),
    Kind.ACCESS_REQUEST.value: _("Demande d'accès à l'information"),
}
STATUS_LABELS: dict[str, Promise] = {
    Status.RECEIVED.value: _("Reçue"),
    Status.ROUTED.value: _("Confiée au service"),
    Status.IN_PROGRESS.value: _("En cours"),
    Status.SCHEDULED.value: _("Planifiée"),
    Status.WAITING.value: _("En attente"),
    Status.COMPLETED.value: _("Complétée"),
    Status.CLOSED.value: _("Fermée"),
}
CHANNEL_LABELS: dict[str, Promise] = {
    Channel.WEB.value: _("Site web"),
    Channel.PHONE.value: _("Téléphone"),
    Channel.COUNTER.value: _("Comptoir"),
    Channel.EMAIL.value: _("Courriel"),
    Channel.POST.value: _("Poste"),
    Channel.FIELD.value: _("Terrain"),
    Channel.SOCIAL.value: _("Réseaux sociaux"),
}
PRIORITY_LABELS: dict[str, Promise] = {
    Priority.P1.value: _("P1 – danger"),
    Priority.P2.value: _("P2 – rapide"),
    Priority.P3.value: _("P3 – normale"),
    Priority.P4.value: _("P4 – planifiée"),
}
WAITING_LABELS: dict[str, Promise] = {
    WaitingReason.CITIZEN.value: _("Renseignement du citoyen"),
    WaitingReason.MATERIAL.value: _("Matériel ou pièce"),
    WaitingReason.WEATHER.value: _("Météo"),
    WaitingReason.CONTRACTOR.value: _("Entrepreneur"),
    WaitingReason.OTHER_DEPARTMENT.value: _("Autre service"),
}
VERB_LABELS: dict[str, Promise] = {
    Verb.RECEIVE.value: _("Réception"),
    Verb.CLASSIFY.value: _("Classement"),
    Verb.ROUTE.value: _("Transmission au service"),
    Verb.TAKE.value: _("Prise en charge"),
    Verb.WAIT.value: _("Mise en attente"),
    Verb.RESUME.value: _("Reprise"),
    Verb.COMPLETE.value: _("Demande complétée"),
    Verb.ANSWER.value: _("Réponse et fermeture"),
    Verb.CLOSE.value: _("Fermeture"),
    Verb.REOPEN.value: _("Réouverture"),
}


def choices(labels: dict[str, Promise]) -> list[tuple[str, Promise]]:
    """Turn a table of labels into the choices of a field."""
    return list(labels.items())
