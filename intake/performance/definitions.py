"""« Comment ces chiffres sont comptés » : intake/policy/performance.py in words, for the page, the paper and the workbook."""

from django.utils.translation import gettext_lazy as _

_DEFINITIONS = (
    (
        _("Requêtes"),
        _(
            "Ce sont les requêtes au sens de l'article 4.1 de la politique. Les questions, plaintes, réclamations et "
            "demandes d'accès n'y sont pas comptées."
        ),
    ),
    (
        _("Reçues"),
        _(
            "Les requêtes reçues dans la période, quel que soit leur état aujourd'hui. Celles qui ont été rattachées à "
            "une autre, retirées ou dites hors compétence y sont; elles ne seront jamais complétées."
        ),
    ),
    (
        _("Complétées"),
        _(
            "Les requêtes complétées dans la période, peu importe le jour de leur réception. Une requête rouverte "
            "n'est plus complétée : elle compte de nouveau parmi les ouvertes."
        ),
    ),
    (
        _("Délai"),
        _(
            "Les jours ouvrés entre la réception et la date effectuée (Annexe A). Le jour de la réception ne compte "
            "pas. Une requête reçue après la fermeture des bureaux, ou un jour non ouvré, est reçue le jour ouvré "
            "suivant. Les jours passés à attendre une réponse du citoyen sont retirés."
        ),
    ),
    (
        _("Délai médian, 9 sur 10"),
        _(
            "La moitié des requêtes complétées ont pris ce nombre de jours ou moins; 9 sur 10 ont pris l'autre nombre "
            "ou moins. C'est toujours le délai d'une vraie requête, jamais une moyenne."
        ),
    ),
    (
        _("Dans le délai"),
        _(
            "La date effectuée est au plus tard le jour de l'échéance promise au citoyen, pauses comprises. La part "
            "se calcule sur les requêtes complétées qui avaient une échéance. 100 % veut dire toutes, 0 % aucune."
        ),
    ),
    (
        _("Ouvertes, en retard"),
        _(
            "L'état d'aujourd'hui, quelle que soit la période choisie. Une requête est en retard quand son échéance "
            "est passée. Si elle attend une réponse du citoyen, son échéance est suspendue et elle n'est pas en retard."
        ),
    ),
    (
        _("L'an dernier"),
        _(
            "Les mêmes jours de l'année précédente. Si la période n'est pas finie, seuls les jours déjà passés sont "
            "comparés."
        ),
    ),
    (
        _("Mois par mois"),
        _(
            "Treize mois, jusqu'à celui où la période finit ou à ce mois-ci, pour y lire aussi le même mois de l'an dernier."
        ),
    ),
    (
        _("Personnes"),
        _(
            "Aucun chiffre n'est compté par personne. Les lignes suivent l'ordre de la grille, jamais un classement "
            "(articles 4.7 et 4.8)."
        ),
    ),
)


def definitions() -> list[tuple[str, str]]:
    """Each figure and how it is counted, in the reader's language."""
    return [(str(figure), str(words)) for figure, words in _DEFINITIONS]
