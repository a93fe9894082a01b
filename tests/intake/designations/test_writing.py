"""Annexe C: nobody types a signature; what is signed does not change; the technician writes, ends and withdraws."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from cms.roles import ensure_roles
from intake.models import CaseEvent, DesignationMessage
from intake.policy.roles import GROUP_NAMES, Role
from intake.process import Refused, route
from intake.process.designating import Wording, correct_designation, designate, end_designation, withdraw_designation
from intake.process.designations import ask_for_signatures, follow_designations, replace_temporarily
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
UNSIGNED = {"signed_by_recipient_on": None, "signed_by_head_on": None}
SIGNED = {"signed_by_recipient_on": "2026-01-01", "signed_by_head_on": "2026-01-01"}


def words(response) -> str:
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


def said_by(designation, **changes) -> Wording:
    names = ("department", "employee", "position_email", "phone_extension", "effective_from", "effective_until")
    return Wording(**{name: getattr(designation, name) for name in names} | changes)


def typed(department, employee, **more) -> dict[str, object]:
    """What a form posts, signatures included."""
    return {
        "department": department.pk,
        "employee": employee.pk,
        "position_email": "poste@ville.example",
        "phone_extension": "2201",
        "effective_from": "2026-06-15",
        "effective_until": "",
        **SIGNED,
    } | more


@pytest.fixture
def enter(client):
    def log_in(user):
        client.force_login(user)
        return client

    ensure_roles()
    return log_in


@pytest.fixture
def technician(enter):
    return enter(user_with(Role.TECHNICIAN, username="technicienne"))


# --- Signatures are written by those who sign, whatever door ---------------------------------------


@pytest.mark.parametrize("part", ["recipient", "head"])
def test_annexe_c_the_database_keeps_no_date_of_signature_without_its_words(part):
    designation = DesignationFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Designation.objects.filter(pk=designation.pk).update(**{f"{part}_signature": ""})


@pytest.mark.parametrize("role", [*GROUP_NAMES, "emergency"])
def test_annexe_c_wagtail_s_forms_write_no_designation_for_anyone(enter, role):
    user = user_with(username="secours", is_superuser=True) if role == "emergency" else user_with(role)
    signed, other = DesignationFactory(), EmployeeFactory()
    department = DepartmentFactory(code="NEUF")
    before = Designation.objects.values().get()
    client = enter(user)

    for name, args in (("add", []), ("edit", [signed.pk]), ("delete", [signed.pk])):
        url = reverse(f"wagtailsnippets_snippets_designation:{name}", args=args)
        assert client.get(url).status_code == 302
        client.post(url, typed(department if name == "add" else signed.department, other))
    client.post(reverse("wagtailsnippetchoosers_snippets_designation:create"), typed(department, other))

    assert Designation.objects.values().get() == before


def test_annexe_c_the_room_ignores_signatures_that_are_posted(technician):
    department = DepartmentFactory()
    employee = EmployeeFactory(department=department)

    answer = technician.post(reverse("intake_designations:new"), typed(department, employee))

    designation = Designation.objects.get()
    assert answer.url == reverse("intake_designations:one", args=[designation.pk])
    assert (designation.employee, designation.signed_by_recipient_on, designation.signed_by_head_on) == (
        employee,
        None,
        None,
    )
    assert not Designation.objects.effective_on(timezone.localdate()).exists()


# --- Who writes ------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [role for role in GROUP_NAMES if role is not Role.TECHNICIAN])
def test_matrix_designations_only_the_technician_finds_the_pages_that_write(enter, role):
    designation = DesignationFactory(**UNSIGNED)
    client = enter(user_with(role))
    args = [designation.pk]

    answers = {
        client.get(reverse("intake_designations:new")).status_code,
        client.get(reverse("intake_designations:correct", args=args)).status_code,
        client.post(
            reverse("intake_designations:correct", args=args), typed(designation.department, EmployeeFactory())
        ).status_code,
        client.post(reverse("intake_designations:end", args=args), {"last": "2026-07-01"}).status_code,
        client.post(reverse("intake_designations:withdraw", args=args)).status_code,
    }

    assert answers == {404}
    assert Designation.objects.values_list("effective_until", "employee").get() == (None, designation.employee_id)


def test_denial_2_a_responsable_neither_creates_nor_extends_a_designation():
    designation = DesignationFactory(effective_until=date(2026, 12, 31))
    actor = recipient_of(designation.department)

    for attempt in (
        lambda: designate(wording=said_by(designation), by=actor),
        lambda: correct_designation(pk=designation.pk, wording=said_by(designation, effective_until=None), by=actor),
        lambda: end_designation(pk=designation.pk, last=date(2027, 1, 31), by=actor),
        lambda: withdraw_designation(pk=designation.pk, by=actor, now=NOW),
    ):
        with pytest.raises(Refused, match="Technicien"):
            attempt()


def test_the_technician_finds_the_room_from_the_list_of_the_grid(technician):
    designation = DesignationFactory()

    page = technician.get(reverse("wagtailsnippets_snippets_designation:list"))

    soup = BeautifulSoup(page.content, "html.parser")
    assert soup.select_one("td.title a")["href"] == reverse("intake_designations:one", args=[designation.pk])
    assert "Ajouter" not in words(page)


# --- What is signed does not change ----------------------------------------------------------------


@pytest.mark.parametrize("left", [{"signed_by_head_on": None}, {}])
@pytest.mark.parametrize(
    "change",
    [
        lambda d: {"employee": EmployeeFactory(department=d.department)},
        lambda d: {"department": DepartmentFactory()},
        lambda d: {"effective_from": d.effective_from + timedelta(days=1)},
        lambda d: {"effective_until": date(2030, 1, 1)},
    ],
)
def test_annexe_c_once_somebody_signed_person_service_and_days_are_those_that_were_signed(left, change):
    designation = DesignationFactory(**left)
    before = Designation.objects.values().get()

    with pytest.raises(Refused, match="écrivez une nouvelle désignation"):
        correct_designation(pk=designation.pk, wording=said_by(designation, **change(designation)), by=TECHNICIAN)

    assert Designation.objects.values().get() == before


def test_a_signed_designation_keeps_its_person_while_its_mailbox_changes_and_says_so(technician):
    designation = DesignationFactory()
    url = reverse("intake_designations:correct", args=[designation.pk])
    page = technician.get(url)
    assert "les dates ne changent plus" in words(page)
    assert 'name="employee"' not in page.content.decode()

    technician.post(url, typed(designation.department, EmployeeFactory(), position_email="nouveau@ville.example"))

    after = Designation.objects.get()
    assert (after.employee, after.position_email) == (designation.employee, "nouveau@ville.example")
    assert ModelLogEntry.objects.get().user.username == "technicienne"


def test_an_unsigned_designation_is_corrected_whole(technician):
    designation = DesignationFactory(**UNSIGNED)
    other = EmployeeFactory()

    technician.post(reverse("intake_designations:correct", args=[designation.pk]), typed(designation.department, other))

    after = Designation.objects.get()
    assert (after.employee, after.effective_from, after.signed_by_head_on) == (other, date(2026, 6, 15), None)


def test_annexe_c_a_change_of_person_goes_by_a_new_designation_and_every_file_moves_with_an_event():
    nature = NatureFactory()
    former = DesignationFactory(department=nature.department)
    case = a_case(nature, now=town_time("2026-06-01 10:00"))
    route(pk=case.pk, by=TECHNICIAN, now=town_time("2026-06-02 10:00"))
    end_designation(pk=former.pk, last=date(2026, 6, 14), by=TECHNICIAN)
    new = designate(
        wording=said_by(former, employee=EmployeeFactory(), effective_from=date(2026, 6, 15), effective_until=None),
        by=TECHNICIAN,
    )
    assert follow_designations(now=NOW) == 0  # nobody has signed
    for part in ("recipient", "head"):
        setattr(new, f"signed_by_{part}_on", date(2026, 6, 15))
        setattr(new, f"{part}_signature", "signée")
    new.save()

    assert follow_designations(now=NOW) == 1
    case.refresh_from_db()
    assert case.designation == new
    assert CaseEvent.objects.filter(verb="redesignate").count() == 1
    assert DesignationMessage.objects.count() == 2


def test_two_responsables_at_once_and_a_person_who_left_are_refused_beside_the_field(technician):
    held = DesignationFactory()
    gone = EmployeeFactory(is_active=False)
    with pytest.raises(Refused) as refused:
        designate(wording=said_by(held), by=TECHNICIAN)
    assert [refusal.field for refusal in refused.value.refusals] == ["effective_from"]
    with pytest.raises(Refused, match="plus en fonction"):
        designate(wording=said_by(held, department=DepartmentFactory(), employee=gone), by=TECHNICIAN)

    answer = technician.post(reverse("intake_designations:new"), typed(held.department, EmployeeFactory()))

    assert answer.status_code == 422
    assert "Ce service a déjà un Responsable" in words(answer)


# --- The end, and what never began -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("last", "reason"),
    [
        (None, "Indiquez le dernier jour"),
        (date(2019, 12, 31), "précéder le premier"),
        (date(2027, 1, 1), "Pour prolonger"),
        (date(2026, 12, 31), ""),
        (date(2020, 1, 1), ""),
    ],
)
def test_annexe_c_a_designation_ends_sooner_than_what_was_signed_never_later(last, reason):
    designation = DesignationFactory(effective_until=date(2026, 12, 31))

    if reason:
        with pytest.raises(Refused, match=reason):
            end_designation(pk=designation.pk, last=last, by=TECHNICIAN)
    else:
        end_designation(pk=designation.pk, last=last, by=TECHNICIAN)

    designation.refresh_from_db()
    assert designation.effective_until == (date(2026, 12, 31) if reason else last)


def test_the_end_is_typed_on_the_page_and_what_is_refused_is_said_beside_it(technician):
    designation = DesignationFactory(effective_until=date(2026, 12, 31))
    url = reverse("intake_designations:end", args=[designation.pk])

    assert "Pour prolonger" in words(technician.post(url, {"last": "2027-02-01"}))
    assert technician.post(url, {"last": "2026-10-01"}).status_code == 302

    designation.refresh_from_db()
    assert designation.effective_until == date(2026, 10, 1)


@pytest.mark.parametrize(
    ("changes", "stays"),
    [
        (UNSIGNED, False),
        ({"signed_by_head_on": None}, False),
        ({"effective_from": date(2026, 7, 1)}, False),
        ({"effective_from": date(2026, 6, 15)}, True),
        ({}, True),
    ],
)
def test_annexe_c_only_a_designation_that_never_had_effect_is_withdrawn(changes, stays):
    designation = DesignationFactory(**changes)
    if not stays:
        ask_for_signatures(pk=designation.pk, by=TECHNICIAN, now=NOW)

    if stays:
        with pytest.raises(Refused, match="elle reste"):
            withdraw_designation(pk=designation.pk, by=TECHNICIAN, now=NOW)
    else:
        withdraw_designation(pk=designation.pk, by=TECHNICIAN, now=NOW)
        assert ModelLogEntry.objects.get(action="wagtail.delete").deleted

    assert Designation.objects.exists() is stays
    assert DesignationMessage.objects.exists() is False


def test_a_designation_that_a_file_names_stays_even_unsigned():
    nature = NatureFactory()
    designation = DesignationFactory(department=nature.department)
    case = a_case(nature, now=town_time("2026-06-01 10:00"))
    route(pk=case.pk, by=TECHNICIAN, now=town_time("2026-06-02 10:00"))
    Designation.objects.update(**UNSIGNED)

    with pytest.raises(Refused, match="elle reste"):
        withdraw_designation(pk=designation.pk, by=TECHNICIAN, now=NOW)


def test_the_days_of_a_replacement_that_is_withdrawn_go_back_to_whom_it_replaced(technician):
    today = timezone.localdate()
    first, last = today + timedelta(days=10), today + timedelta(days=20)
    replaced = DesignationFactory()
    replacement = replace_temporarily(
        pk=replaced.pk, employee=EmployeeFactory(), first=first, last=last, by=TECHNICIAN, now=timezone.now()
    )
    assert "Retirer la désignation" in words(technician.get(reverse("intake_designations:one", args=[replacement.pk])))

    technician.post(reverse("intake_designations:withdraw", args=[replacement.pk]))

    held = Designation.objects.effective_on(first + timedelta(days=1)).get()
    assert (held, held.effective_until) == (replaced, last)
    assert Designation.objects.effective_on(last + timedelta(days=1)).get().employee == replaced.employee


def test_a_designation_in_force_offers_no_withdrawal(technician):
    designation = DesignationFactory()

    page = words(technician.get(reverse("intake_designations:one", args=[designation.pk])))

    assert "Retirer la désignation" not in page
    assert "Mettre fin à la désignation" in page
