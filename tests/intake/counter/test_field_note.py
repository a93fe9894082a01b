"""Art. 4.3: an employee directs the citizen to the technician, or notes what he says; then no longer sees it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from post_office.models import Email

from intake.forms.uploads import clean_name
from intake.models import Answer, Attachment, Case
from intake.policy.clocks import local_day
from intake.policy.roles import GROUP_NAMES, Role
from intake.queue.desk import desk_for
from intake.queue.needs import Need, with_needs
from tests.factories import EmployeeFactory, user_with
from tests.intake.forms.pictures import a_photo

from .forms import FIELD, errors_in, noted, soup_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def employee(roles):
    user = user_with(Role.EMPLOYEE, username="cantonnier")
    EmployeeFactory(user=user, first_name="Roch", last_name="Dubé")
    return user


@pytest.mark.parametrize("role", GROUP_NAMES)
def test_art_4_3_every_employee_has_the_page_whatever_his_role(roles, enter, role):
    user = user_with(role)
    expected = 200 if role is Role.EMPLOYEE else 404
    assert enter(user).get(FIELD).status_code == expected

    EmployeeFactory(user=user)

    assert enter(user).get(FIELD).status_code == 200


def test_art_4_3_the_card_of_the_technician_comes_before_the_note(employee, technician, enter):
    text = soup_of(enter(employee).get(FIELD)).get_text(" ", strip=True)

    assert 0 < text.index("450 555-0100") < text.index("Lise Roy") < text.index("Exposé des faits")


def test_art_4_3_a_note_reaches_the_technician_to_be_classified_with_all_it_says(employee, technician, enter, nature):
    photo = SimpleUploadedFile("trou.jpg", a_photo(), content_type="image/jpeg")

    enter(employee).post(FIELD, noted(department="TP", files=photo))

    case = Case.objects.get()
    assert (case.channel, case.status, case.nature, case.kind) == ("field", "received", None, "request")
    assert (case.requester.last_name, case.requester.phone) == ("Tremblay", "450 555-0123")
    assert local_day(case.received_at).isoformat() == "2026-06-01"
    assert Answer.objects.get().display == "Travaux publics"
    assert Attachment.objects.get().original_name == clean_name("trou.jpg")
    seen = with_needs(Case.objects.visible_to(technician), desk_for(technician)).get()
    assert seen.need == Need.CLASSIFY.value


def test_art_4_1_the_nature_that_the_employee_believes_is_proposed_and_the_technician_confirms_it(
    employee, enter, nature
):
    enter(employee).post(FIELD, noted(nature=str(nature.pk)))

    case = Case.objects.get()
    assert (case.nature, case.status) == (nature, "received")


def test_art_4_3_the_employee_who_comes_back_sees_the_number_and_nothing_of_the_citizen(employee, enter, nature):
    client = enter(employee)
    client.post(FIELD, noted(email="lise@exemple.example"))
    case = Case.objects.get()

    page = client.get(FIELD)

    text = page.content.decode()
    assert f"no {case.reference}" in text
    for private in ("Tremblay", "555-0123", "rue des Exemples", "J0R 1T0", "lise@", "grand trou"):
        assert private not in text
    assert "no-store" in page["Cache-Control"]
    assert client.get(f"/admin/demandes/{case.reference}/").status_code == 404
    assert client.get(f"/admin/demandes/{case.reference}/recu/").status_code == 404
    assert not Case.objects.visible_to(employee).exists()


def test_art_4_3_one_s_notes_are_not_another_s(employee, enter, nature):
    enter(employee).post(FIELD, noted())
    other = user_with(Role.EMPLOYEE, username="autre")

    assert Case.objects.get().reference not in enter(other).get(FIELD).content.decode()


def test_art_4_3_a_citizen_who_gave_an_address_of_mail_is_told(employee, enter, nature):
    enter(employee).post(FIELD, noted(email="lise@exemple.example"))

    assert Email.objects.filter(to="lise@exemple.example").exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"last_name": ""}, "Demandez le nom"),
        ({"address": ""}, "Demandez l'adresse"),
        ({"phone": ""}, "Demandez un numéro de téléphone"),
        ({"received_on": ""}, "Indiquez le jour"),
        ({"received_on": "2099-01-01"}, "dans le futur"),
        ({"facts": "brisé"}, "au moins 20 caractères"),
        ({"nature": "999999"}, "n'est plus offerte"),
        ({"nature": "x"}, "n'est plus offerte"),
        ({"department": "ZZ"}, "n'est plus offert"),
        ({"files": SimpleUploadedFile("a.exe", b"MZ")}, "a.exe"),
    ],
)
def test_art_4_3_what_is_missing_is_asked_and_nothing_is_lost(employee, enter, nature, change, said):
    answer = enter(employee).post(FIELD, noted(**change))

    assert answer.status_code == 422
    assert said in errors_in(answer)
    assert not Case.objects.exists()
    assert soup_of(answer).select_one("[name=first_name]")["value"] == "Lise"


def test_art_4_1_a_danger_without_a_name_is_told_at_once(employee, enter, nature):
    nameless = dict.fromkeys(("first_name", "last_name", "phone", "address", "city", "postal_code"), "")

    enter(employee).post(FIELD, noted(**nameless, is_danger="on", location="Angle Gare et Moulin"))

    case = Case.objects.get()
    assert (case.priority, hasattr(case, "requester")) == ("p1", False)
    assert Email.objects.filter(subject__icontains="danger").exists()


def test_a_note_sent_twice_is_one(employee, enter, nature):
    client = enter(employee)
    key = soup_of(client.post(FIELD, noted(facts="court"))).select_one("[name=brouillon]")["value"]

    client.post(FIELD, noted(brouillon=key))
    client.post(FIELD, noted(brouillon=key))

    assert Case.objects.count() == 1
