"""The mail of the survey (T20). It belongs to no event: nobody who reads the file finds the link that answers for the citizen."""

from django.urls import reverse
from post_office.models import STATUS, Email

from intake.models import Case
from snippets.models import TownSettings

from .outbox import new_mail
from .texts import letter
from .values import absolute, citizen_values

SURVEY = "T20"


def write_survey(case: Case, *, token: str) -> Email:
    """Put the invitation in the outbox; the token is in the links of the mail and nowhere else."""
    town = TownSettings.load()
    links = {
        "lien_sondage": absolute(reverse("survey", args=[token])),
        "lien_retrait": absolute(reverse("survey_withdrawal", args=[token])),
    }
    words = letter(SURVEY, citizen_values(case, town) | links)
    return new_mail(recipient=case.requester.email, letter=words, town=town)


def take_back(mail_ids: list[int]) -> int:
    """Delete the mails that have not left; their delivery then finds nothing to send. Return how many."""
    waiting = Email.objects.filter(pk__in=mail_ids, status__in=[STATUS.queued, STATUS.requeued])
    return waiting.delete()[1].get(Email._meta.label, 0)
