"""Art. 4.2: a town corrects the processes in the admin, with history, and says who usually executes."""

import pytest
from django.urls import reverse

from cms.roles import ensure_roles
from intake.policy.roles import Role
from snippets.models import Department, ProcessSchema
from tests.factories import DepartmentFactory, EmployeeFactory, user_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    ensure_roles()
    client.force_login(user_with(Role.TECHNICIAN), backend="django.contrib.auth.backends.ModelBackend")
    return client


def address(action: str, row) -> str:
    return reverse(row.snippet_viewset.get_url_name(action), args=[row.pk])


def posted(schema: ProcessSchema, **changes) -> dict:
    values = {
        "code": schema.code,
        "name": schema.name,
        "explanation": schema.explanation,
        "execution": schema.execution,
        "recipient_completes": "on",
    }
    return {**values, **changes}


def test_art_4_2_our_reading_is_corrected_by_the_town_with_history(desk):
    schema = ProcessSchema.objects.get(code="b")

    answer = desk.post(address("edit", schema), posted(schema, explanation="Le secrétariat complète toujours."))

    assert answer.status_code == 302
    schema.refresh_from_db()
    assert (schema.explanation, schema.executor_completes) == ("Le secrétariat complète toujours.", False)
    assert schema.revisions.exists()
    assert "B – Infrastructures" in desk.get(reverse(schema.snippet_viewset.get_url_name("list"))).content.decode()


def test_art_4_2_the_letter_that_files_hold_never_changes(desk):
    schema = ProcessSchema.objects.get(code="b")

    desk.post(address("edit", schema), posted(schema, code="z"))

    schema.refresh_from_db()
    assert schema.code == "b"


def test_art_4_2_a_process_in_which_nobody_completes_is_refused(desk):
    schema = ProcessSchema.objects.get(code="a")
    data = posted(schema, executor_completes="on")
    del data["recipient_completes"]

    answer = desk.post(address("edit", schema), data)

    assert "Quelqu&#x27;un du service doit pouvoir compléter" in answer.content.decode()
    schema.refresh_from_db()
    assert schema.recipient_completes


def test_art_4_2_a_process_that_a_service_follows_is_not_deleted(desk):
    schema = DepartmentFactory(process_schema_id="a").process_schema

    desk.post(address("delete", schema))

    assert ProcessSchema.objects.filter(code="a").exists()


@pytest.mark.parametrize(
    ("same_service", "is_active", "kept"), [(True, True, True), (False, True, False), (True, False, False)]
)
def test_art_4_2_who_usually_executes_works_in_the_service(desk, same_service, is_active, kept):
    works = DepartmentFactory(code="TP", name="Travaux publics", process_schema_id="b")
    person = EmployeeFactory(department=works if same_service else DepartmentFactory(), is_active=is_active)
    data = {
        "code": "TP",
        "name": "Travaux publics",
        "process_schema": "b",
        "default_executor": person.pk,
        "is_active": "on",
        "sort_order": 1,
    }

    answer = desk.post(address("edit", works), data)

    assert (answer.status_code == 302) is kept
    assert (Department.objects.get(code="TP").default_executor == person) is kept
    if not kept:
        assert "Choisissez une personne en fonction de ce service." in answer.content.decode()
