"""Annexe C: two signatures, open files that follow, temporary replacements, and the form to print."""

import html
import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from post_office.models import Email
from pypdf import PdfReader

from intake.models import CaseEvent, actor_for
from intake.policy.designation import HEAD, RECIPIENT
from intake.policy.roles import Role
from intake.process import Refused, complete, route
from intake.process.completion import Completion
from intake.process.designations import ask_for_signatures, follow_designations, replace_temporarily, sign
from intake.process.triage import current_designation
from snippets.models import Designation
from tests.factories import (
    TECHNICIAN,
    DepartmentFactory,
    DesignationFactory,
    EmployeeFactory,
    NatureFactory,
    a_case,
    recipient_of,
    town_time,
    user_with,
)

pytestmark = pytest.mark.django_db
NOW = town_time("2026-06-15 09:00")
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def works():
    head = EmployeeFactory(user=user_with(Role.EMPLOYEE, username="direction"), email="direction.tp@ville.example")
    return DepartmentFactory(code="TP", name="Travaux publics", head=head)


@pytest.fixture
def former(works):
    return DesignationFactory(
        department=works,
        position_email="poste.tp@ville.example",
        employee__email="ancien@ville.example",
        effective_until=date(2026, 6, 14),
    )


@pytest.fixture
def unsigned(works):
    employee = EmployeeFactory(
        department=works,
        user=user_with(Role.RECIPIENT, username="nouvelle"),
        email="nouvelle@ville.example",
        last_name="Roy",
        first_name="Léa",
    )
    return DesignationFactory(
        department=works,
        employee=employee,
        position_email="poste.tp@ville.example",
        effective_from=date(2026, 6, 15),
        signed_by_recipient_on=None,
        signed_by_head_on=None,
    )


def signed(designation, by_head="direction", by_recipient="nouvelle"):
    from django.contrib.auth import get_user_model

    accounts = get_user_model().objects
    sign(pk=designation.pk, part=RECIPIENT, by=actor_for(accounts.get(username=by_recipient)), now=NOW)
    sign(pk=designation.pk, part=HEAD, by=actor_for(accounts.get(username=by_head)), now=NOW)


def test_annexe_c_given_one_signature_is_missing_then_the_designation_has_no_effect(works, unsigned):
    sign(pk=unsigned.pk, part=RECIPIENT, by=actor_for(unsigned.employee.user), now=NOW)
    assert current_designation(works.pk, on=date(2026, 6, 15)) is None

    sign(pk=unsigned.pk, part=HEAD, by=actor_for(works.head.user), now=NOW)
    assert current_designation(works.pk, on=date(2026, 6, 15)) == unsigned
    unsigned.refresh_from_db()
    assert (unsigned.signed_by_recipient_on, unsigned.signed_by_head_on) == (date(2026, 6, 15), date(2026, 6, 15))
    assert "Léa Roy" in unsigned.recipient_signature


def test_annexe_c_nobody_signs_for_someone_else(works, unsigned):
    technician = actor_for(user_with(Role.TECHNICIAN))
    recipient = actor_for(unsigned.employee.user)
    for part, actor in ((RECIPIENT, technician), (HEAD, technician), (HEAD, recipient)):
        with pytest.raises(Refused):
            sign(pk=unsigned.pk, part=part, by=actor, now=NOW)


def test_tricky_4_when_the_head_is_the_responsable_the_director_signs_for_the_head(works, unsigned):
    works.head = unsigned.employee
    works.save()
    with pytest.raises(Refused, match="dirige le service"):
        sign(pk=unsigned.pk, part=HEAD, by=actor_for(unsigned.employee.user), now=NOW)
    sign(pk=unsigned.pk, part=HEAD, by=actor_for(user_with(Role.DIRECTOR)), now=NOW)


def test_annexe_c_on_the_day_open_files_move_with_an_event_each_and_both_are_told(works, former, unsigned):
    nature = NatureFactory(department=works)
    open_case, done_case = (a_case(nature, now=town_time("2026-06-01 10:00")) for _ in range(2))
    for case in (open_case, done_case):
        route(pk=case.pk, by=TECHNICIAN, now=town_time("2026-06-02 10:00"))
    done = Completion(done_on=date(2026, 6, 3), phone_extension="2201", internal_note="Fait.")
    complete(pk=done_case.pk, completion=done, by=TECHNICIAN, now=town_time("2026-06-03 10:00"))

    assert follow_designations(now=NOW) == 0
    signed(unsigned)
    assert follow_designations(now=town_time("2026-06-14 23:00")) == 0
    assert follow_designations(now=NOW) == 1
    assert follow_designations(now=NOW) == 0

    open_case.refresh_from_db()
    done_case.refresh_from_db()
    assert (open_case.designation, done_case.designation) == (unsigned, former)
    moved = CaseEvent.objects.get(verb="redesignate")
    assert (moved.case, moved.by_label) == (open_case, "Guichet")
    told = {mail.to[0]: mail.subject for mail in Email.objects.filter(subject__contains="requêtes")}
    assert "ancien@ville.example" in told
    assert told["poste.tp@ville.example"].startswith("Les requêtes ouvertes vous sont confiées")


def test_tricky_5_the_former_responsable_loses_access_on_the_day(works, former, unsigned):
    former.employee.user = user_with(Role.RECIPIENT, username="ancienne")
    former.employee.save()
    signed(unsigned)
    assert works.pk in actor_for(former.employee.user, on=date(2026, 6, 14)).departments
    assert works.pk not in actor_for(former.employee.user, on=date(2026, 6, 15)).departments


def test_annexe_c_a_replacement_for_holidays_ends_by_itself_and_the_responsable_resumes(works, unsigned):
    signed(unsigned)
    stand_in = EmployeeFactory(department=works)
    replacement = replace_temporarily(
        pk=unsigned.pk, employee=stand_in, first=date(2026, 7, 6), last=date(2026, 7, 17), by=TECHNICIAN, now=NOW
    )
    # Not signed yet: nobody for those days, and the technician is warned on his home.
    assert current_designation(works.pk, on=date(2026, 7, 6)) is None
    Designation.objects.filter(pk=replacement.pk).update(
        signed_by_recipient_on=date(2026, 6, 16),
        signed_by_head_on=date(2026, 6, 16),
        recipient_signature="sur papier",
        head_signature="sur papier",
    )
    who = {
        on: current_designation(works.pk, on=on).employee
        for on in (date(2026, 7, 5), date(2026, 7, 6), date(2026, 7, 17), date(2026, 7, 18))
    }
    assert list(who.values()) == [unsigned.employee, stand_in, stand_in, unsigned.employee]
    assert replacement.replaces == unsigned


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (None, date(2026, 7, 1), "premier jour"),
        (date(2026, 6, 1), date(2026, 7, 1), "passé"),
        (date(2026, 7, 2), date(2026, 7, 1), "précéder"),
    ],
)
def test_annexe_c_a_replacement_that_cannot_be_is_refused_with_words(works, unsigned, first, last, words):
    with pytest.raises(Refused, match=words):
        replace_temporarily(pk=unsigned.pk, employee=EmployeeFactory(), first=first, last=last, by=TECHNICIAN, now=NOW)
    assert Designation.objects.count() == 1


def test_art_4_1_only_the_technician_writes_designations(works, unsigned):
    with pytest.raises(Refused, match="Technicien"):
        ask_for_signatures(pk=unsigned.pk, by=recipient_of(works), now=NOW)
    told = ask_for_signatures(pk=unsigned.pk, by=TECHNICIAN, now=NOW)
    assert told == ["nouvelle@ville.example", "direction.tp@ville.example"]
    assert ask_for_signatures(pk=unsigned.pk, by=TECHNICIAN, now=NOW) == []


class TestScreens:
    def test_the_form_is_printed_in_the_layout_of_the_annex(self, client, unsigned):
        client.force_login(user_with(Role.TECHNICIAN))
        pdf = client.get(f"/admin/designations/{unsigned.pk}/annexe-c.pdf").content
        text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).replace("\xa0", " ")
        for words in ("Travaux publics", "Roy Léa", "poste.tp@ville.example", "Signature de l'employé"):
            assert words in text.replace("’", "'")
        assert client.get(f"/admin/designations/{unsigned.pk}/annexe-c.docx").status_code == 200

    def test_a_form_signed_by_hand_and_scanned_gives_both_signatures(self, client, unsigned):
        client.force_login(user_with(Role.TECHNICIAN))
        page = f"/admin/designations/{unsigned.pk}/"
        scan = SimpleUploadedFile("annexe c.pdf", PDF, "application/pdf")
        answer = client.post(f"{page}papier/", {"file": scan, "signed_on": "2026-06-10"})
        assert answer.status_code == 302, answer.content.decode()[:500]
        unsigned.refresh_from_db()
        assert unsigned.signed_by_head_on == unsigned.signed_by_recipient_on == date(2026, 6, 10)
        kept = unsigned.signed_forms.get()
        assert client.get(f"{page}papier/{kept.pk}/").status_code == 200

    def test_what_is_no_scan_is_said_beside_the_field_and_signs_nothing(self, client, unsigned):
        client.force_login(user_with(Role.TECHNICIAN))
        file = SimpleUploadedFile("annexe.pdf", b"bonjour", "application/pdf")
        answer = client.post(f"/admin/designations/{unsigned.pk}/papier/", {"file": file, "signed_on": "2026-06-10"})
        assert answer.status_code == 422
        unsigned.refresh_from_db()
        assert unsigned.signed_by_head_on is None

    def test_a_form_without_its_date_is_refused_and_says_that_the_file_must_be_chosen_again(self, client, unsigned):
        client.force_login(user_with(Role.TECHNICIAN))
        scan = SimpleUploadedFile("annexe-c.pdf", PDF, "application/pdf")
        answer = client.post(f"/admin/designations/{unsigned.pk}/papier/", {"file": scan, "signed_on": ""})
        page = html.unescape(answer.content.decode())
        assert answer.status_code == 422
        assert "Indiquez la date des signatures" in page
        assert "Choisissez de nouveau le fichier : il n'a pas été gardé." in page

    @pytest.mark.parametrize(
        ("username", "status"), [("nouvelle", 200), ("direction", 200), ("technicienne", 200), ("autre", 404)]
    )
    def test_a_designation_exists_for_who_signs_it_and_who_keeps_it(self, client, unsigned, username, status):
        from django.contrib.auth import get_user_model

        user_with(Role.TECHNICIAN, username="technicienne")
        user_with(Role.RECIPIENT, username="autre")
        client.force_login(get_user_model().objects.get(username=username))
        assert client.get(f"/admin/designations/{unsigned.pk}/").status_code == status
