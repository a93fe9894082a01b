"""The words proper to a decision on access: the documents, the provisions with their text, the recourse (A-2.1 art. 51)."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intake.models import AccessFile
from intake.policy.legal_clocks import REVIEW_DAYS
from snippets.models import LegalProvision, TownSettings


def words_of_decision(access: AccessFile) -> dict[str, str]:
    """Fill what the letters of decision may use; nothing that a refusal needs is left to be typed (art. 4.6)."""
    provisions = list(access.provisions.order_by("article"))
    return {
        "documents": access.given or access.wanted,
        "documents_refuses": access.withheld,
        "articles": articles_in_words(provisions),
        "texte_articles": texts_of(provisions),
        "explication": access.explanation,
        "documents_joints": _("Vous trouverez ci-joint : %(given)s.") % {"given": access.given} if access.given else "",
        "organisme": access.body.name if access.body else "",
        "coordonnees_organisme": access.body.contact if access.body else "",
        "avis_recours": notice_of_recourse(),
    }


def articles_in_words(provisions: Sequence[LegalProvision]) -> str:
    """« l'article 53 », « les articles 53 et 54 »."""
    numbers = [provision.article for provision in provisions]
    listed = _(" et ").join(filter(None, (", ".join(numbers[:-1]), *numbers[-1:])))
    return ngettext("l'article %(list)s", "les articles %(list)s", len(numbers)) % {"list": listed}


def texts_of(provisions: Sequence[LegalProvision]) -> str:
    """Each provision with the whole of its text (A-2.1 art. 51)."""
    return "\n\n".join(
        _("Article %(article)s : « %(text)s »") % {"article": one.article, "text": one.text.strip()}
        for one in provisions
    )


def notice_of_recourse() -> str:
    """Who reviews, within what delay, and how to reach it (A-2.1 art. 51, 135)."""
    town = TownSettings.load()
    return _(
        "Si vous n'êtes pas d'accord avec cette décision, vous pouvez demander à la Commission d'accès à l'information "
        "de la réviser, par écrit, dans les %(days)s jours qui suivent la réception de cette lettre. Votre demande peut "
        "exposer brièvement vos raisons.\n\n%(commission)s"
    ) % {"days": REVIEW_DAYS, "commission": town.access_commission}
