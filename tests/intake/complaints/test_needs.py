"""What whoever is in charge of a complaint does next (art. 4.4)."""

from datetime import timedelta

import pytest
from django.http import QueryDict

from intake.models import ComplaintFile
from intake.policy.complaint_target import Target
from intake.policy.roles import Role
from intake.policy.vocabulary import Status
from intake.queue.listing import listing_for
from intake.queue.needs import Need
from tests.factories import user_with

from .steps import a_complaint, end, investigated, today, under_review

pytestmark = pytest.mark.django_db

NEEDS = [
    # step, who, need
    (a_complaint, Role.TECHNICIAN, Need.EXAMINE),
    (under_review, Role.TECHNICIAN, None),
    (under_review, Role.DIRECTOR, Need.EXAMINE),
    (investigated, Role.DIRECTOR, Need.DECIDE),
    (lambda: end(investigated(), Status.UNFOUNDED), Role.DIRECTOR, Need.CLOSE),
    (lambda: a_complaint(signature=None), Role.DIRECTOR, None),
    (lambda: a_complaint(target=Target.DIRECTOR), Role.DIRECTOR, None),
    (lambda: a_complaint(target=Target.DIRECTOR), Role.GENERAL_DIRECTOR, Need.EXAMINE),
]


def needs(role: Role) -> list[str]:
    return [case.need for case in listing_for(user_with(role), QueryDict("vue=a-traiter"))]


@pytest.mark.parametrize(("step", "role", "need"), NEEDS)
def test_art_4_4_each_step_says_who_acts(town, step, role, need):
    step()
    assert needs(role) == ([need.value] if need else [])


def test_art_4_4_when_the_delay_to_complete_is_over_a_person_is_told(town):
    case = a_complaint(signature=None)
    ComplaintFile.objects.filter(case=case).update(complete_until=today() - timedelta(days=1))
    assert needs(Role.DIRECTOR) == [Need.FOLLOW_UP.value]
