"""How satisfied the citizens served are, in one sentence; the survey has its own page (art. 4.1)."""

from datetime import date

from django.utils.translation import gettext as _

from intake.policy.roles import Actor
from intake.policy.surveys import reads_all
from intake.process.council import month_words
from intake.reports.survey import months_over, satisfaction


def satisfaction_words(actor: Actor, *, today: date) -> str:
    """Say the share of « oui » over the twelve months that are over, for his services or all of them. One query."""
    months = months_over(today)
    own = None if reads_all(actor) else actor.departments
    found = satisfaction(first_month=months[0], last_month=months[-1], departments=own)
    words = {"first": month_words(months[0]), "last": month_words(months[-1]), "answered": found.answered}
    if found.share is None:
        return (
            _("De %(first)s à %(last)s, moins de cinq personnes ont répondu au sondage : trop peu pour le montrer.")
            % words
        )
    return _(
        "De %(first)s à %(last)s, %(share)d\u00a0%% des %(answered)s personnes qui ont répondu au sondage se disent "
        "satisfaites du résultat."
    ) % {**words, "share": found.share}
