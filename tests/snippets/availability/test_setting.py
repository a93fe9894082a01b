"""The verb of Annexe B and what the database itself refuses."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from snippets.availability.setting import UnableToSetAvailability, set_availability
from snippets.models import Availability, StatusSource
from tests.factories import EmployeeFactory

pytestmark = pytest.mark.django_db


def said(employee, status="in_meeting", until=None, now=None, source=StatusSource.ADMIN):
    return set_availability(
        employee_pk=employee.pk, status=status, until=until, source=source, now=now or timezone.now()
    )


def test_annexe_b_status_when_said_again_takes_the_place_of_the_one_before():
    employee, now = EmployeeFactory(), timezone.now()
    said(employee, "in_meeting", until=now + timedelta(hours=1), now=now)

    said(employee, "available", now=now + timedelta(minutes=5), source=StatusSource.TELEPHONE_SYSTEM)

    (row,) = Availability.objects.all()
    assert (row.status, row.until, row.source) == ("available", None, "telephone_system")
    assert row.set_at == now + timedelta(minutes=5)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"status": "asleep"}, "status"),
        ({"status": ""}, "status"),
        ({"until": timedelta(0)}, "until"),
        ({"until": timedelta(minutes=-1)}, "until"),
        ({"until": timedelta(days=400)}, "until"),
    ],
)
def test_annexe_b_status_when_it_makes_no_sense_is_refused_and_nothing_changes(changes, field):
    employee, now = EmployeeFactory(), timezone.now()
    if "until" in changes:
        changes = {"until": now + changes["until"]}

    with pytest.raises(UnableToSetAvailability) as refused:
        said(employee, now=now, **changes)

    assert refused.value.field == field
    assert not Availability.objects.exists()


@pytest.mark.parametrize("state", ["left", "unknown"])
def test_annexe_b_status_of_who_is_not_in_office_is_refused(state):
    employee = EmployeeFactory(is_active=False)
    if state == "unknown":
        employee.pk += 1000

    with pytest.raises(UnableToSetAvailability, match="plus en fonction"):
        said(employee)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"status": "asleep"}, "availability_is_one_of_annex_b"),
        ({"source": "gossip"}, "availability_says_where_it_comes_from"),
        ({"until": timedelta(0)}, "availability_ends_after_it_is_said"),
    ],
)
def test_annexe_b_database_refuses_what_the_verb_would(changes, constraint):
    now = timezone.now()
    values = {"status": "away", "source": "admin", "set_at": now, "employee": EmployeeFactory(), **changes}
    if "until" in changes:
        values["until"] = now + changes["until"]

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Availability.objects.create(**values)


def test_annexe_b_employee_has_one_status_only():
    employee = EmployeeFactory()
    said(employee)

    with pytest.raises(IntegrityError), transaction.atomic():
        Availability.objects.create(employee=employee, status="away", source="admin", set_at=timezone.now())


def test_annexe_b_employee_with_a_status_can_still_be_deleted():
    employee = EmployeeFactory()
    said(employee)

    employee.delete()

    assert not Availability.objects.exists()
