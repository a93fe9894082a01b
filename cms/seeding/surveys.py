"""Art. 4.1 in the demonstration: the surveys of the past, already gone and partly answered; no mail leaves."""

from datetime import date, datetime
from random import Random

from django.db import transaction
from django.db.models.functions import TruncDate

from intake.models import Case, SurveyAnswer, SurveyInvitation
from intake.policy.clocks import TOWN_ZONE, local_day
from intake.policy.surveys import (
    ASKED_KINDS,
    ASKED_STATUSES,
    WORKING_DAYS_AFTER,
    Opinion,
    month_of,
    new_token,
    token_hash,
)
from intake.process.calendar import town_calendar

from .ledger import Ledger

SEED, ANSWERS = 41, 0.8  # of those invited
# The delay pleases least, as everywhere.
OPINIONS = {"is_clear": (75, 18, 7), "is_timely": (55, 25, 20), "is_satisfied": (66, 22, 12)}


@transaction.atomic
def seed_surveys(ledger: Ledger, *, now: datetime) -> int:
    """Invite on their day those who accepted and were not, once, without a mail; return how many. Some have answered."""
    if not ledger.first_time("surveys"):
        return 0
    today, calendar = local_day(now), town_calendar()
    invited = [
        (case, on) for case in _accepted() if (on := calendar.add(case.completed_on, WORKING_DAYS_AFTER)) <= today
    ]
    rng = Random(SEED)  # noqa: S311 - invented opinions, no secret
    invitations = [
        SurveyInvitation(
            case=case, token_hash=token_hash(new_token()), invited_on=on, answered=on < today and rng.random() < ANSWERS
        )
        for case, on in invited
    ]
    SurveyInvitation.objects.bulk_create(invitations)
    answers = [_answer(row.case, row.invited_on, rng) for row in invitations if row.answered]
    rng.shuffle(answers)
    SurveyAnswer.objects.bulk_create(answers)
    return len(invitations)


def _accepted() -> list[Case]:
    done = Case.objects.filter(
        wants_survey=True,
        kind__in=[kind.value for kind in ASKED_KINDS],
        status__in=[status.value for status in ASKED_STATUSES],
        requester__email__gt="",
        survey_invitation__isnull=True,
    )
    return list(done.annotate(completed_on=TruncDate("completed_at", tzinfo=TOWN_ZONE)).order_by("completed_at", "pk"))


def _answer(case: Case, on: date, rng: Random) -> SurveyAnswer:
    given = {name: rng.choices([one.value for one in Opinion], weights)[0] for name, weights in OPINIONS.items()}
    return SurveyAnswer(month=month_of(on), department_id=case.department_id, **given)
