"""How satisfied the citizens served are, in one sentence; the survey has its own page (art. 4.1)."""

from datetime import date

from django.utils.translation import gettext as _

from intake.policy.council import SMALLEST_COUNT
from intake.policy.roles import Actor
from intake.policy.surveys import departments_read
from intake.process.council import month_words
from intake.reports.survey import results


def satisfaction_words(actor: Actor, *, department: str, today: date) -> str:
    """Say the share of « oui » over the twelve months that are over: of a service by its code, of all he reads when empty.

    Twelve months, whatever the period of the figures, and what the page of the survey shows, no more: an answer has
    neither day nor nature nor channel, and shorter spans, one less the other, would tell what a single person answered.
    """
    found = results(today=today, departments=departments_read(actor))
    line = found.of(department)
    words = {"first": month_words(found.months[0]), "last": month_words(found.months[-1])}
    if line is None or not line.answered:
        return _("De %(first)s à %(last)s, personne n'a répondu au sondage.") % words
    if line.satisfied is None and line.answered >= SMALLEST_COUNT:
        return (
            _("De %(first)s à %(last)s, ce résultat n'est pas montré : il ferait deviner celui d'un autre service.")
            % words
        )
    if line.satisfied is None:
        return (
            _("De %(first)s à %(last)s, moins de cinq personnes ont répondu au sondage : trop peu pour le montrer.")
            % words
        )
    return _(
        "De %(first)s à %(last)s, %(share)d\u00a0%% des %(answered)s personnes qui ont répondu au sondage se disent "
        "satisfaites du résultat."
    ) % {**words, "share": line.satisfied, "answered": line.answered}
