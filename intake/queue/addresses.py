"""The addresses of the town that are still missing: without them, someone who must be told is not (art. 4.1, 4.4, 4.6)."""

from django.utils.translation import gettext_lazy as _

from snippets.models import TownSettings

# What is lost while the address is empty.
_LOST = {
    "email": _("Le courriel du Service aux citoyens manque : personne n'est avisé des dossiers qui arrivent."),
    "clerk_email": _(
        "Le courriel du greffe manque : l'avis d'une réclamation ou d'une demande d'accès va au Service aux citoyens."
    ),
    "director_email": _("Le courriel de la direction manque : personne n'est avisé d'une plainte."),
    "general_director_email": _(
        "Le courriel de la direction générale manque : personne n'est avisé d'une plainte qui vise la direction."
    ),
}


def missing_addresses(town: TownSettings) -> list[str]:
    """Say, in order, what each missing address costs; nothing when all are there."""
    return [str(words) for name, words in _LOST.items() if not getattr(town, name)]
