"""Deleting what is in use is refused with the list of who uses it; a file is counted, never named (art. 4.5)."""

from datetime import date

import pytest
from django.db.models.signals import pre_delete  # noqa: TID251 - plays the other person
from django.urls import reverse
from wagtail.actions import action_registry
from wagtail.actions.delete import DeletePermissionError
from wagtail.models import Page, ReferenceIndex

from intake.models import Case, CaseEvent, Requester
from services_pages.models import GuideIndexPage, GuidePage
from snippets.message_codes import MESSAGE_CODES
from snippets.models import Closure, Department, Designation, Employee, MessageText, RequestNature
from tests.factories import DepartmentFactory, DesignationFactory, EmployeeFactory, NatureFactory, QuestionFactory

from .test_nature_form import answer


def a_file(nature, reference="2026-0007", **extra):
    """A file of this nature, with words that must be found nowhere."""
    number = int(reference.rsplit("-", 1)[1])
    moment = "2026-06-22T14:00:00Z"
    case = Case.objects.create(
        reference=reference,
        year=2026,
        number=number,
        kind="request",
        department=nature.department,
        nature=nature,
        facts="Zorglubite devant la maison",
        received_at=moment,
        last_event_at=moment,
        tracking_hash="x",
        **extra,
    )
    Requester.objects.create(case=case, last_name="Zorglub", email="zorglub@exemple.example")
    return case


def delete_url(row):
    return reverse(f"wagtailsnippets_snippets_{row._meta.model_name}:delete", args=[row.pk])


def bulk_url(model, *rows):
    base = reverse("wagtail_bulk_action", args=["snippets", model._meta.model_name, "delete"])
    return base + "?" + "&".join(f"id={row.pk}" for row in rows)


def test_an_unused_service_when_deleted_is_gone(staff):
    department = DepartmentFactory(code="SEUL")

    assert "supprimer" in staff.get(delete_url(department)).content.decode()
    assert staff.post(delete_url(department)).status_code == 302
    assert not Department.objects.filter(pk=department.pk).exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_service_in_use_when_deleted_stays_with_the_list_of_who_uses_it(staff, method):
    department = DepartmentFactory(code="TP", name="Travaux publics")
    nature = NatureFactory(department=department, code="TP-01", name="Nid-de-poule")
    employee = EmployeeFactory(department=department, first_name="Lucie", last_name="Roy")
    designation = DesignationFactory(department=department, employee=employee)
    a_file(nature)

    response = getattr(staff, method)(delete_url(department))

    page = response.content.decode()
    assert response.status_code == 200
    assert "Rien n'a été supprimé" in page or "Rien n&#x27;a été supprimé" in page
    for row in (nature, employee):
        assert reverse(f"wagtailsnippets_snippets_{row._meta.model_name}:edit", args=[row.pk]) in page
    # Named, without a door: Communications do not open designations (§3).
    assert str(designation) in page
    assert "TP-01 Nid-de-poule" in page
    assert "Lucie Roy" in page
    assert "Demandes : 1" in page
    assert "décochez « Actif »" in page
    assert Department.objects.filter(pk=department.pk).exists()


def test_the_refusal_never_names_a_file_nor_who_filed_it(staff):
    case = a_file(NatureFactory())

    for row in (case.nature, case.department):
        page = staff.post(delete_url(row)).content.decode()
        assert case.reference not in page
        assert "orglub" not in page


def test_a_nature_in_use_when_deleted_says_to_retire_it(staff):
    nature = NatureFactory()
    a_file(nature)

    page = staff.post(delete_url(nature)).content.decode()

    assert "décochez « Offerte »" in page
    assert RequestNature.objects.filter(pk=nature.pk).exists()


def test_a_nature_whose_question_is_answered_stays_even_when_its_files_went_elsewhere(staff):
    question = QuestionFactory()
    case = answer(question).case
    case.nature = NatureFactory(department=case.department)
    case.save()

    page = staff.post(delete_url(question.nature)).content.decode()

    assert "Réponses : 1" in page
    assert RequestNature.objects.filter(pk=question.nature_id).exists()


def test_a_nature_without_files_when_deleted_goes_with_its_questions(staff):
    nature = QuestionFactory().nature

    assert staff.post(delete_url(nature)).status_code == 302
    assert not RequestNature.objects.filter(pk=nature.pk).exists()


def test_an_employee_who_heads_a_service_and_receives_its_requests_stays(staff):
    employee = EmployeeFactory()
    DepartmentFactory(code="ZED", name="Service Zed", head=employee)
    DesignationFactory(employee=employee, department=employee.department)

    page = staff.post(delete_url(employee)).content.decode()

    assert "Service Zed" in page
    assert "Désignation d&#x27;un Responsable" in page
    # Where it is really done: « En fonction » can't be unticked on the form.
    assert "inscrit son départ à l&#x27;écran « Droits »" in page
    assert Employee.objects.filter(pk=employee.pk).exists()


def test_annexe_c_a_designation_is_deleted_by_no_page_of_the_grid(staff, admin_client):
    designation = DesignationFactory()

    for client in (staff, admin_client):
        assert client.post(delete_url(designation)).status_code == 302
        client.post(bulk_url(Designation, designation))
        assert Designation.objects.filter(pk=designation.pk).exists()


def test_a_closure_is_used_by_nothing_and_can_be_deleted(staff):
    closure = Closure.objects.create(label="Fêtes", first_on=date(2026, 12, 24), last_on=date(2027, 1, 2))

    assert staff.post(delete_url(closure)).status_code == 302


def test_a_text_that_guichet_sends_stays_and_one_it_no_longer_sends_goes(staff):
    sent = MessageText.objects.create(code="T1", subject="Reçu {numero}", body="Merci.")
    old = MessageText.objects.create(code="T99", subject="Ancien", body="Ancien.")
    assert "T99" not in MESSAGE_CODES

    assert "Guichet envoie ce message" in staff.post(delete_url(sent)).content.decode()
    assert staff.post(delete_url(old)).status_code == 302
    assert list(MessageText.objects.values_list("code", flat=True)) == ["T1"]


@pytest.fixture
def guide(db):
    home = Page.objects.filter(depth=2).first()
    index = home.add_child(instance=GuideIndexPage(title="Guides", slug="guides"))
    department = DepartmentFactory(code="ENV")
    essentials = dict.fromkeys(("summary", "for_whom", "when", "documents", "cost", "delay"), "Écrit.")
    guide = GuidePage(title="Bacs et collectes", slug="bacs", department=department, **essentials)
    index.add_child(instance=guide)
    ReferenceIndex.create_or_update_for_object(guide)
    return guide


def test_a_service_that_a_page_names_stays_with_the_page_and_its_link(staff, guide):
    page = staff.post(delete_url(guide.department)).content.decode()

    assert "Bacs et collectes" in page
    assert reverse("wagtailadmin_pages:edit", args=[guide.pk]) in page
    assert page.count("Bacs et collectes") == 1  # named once, whether by the database or by the index


@pytest.mark.parametrize("method", ["get", "post"])
def test_several_rows_at_once_when_one_is_in_use_all_stay(staff, method):
    used = NatureFactory(code="AA-01", name="Utilisée")
    free = NatureFactory(code="AA-02", name="Libre")
    a_file(used)

    response = getattr(staff, method)(bulk_url(RequestNature, used, free))

    page = response.content.decode()
    assert response.status_code == 200
    assert "AA-01 Utilisée" in page
    assert "AA-02 Libre" not in page
    assert "autre élément choisi peut être supprimé" in page
    assert RequestNature.objects.count() == 2


def test_several_unused_rows_at_once_are_deleted(staff):
    rows = [NatureFactory(), NatureFactory()]

    assert staff.post(bulk_url(RequestNature, *rows)).status_code == 302
    assert not RequestNature.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("several", [False, True])
def test_a_file_that_arrives_during_the_deletion_is_explained_not_an_error(admin_client, several):
    nature = NatureFactory()

    def a_citizen_files(**kwargs):
        a_file(nature)

    # After our last look at who uses the row, before the database forgets it.
    pre_delete.connect(a_citizen_files, sender=RequestNature)
    try:
        response = admin_client.post(bulk_url(RequestNature, nature) if several else delete_url(nature))
    finally:
        pre_delete.disconnect(a_citizen_files, sender=RequestNature)

    # The file came inside the same transaction, and went with it: nothing is half done, and the page says so.
    assert response.status_code == 200
    assert "été supprimé" in response.content.decode()
    assert RequestNature.objects.filter(pk=nature.pk).exists()


def test_a_person_hired_between_the_question_and_the_answer_is_named(staff):
    department = DepartmentFactory(code="VITE")
    staff.get(delete_url(department))
    EmployeeFactory(department=department, first_name="Nouvelle", last_name="Venue")

    assert "Nouvelle Venue" in staff.post(delete_url(department)).content.decode()


def test_a_nature_in_use_when_deleted_by_wagtails_own_action_stays(admin_user):
    used, free = NatureFactory(), NatureFactory()
    a_file(used)
    action = action_registry.get_action_class(RequestNature, "delete")

    action(free, user=admin_user).execute()
    with pytest.raises(DeletePermissionError, match="est utilisé et reste"):
        action(used, user=admin_user).execute()

    assert list(RequestNature.objects.all()) == [used]


def test_a_service_with_many_users_shows_the_first_fifty_and_counts_the_others(staff):
    department = DepartmentFactory(code="GROS")
    EmployeeFactory.create_batch(53, department=department)

    page = staff.get(delete_url(department)).content.decode()

    assert page.count("/snippets/employee/edit/") == 50
    assert "et 3 autres" in page


def test_the_refusal_reads_as_few_rows_for_a_thousand_files_as_for_ten(staff, django_assert_max_num_queries):
    nature = NatureFactory()
    for number in range(1, 11):
        a_file(nature, f"2026-{number:04d}")

    with django_assert_max_num_queries(40):
        page = staff.get(delete_url(nature)).content.decode()

    assert "Demandes : 10" in page
    assert not CaseEvent.objects.exists()


def test_who_uses_a_nature_is_shown_without_files(staff, guide):
    nature = NatureFactory()
    case = a_file(nature)

    page = staff.get(reverse("wagtailsnippets_snippets_requestnature:usage", args=[nature.pk])).content.decode()

    assert case.reference not in page
    assert not ReferenceIndex.objects.filter(to_object_id=str(nature.pk), content_type__app_label="intake").exists()
