"""A town that asks: requests completed on a Monday of June 2026 by people who accepted a survey."""

import re
from datetime import date

import pytest
from post_office.models import Email

from intake.models import SurveyAnswer, SurveyInvitation
from intake.policy.surveys import Opinion, Opinions
from intake.process import Completion, complete, route
from intake.process.surveys import answer, invite
from snippets.models import TownSettings
from tests.factories import (
    TECHNICIAN,
    DepartmentFactory,
    DesignationFactory,
    NatureFactory,
    a_case,
    a_contact,
    recipient_of,
    town_time,
)

COMPLETED, ASKED = "2026-06-01 15:00", "2026-06-03 09:00"  # a Monday, then the Wednesday
YES = Opinions(Opinion.YES, Opinion.YES, Opinion.YES)
NO = Opinions(Opinion.NO, Opinion.PARTLY, Opinion.NO)


@pytest.fixture(autouse=True)
def town(db):
    settings = TownSettings.load()
    settings.phone, settings.email = "450 555-0100", "citoyens@ville.example"
    settings.save()
    return settings


@pytest.fixture
def nature(db):
    works = DepartmentFactory(code="TP", name="Travaux publics")
    DesignationFactory(department=works)
    return NatureFactory(department=works, name="Nid-de-poule")


@pytest.fixture
def done(nature):
    """Make a request completed at `at` for the person of `email`."""

    def make(*, email="marie@exemple.example", at=COMPLETED, wants_survey=True, of=None):
        of = of or nature
        received = town_time("2026-05-25 10:00")
        case = a_case(of, now=received, contact=a_contact(email=email), wants_survey=wants_survey)
        route(pk=case.pk, by=TECHNICIAN, now=received)
        completion = Completion(
            done_on=date(2026, 5, 29), phone_extension="2201", internal_note="Fait.", public_message="Réparé."
        )
        return complete(pk=case.pk, completion=completion, by=recipient_of(of.department), now=town_time(at))

    return make


@pytest.fixture
def invited(done):
    """Make a completed request and return the token of its link."""

    def make(**changes):
        case = done(**changes)
        invite(now=town_time(changes.pop("on", ASKED)))
        return token_of(SurveyInvitation.objects.get(case=case))

    return make


def token_of(invitation) -> str:
    """The token, which only the mail holds."""
    return re.search(r"/sondage/([\w-]+)/\s", invitation.mail.message)[1]


def surveys_sent() -> list[str]:
    """Who was written to, in order."""
    return [mail.to[0] for mail in Email.objects.filter(subject__startswith="Comment s'est passée").order_by("pk")]


def answers_of(department, month: str, *, yes: int = 0, no: int = 0) -> None:
    """So many people of a service answered, satisfied of all or of nothing."""
    rows = [Opinion.YES] * yes + [Opinion.NO] * no
    SurveyAnswer.objects.bulk_create(
        SurveyAnswer(
            month=month, department=department, is_clear=one.value, is_timely=one.value, is_satisfied=one.value
        )
        for one in rows
    )


__all__ = ["NO", "YES", "answer", "answers_of", "surveys_sent", "token_of"]
