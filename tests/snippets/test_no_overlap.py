"""One Responsable at a time per service (Annexe C): refused by the form in French, and by the database itself."""

import uuid
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.db.utils import ConnectionHandler
from django.test.utils import isolate_apps
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.policy.roles import Role
from snippets.models import Designation
from snippets.models.constraints import NoOverlap
from tests.factories import DepartmentFactory, DesignationFactory, EmployeeFactory, user_with

from .forms import filled_form

POSTGRES = {"ENGINE": "django.db.backends.postgresql", "HOST": "127.0.0.1", "PORT": 5432, "USER": "postgres"}
FIRST = date(2026, 1, 1)


def day(number):
    return None if number is None else FIRST + timedelta(days=number)


# --- The real table, on the database of the tests ------------------------------------------------


def period(department, start, end=None):
    """Write a designation without asking the model: only the database is left to say no."""
    employee = EmployeeFactory(department=department)
    row = DesignationFactory.build(
        department=department, employee=employee, effective_from=day(start), effective_until=day(end)
    )
    return Designation.objects.bulk_create([row])[0]


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("the same days", 10, 20),
        ("contained", 12, 15),
        ("containing", 5, 25),
        ("one common day at the end", 20, 30),
        ("one common day at the start", 1, 10),
        ("open ended from the middle", 15, None),
        ("open ended from before", 1, None),
    ],
)
def test_a_second_responsable_for_a_shared_day_is_refused_by_the_database(db, name, start, end):
    department = DepartmentFactory()
    period(department, 10, 20)

    with pytest.raises(DatabaseError), transaction.atomic():
        period(department, start, end)

    assert Designation.objects.count() == 1


@pytest.mark.parametrize(("start", "end"), [(0, 9), (21, 30), (21, None)])
def test_a_responsable_for_the_days_next_to_it_is_accepted(db, start, end):
    department = DepartmentFactory()
    period(department, 10, 20)

    period(department, start, end)

    assert Designation.objects.count() == 2


def test_after_an_open_ended_designation_nothing_is_accepted_until_it_ends(db):
    department = DepartmentFactory()
    first = period(department, 10)
    with pytest.raises(DatabaseError), transaction.atomic():
        period(department, 3000)

    first.effective_until = day(2999)
    first.save()

    assert period(department, 3000).pk


def test_another_service_may_have_its_responsable_on_the_same_days(db):
    period(DepartmentFactory(), 10, 20)

    assert period(DepartmentFactory(), 10, 20).pk


def test_a_change_that_makes_two_designations_overlap_is_refused_by_the_database(db):
    department = DepartmentFactory()
    period(department, 10, 20)
    later = period(department, 21, 30)

    with pytest.raises(DatabaseError), transaction.atomic():
        Designation.objects.filter(pk=later.pk).update(effective_from=day(20))
    with pytest.raises(DatabaseError), transaction.atomic():
        Designation.objects.filter(pk=later.pk).update(effective_from=day(5), effective_until=None)

    later.refresh_from_db()
    assert later.effective_from == day(21)


def test_a_designation_may_be_saved_again_unchanged_and_its_own_days_moved(db):
    designation = period(DepartmentFactory(), 10, 20)

    designation.save()
    designation.effective_from = day(15)
    designation.full_clean()
    designation.save()


def test_the_model_says_it_in_french_beside_the_start(db):
    department = DepartmentFactory()
    period(department, 10)
    second = DesignationFactory.build(
        department=department, employee=EmployeeFactory(department=department), effective_from=day(12)
    )

    with pytest.raises(ValidationError) as refused:
        second.full_clean()

    assert "Ce service a déjà un Responsable" in refused.value.message_dict["effective_from"][0]


def test_the_form_says_it_beside_the_start_and_keeps_what_was_typed(client):
    client.force_login(user_with(Role.TECHNICIAN))
    department = DepartmentFactory()
    employee = EmployeeFactory(department=department)
    DesignationFactory(department=department, employee=employee, effective_from=day(10))
    typed = {
        "department": department.pk,
        "employee": employee.pk,
        "position_email": "poste@ville.example",
        "phone_extension": "2201",
        "effective_from": "2026-03-01",
    }

    response = client.post(reverse("intake_designations:new"), typed)

    assert response.status_code == 422
    (error,) = BeautifulSoup(response.content, "html.parser").select(".guichet-field--error")
    assert "Ce service a déjà un Responsable" in error.get_text()
    assert error.select_one("input")["name"] == "effective_from"
    assert filled_form(response)["position_email"] == "poste@ville.example"


# --- The constraint alone, on both engines, against plain Python ---------------------------------


@contextmanager
def sqlite():
    handler = ConnectionHandler({"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}})
    yield handler["default"]
    handler["default"].close()


@contextmanager
def postgres():
    name = f"guichet_no_overlap_{uuid.uuid4().hex[:12]}"
    server = ConnectionHandler({"default": {**POSTGRES, "NAME": "postgres"}})["default"]
    with server.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    own = ConnectionHandler({"default": {**POSTGRES, "NAME": name}})["default"]
    try:
        yield own
    finally:
        own.close()
        with server.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}"')
        server.close()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine(request, db):
    """An empty database of this kind, in which a table holds the constraint."""
    with {"sqlite": sqlite, "postgres": postgres}[request.param]() as own:
        with own.schema_editor() as editor:
            for model in _models():
                editor.create_model(model)
        with own.cursor() as cursor:
            cursor.execute("INSERT INTO snippets_holder (id) VALUES (1), (2)")
        yield own


@isolate_apps("snippets")
def _models(*, constrained: bool = True):
    class Holder(models.Model):  # noqa: DJ008 - never shown
        class Meta:
            app_label = "snippets"

    class Period(models.Model):  # noqa: DJ008 - never shown
        holder = models.ForeignKey(Holder, on_delete=models.PROTECT)
        starts = models.DateField()
        ends = models.DateField(null=True)

        class Meta:
            app_label = "snippets"
            constraints = [CONSTRAINT] if constrained else []

    return Holder, Period


CONSTRAINT = NoOverlap(
    owner="holder", start="starts", end="ends", name="one_holder_at_a_time", violation_error_message="Déjà pris."
)


def insert(own, holder, start, end):
    with own.cursor() as cursor:
        cursor.execute(
            "INSERT INTO snippets_period (holder_id, starts, ends) VALUES (%s, %s, %s)", [holder, day(start), day(end)]
        )


def accepts(own, holder, start, end) -> bool:
    """Whether the database takes this period."""
    try:
        with transaction_of(own):
            insert(own, holder, start, end)
    except IntegrityError:
        return False
    return True


@contextmanager
def transaction_of(own):
    own.set_autocommit(False)
    try:
        yield
        own.commit()
    except BaseException:
        own.rollback()
        raise
    finally:
        own.set_autocommit(True)


def share_a_day(one, other) -> bool:
    """The oracle: day by day, within a window wider than every period drawn."""
    days = [set(range(start, (60 if end is None else end) + 1)) for _, start, end in (one, other)]
    return one[0] == other[0] and bool(days[0] & days[1])


holders = st.integers(1, 2)
periods = st.tuples(holders, st.integers(0, 40), st.none() | st.integers(0, 12)).map(
    lambda p: (p[0], p[1], None if p[2] is None else p[1] + p[2])
)


def test_the_database_accepts_exactly_the_periods_that_share_no_day(engine):
    @settings(max_examples=60, deadline=None)
    @given(st.lists(periods, max_size=8))
    def every_sequence(drawn):
        with engine.cursor() as cursor:
            cursor.execute("DELETE FROM snippets_period")
        kept = []
        for candidate in drawn:
            free = not any(share_a_day(candidate, other) for other in kept)
            assert accepts(engine, *candidate) is free
            if free:
                kept.append(candidate)

    every_sequence()


def test_the_constraint_survives_a_change_of_the_table(engine):
    _, period_model = _models()
    # With a default, so that SQLite writes the whole table anew.
    colour = models.CharField(max_length=10, null=True, default="gris")
    colour.set_attributes_from_name("colour")
    with engine.schema_editor() as editor:
        editor.add_field(period_model, colour)

    assert accepts(engine, 1, 0, 10)
    assert not accepts(engine, 1, 10, None)


def test_the_constraint_when_removed_by_a_migration_no_longer_holds_and_comes_back(engine):
    _, before = _models()
    _, after = _models(constrained=False)
    with engine.schema_editor() as editor:
        editor.remove_constraint(after, CONSTRAINT)
    assert accepts(engine, 1, 0, 10)
    assert accepts(engine, 1, 5, 15)
    with engine.cursor() as cursor:
        cursor.execute("DELETE FROM snippets_period")

    with engine.schema_editor() as editor:
        editor.add_constraint(before, CONSTRAINT)

    assert accepts(engine, 1, 0, 10)
    assert not accepts(engine, 1, 5, 15)


def test_the_tests_database_knows_the_constraint_by_its_name(db):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'snippets_designation'"
            )
        else:
            cursor.execute("SELECT conname FROM pg_constraint WHERE conrelid = 'snippets_designation'::regclass")
        names = {name for (name,) in cursor.fetchall()}

    assert any(name.startswith("one_designation_at_a_time") for name in names)
