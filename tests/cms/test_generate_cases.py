"""`generate_cases` adds plausible cases in bulk for benchmarks (contract)."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from cms.seeding.grid import seed_grid
from cms.seeding.ledger import Ledger
from intake.models import Answer, Case, CaseEvent, Intervention, ReferenceCounter, Requester, next_reference

pytestmark = pytest.mark.django_db


@pytest.fixture
def grid():
    seed_grid(Ledger())


def generate(count, **options):
    call_command("generate_cases", count, stdout=StringIO(), **options)


@pytest.mark.usefixtures("grid")
def test_cases_when_generated_have_what_a_case_has():
    generate(400)
    assert Case.objects.count() == Requester.objects.count() == 400
    assert Answer.objects.exists()
    assert not Case.objects.filter(events__isnull=True).exists()
    done = Case.objects.filter(kind="request", status__in=["completed", "closed"])
    assert done.exists()
    assert Intervention.objects.count() == done.count()
    assert not CaseEvent.objects.filter(at__gt=timezone.now()).exists()
    for case in Case.objects.prefetch_related("events"):
        last = case.events.order_by("pk").last()
        assert (last.to_status, last.at) == (case.status, case.last_event_at)


@pytest.mark.usefixtures("grid")
def test_references_when_generated_continue_the_counter_without_gaps():
    year = timezone.localdate().year
    ReferenceCounter.objects.create(year=year, last_number=41)
    generate(60)
    generate(60, seed=2)
    numbers = sorted(Case.objects.filter(year=year).values_list("number", flat=True))
    assert numbers == list(range(42, 42 + len(numbers)))
    assert next_reference(year)[1] == numbers[-1] + 1


@pytest.mark.usefixtures("grid")
def test_cases_when_generated_with_the_same_seed_are_the_same_people():
    generate(30, seed=5)
    first = list(Requester.objects.order_by("pk").values_list("last_name", "phone"))
    generate(30, seed=5)
    assert list(Requester.objects.order_by("pk").values_list("last_name", "phone"))[30:] == first


@pytest.mark.parametrize("count", [0, -3])
@pytest.mark.usefixtures("grid")
def test_generating_when_the_number_makes_no_sense_is_refused_with_code_2(count):
    errors = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("generate_cases", count, stderr=errors)
    assert stopped.value.code == 2
    assert len(errors.getvalue().splitlines()) == 1


def test_generating_when_the_grid_is_empty_is_refused_and_writes_nothing():
    errors = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("generate_cases", 5, stderr=errors)
    assert stopped.value.code == 2
    assert "seed_demo" in errors.getvalue()
    assert not Case.objects.exists()


@pytest.mark.usefixtures("grid")
def test_generating_outside_demonstration_is_refused_with_code_2(settings):
    settings.DEMONSTRATION = False
    with pytest.raises(SystemExit) as stopped:
        call_command("generate_cases", 5, stderr=StringIO())
    assert stopped.value.code == 2
    assert not Case.objects.exists()
