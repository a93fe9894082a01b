"""Which messages exist, when each leaves, and the variables its text may use (plain data, read by models and mail)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class MessageCode:
    """One kind of message: `code` is stable, `variables` are the words in braces its text may use."""

    code: str
    title: str | Promise
    audience: str  # "citizen" or "staff"
    variables: tuple[str, ...]


COMMON = ("salutation", "numero", "nature", "service", "lien_suivi", "telephone_service", "signature_service", "ville")
RECEIVED = (*COMMON, "lieu", "date_reception", "date_cible", "code_suivi", "telephone_urgence")
STAFF = ("prenom", "numero", "nature", "priorite", "rue", "service", "date_cible", "lien_dossier", "ville")
LIST = (
    "prenom",
    "service",
    "mois",
    "nombre",
    "nombre_requetes",
    "nombre_retard",
    "date_echeance",
    "lien_liste",
    "poste_technicien",
    "retard_envoi",
    "ville",
)
INVITATION = ("prenom", "nom_compte", "lien_mot_de_passe", "jours_invitation", "telephone_service", "ville")
# A message about a complaint holds its number and a link, nothing else (art. 4.5).
CONFIDENTIAL = ("numero", "lien_dossier", "ville")
SIGNING = ("salutation", "code_signature", "minutes", "telephone_service", "signature_service", "ville")
# Several requests in one message: number, nature and street of each, nothing else (art. 4.5).
DUE = ("prenom", "nombre", "liste", "ville")
DESIGNATION = ("service", "responsable", "date_debut", "nombre", "lien_designation", "ville")
REVIEW = ("service", "nombre_guides", "liste_guides", "lien_guides", "ville")
APPROVAL = ("titre_page", "lien_page", "ville")

MESSAGE_CODES = {
    item.code: item
    for item in (
        MessageCode("T1", _("Accusé de réception d'une requête"), "citizen", RECEIVED),
        MessageCode("T1B", _("Accusé de réception d'un commentaire ou d'une question"), "citizen", RECEIVED),
        MessageCode("T2", _("Requête confiée à un service"), "citizen", (*COMMON, "date_cible")),
        MessageCode("T3", _("Renseignement attendu du citoyen"), "citizen", (*COMMON, "question")),
        MessageCode("T4", _("Intervention prévue"), "citizen", (*COMMON, "date_prevue", "information_demandeur")),
        MessageCode(
            "T5",
            _("Requête complétée"),
            "citizen",
            (*COMMON, "information_demandeur", "date_effectuee", "delai_reouverture"),
        ),
        MessageCode(
            "T6", _("Demande qui relève d'un autre organisme"), "citizen", (*COMMON, "organisme", "coordonnees")
        ),
        MessageCode("T7", _("Situation déjà signalée : requête rattachée à une autre"), "citizen", COMMON),
        MessageCode(
            "T8", _("Réponse à une question ou à un commentaire"), "citizen", (*COMMON, "reponse", "lien_guide")
        ),
        MessageCode("T9", _("Plainte reçue"), "citizen", RECEIVED),
        MessageCode("T9U", _("Plainte reçue, à signer"), "citizen", (*RECEIVED, "date_limite")),
        MessageCode("T9B", _("Plainte à compléter"), "citizen", (*COMMON, "elements_manquants", "date_limite")),
        MessageCode("T9C", _("Code pour signer une plainte"), "citizen", SIGNING),
        MessageCode("T10", _("Lettre : plainte irrecevable"), "citizen", (*COMMON, "motif", "autre_recours")),
        MessageCode("T10A", _("Une réponse à une plainte attend derrière le code de suivi"), "citizen", COMMON),
        MessageCode("T11", _("Lettre : fin de l'enquête"), "citizen", (*COMMON, "conclusion_generale")),
        MessageCode("T12", _("Réclamation reçue"), "citizen", (*RECEIVED, "date_heure")),
        MessageCode("T13", _("Demande d'accès reçue"), "citizen", (*RECEIVED, "date_20", "coordonnees_cai")),
        MessageCode("T22", _("Demande retirée par le citoyen"), "citizen", (*COMMON, "date_reception")),
        MessageCode("T12B", _("Réclamation : décision"), "citizen", (*COMMON, "reponse")),
        MessageCode("T13B", _("Demande d'accès : précision demandée"), "citizen", (*COMMON, "question", "date_20")),
        MessageCode(
            "T14",
            _("Demande d'accès : délai prolongé"),
            "citizen",
            (*COMMON, "motif_prolongation", "jours", "date_prolongee"),
        ),
        MessageCode(
            "T15",
            _("Demande d'accès : refus ou refus partiel"),
            "citizen",
            (
                *COMMON,
                "date_reception",
                "documents_refuses",
                "articles",
                "texte_articles",
                "explication",
                "documents_joints",
                "avis_recours",
            ),
        ),
        MessageCode(
            "T16",
            _("Demande d'accès : accès accordé"),
            "citizen",
            (*COMMON, "date_reception", "documents", "explication", "avis_recours"),
        ),
        MessageCode(
            "T16B",
            _("Demande d'accès : document non détenu"),
            "citizen",
            (*COMMON, "date_reception", "documents", "explication", "avis_recours"),
        ),
        MessageCode(
            "T16C",
            _("Demande d'accès : transmise à un autre organisme"),
            "citizen",
            (
                *COMMON,
                "date_reception",
                "documents",
                "explication",
                "organisme",
                "coordonnees_organisme",
                "avis_recours",
            ),
        ),
        MessageCode("T16D", _("Demande d'accès : la réponse est partie"), "citizen", (*COMMON, "date_envoi")),
        MessageCode(
            "T20", _("Sondage après une demande complétée"), "citizen", (*COMMON, "lien_sondage", "lien_retrait")
        ),
        MessageCode("R1", _("Au Responsable : une requête lui est confiée"), "staff", STAFF),
        MessageCode("R2", _("Au Responsable et au Technicien : danger signalé"), "staff", STAFF),
        MessageCode("R3", _("Au Responsable : une requête est rouverte"), "staff", (*STAFF, "raison")),
        MessageCode("R4", _("Au Technicien : aucun Responsable désigné"), "staff", STAFF),
        MessageCode("T17", _("Au Responsable : requêtes non complétées du mois"), "staff", LIST),
        MessageCode("T17B", _("Au Responsable : rien à signaler ce mois-ci"), "staff", LIST),
        MessageCode("T18", _("Au Responsable : rappel de la liste du mois"), "staff", LIST),
        MessageCode(
            "T19", _("Aux élus : liste du mois"), "staff", ("mois", "lien_liste", "coordonnees_direction", "ville")
        ),
        MessageCode("R70", _("Au Responsable : des échéances proches ou passées"), "staff", DUE),
        MessageCode("R71", _("À la direction d'un service : des requêtes restent en retard"), "staff", DUE),
        MessageCode("R50", _("À la direction : une plainte vous attend"), "staff", CONFIDENTIAL),
        MessageCode("R51", _("À la personne chargée d'une enquête"), "staff", ("prenom", *CONFIDENTIAL)),
        MessageCode("R60", _("À qui signe une désignation (Annexe C)"), "staff", DESIGNATION),
        MessageCode("R61", _("À l'ancien Responsable : ses requêtes passent à un autre"), "staff", DESIGNATION),
        MessageCode(
            "R62", _("Au nouveau Responsable : les requêtes du service lui sont confiées"), "staff", DESIGNATION
        ),
        MessageCode(
            "R72",
            _("À qui exporte : un long fichier est prêt"),
            "staff",
            ("prenom", "lien_exportation", "fin_du_lien", "ville"),
        ),
        MessageCode("R5", _("Au Service aux citoyens : un dossier confidentiel est arrivé"), "staff", STAFF),
        MessageCode("R20", _("À un membre du personnel : son compte est prêt"), "staff", INVITATION),
        MessageCode("R6", _("À la personne qui exécute : une requête lui est confiée"), "staff", STAFF),
        MessageCode("R9", _("Au Technicien : une question attend depuis plus d'un jour ouvré"), "staff", STAFF),
        MessageCode("R30", _("Au Responsable ou au Technicien : le citoyen ajoute une précision"), "staff", STAFF),
        MessageCode("R31", _("À la direction : un citoyen félicite le personnel"), "staff", STAFF),
        MessageCode("R32", _("Une précision est arrivée à un dossier confidentiel"), "staff", STAFF),
        MessageCode("R73", _("Au service : des guides à relire"), "staff", REVIEW),
        MessageCode("R74", _("Au service : une page attend son approbation"), "staff", ("demande_par", *APPROVAL)),
        MessageCode("R75", _("À qui a soumis une page : elle est publiée"), "staff", ("prenom", *APPROVAL)),
        MessageCode(
            "R76",
            _("À qui a soumis une page : à corriger"),
            "staff",
            ("prenom", "commentaire", "demande_par", *APPROVAL),
        ),
        MessageCode(
            "R77",
            _("Au greffe : un incident de confidentialité est signalé"),
            "staff",
            ("date_reception", "lien_incident", "ville"),
        ),
        # The service learns neither whose request it is nor its number (art. 4.6; art. 62).
        MessageCode(
            "R40",
            _("Au service : des documents à fournir"),
            "staff",
            ("prenom", "service", "date_cible", "lien_tache", "ville"),
        ),
        MessageCode("R41", _("Au greffe : un délai d'accès approche"), "staff", (*STAFF, "echeance", "date_legale")),
        MessageCode("R42", _("Au greffe : un délai d'accès est passé"), "staff", (*STAFF, "echeance", "date_legale")),
    )
}
