"""What each variable of a message becomes, and which variables a message can't do without."""

from django.utils.translation import gettext_lazy as _

from snippets.message_codes import MESSAGE_CODES

MEANINGS = {
    "salutation": _("le nom de la personne"),
    "prenom": _("le prénom du membre du personnel"),
    "numero": _("le numéro du dossier"),
    "nature": _("la nature de la demande"),
    "priorite": _("la priorité"),
    "service": _("le service municipal"),
    "rue": _("la rue, sans le numéro civique"),
    "lieu": _("le lieu donné par le citoyen"),
    "date_reception": _("le jour de la réception"),
    "date_heure": _("le jour et l'heure de la réception"),
    "date_cible": _("la date visée"),
    "date_effectuee": _("le jour où le travail a été fait"),
    "date_20": _("le vingtième jour, délai de la loi"),
    "delai_reouverture": _("le nombre de jours pour demander la réouverture"),
    "code_suivi": _("le code de suivi"),
    "lien_suivi": _("l'adresse de la page de suivi"),
    "lien_dossier": _("l'adresse du dossier dans Guichet"),
    "organisme": _("le nom de l'organisme qui peut aider"),
    "coordonnees": _("les coordonnées de l'organisme"),
    "question": _("le renseignement demandé"),
    "reponse": _("la réponse"),
    "lien_guide": _("une phrase qui mène au guide joint, seulement quand il y en a un"),
    "information_demandeur": _("l'information écrite pour le demandeur"),
    "raison": _("la raison de la réouverture"),
    "telephone_service": _("le téléphone du Service aux citoyens"),
    "telephone_urgence": _("le téléphone d'urgence"),
    "coordonnees_cai": _("les coordonnées de la Commission d'accès à l'information"),
    "signature_service": _("la signature du Service aux citoyens"),
    "ville": _("le nom de la ville"),
    "date_prevue": _("le jour prévu pour l'intervention"),
    "mois": _("le mois de la liste"),
    "nombre": _("le nombre de requêtes"),
    "nombre_requetes": _("le nombre de requêtes, en mots : « 1 requête », « 3 requêtes »"),
    "nombre_retard": _("le nombre de requêtes en retard"),
    "date_echeance": _("le jour où les réponses sont attendues"),
    "lien_liste": _("l'adresse de la liste dans Guichet"),
    "poste_technicien": _("où joindre le Technicien du Service aux citoyens"),
    "retard_envoi": _("une phrase d'excuse, seulement quand la liste part en retard"),
    "coordonnees_direction": _("où joindre la direction du Service aux citoyens"),
    "responsable": _("le nom du Responsable désigné"),
    "date_debut": _("le premier jour de la désignation"),
    "lien_designation": _("l'adresse de la désignation dans Guichet"),
    "date_limite": _("le dernier jour pour compléter la plainte"),
    "elements_manquants": _("ce qui manque à la plainte"),
    "code_signature": _("le code à six chiffres qui sert à signer"),
    "minutes": _("le nombre de minutes pendant lesquelles le code est bon"),
    "motif": _("la raison de la décision"),
    "autre_recours": _("les autres recours offerts à la personne"),
    "conclusion_generale": _("la conclusion générale, sans nom ni mesure"),
    "motif_prolongation": _("la raison de la prolongation"),
    "jours": _("le nombre de jours ajoutés"),
    "date_prolongee": _("le dernier jour après la prolongation"),
    "documents_refuses": _("les documents refusés"),
    "articles": _("les articles de la Loi invoqués"),
    "texte_articles": _("le texte de ces articles"),
    "explication": _("l'explication en mots simples"),
    "documents_joints": _("les documents joints à la lettre"),
    "avis_recours": _("l'avis du recours en révision"),
    "documents": _("les documents demandés"),
    "coordonnees_organisme": _("les coordonnées de l'organisme compétent"),
    "date_envoi": _("le jour où la lettre est partie"),
    "lien_tache": _("l'adresse de la demande de documents dans Guichet"),
    "echeance": _("l'échéance interne"),
    "date_legale": _("le dernier jour selon la loi"),
    "nombre_guides": _("le nombre de guides, en mots : « 1 guide », « 3 guides »"),
    "liste_guides": _("les guides à relire, un par ligne, avec leur date et leur adresse"),
    "lien_guides": _("l'adresse de la liste des guides à réviser dans Guichet"),
    "nom_compte": _("le nom d'utilisateur du compte"),
    "lien_mot_de_passe": _("l'adresse où choisir son mot de passe"),
    "jours_invitation": _("le nombre de jours pendant lesquels ce lien est bon"),
}

# Said nowhere else: without it the reader can't follow, answer or act.
_IRREPLACEABLE = frozenset(
    {
        "numero",
        "code_suivi",
        "question",
        "reponse",
        "information_demandeur",
        "lien_dossier",
        "date_20",
        "raison",
        "nom_compte",
        "lien_mot_de_passe",
        "liste_guides",
        "organisme",
        "coordonnees",
        "date_prevue",
    }
)


def missing_from(text: str, code: str) -> list[str]:
    """Name the irreplaceable variables that a message of this code could use and does not."""
    allowed = MESSAGE_CODES[code].variables if code in MESSAGE_CODES else ()
    return [name for name in allowed if name in _IRREPLACEABLE and f"{{{name}}}" not in text]
