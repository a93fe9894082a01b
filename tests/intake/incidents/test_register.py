"""The register of confidentiality incidents (art. 2.3: « conformément à la loi »; A-2.1, art. 63.8 to 63.11; tricky case 19)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from post_office.models import Email

from intake.models import ConfidentialityIncident
from intake.policy.roles import Role
from tests.factories import user_with

pytestmark = pytest.mark.django_db
REPORT = "/admin/incidents/signaler/"


@pytest.fixture
def enter(client, town):
    def log_in(*roles):
        client.force_login(user_with(*roles))
        return client

    return log_in


def typed(**changes) -> dict:
    today = timezone.localdate()
    return {
        "happened_on": (today - timedelta(days=2)).isoformat(),
        "known_on": today.isoformat(),
        "circumstances": "La réponse envoyée hier nommait la voisine du demandeur.",
        "information": "Nom et rue d'une voisine.",
        "reference": "2026-5",
        "persons": "1",
        **changes,
    }


def test_a_21_art_63_8_given_a_name_that_left_in_a_message_when_reported_then_it_is_in_the_register_and_the_clerk_is_told(
    enter, town
):
    assert enter(Role.TECHNICIAN).post(REPORT, typed()).status_code == 302
    incident = ConfidentialityIncident.objects.get()
    assert (incident.reference, incident.persons, incident.is_serious) == ("2026-0005", 1, None)

    mail = Email.objects.get()
    assert mail.to == [town.clerk_email]
    assert reverse("intake_incidents:incident", args=[incident.pk]) in mail.message
    assert "voisine" not in mail.message + mail.subject

    page = enter(Role.CLERK).get(reverse("intake_incidents:register")).content.decode()
    assert "À juger" in page


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"happened_on": ""}, "happened_on", "même approximatif"),
        ({"known_on": ""}, "known_on", "l'a appris"),
        ({"known_on": (timezone.localdate() + timedelta(days=2)).isoformat()}, "known_on", "futur"),
        (
            {"happened_on": timezone.localdate().isoformat(), "known_on": "2026-01-05"},
            "happened_on",
            "ne peut pas suivre",
        ),
        ({"circumstances": "Oups"}, "circumstances", "quelques mots de plus"),
        ({"information": " "}, "information", "sans les recopier"),
        ({"reference": "le dossier"}, "reference", "2026-0005"),
        ({"persons": "-1"}, "persons", ""),
        ({"happened_on": "hier"}, "happened_on", ""),
    ],
)
def test_a_report_that_misses_something_is_refused_beside_its_field_and_loses_no_word(enter, changes, field, words):
    answer = enter(Role.TECHNICIAN).post(REPORT, typed(**changes))
    assert answer.status_code == 422
    assert words in " ".join(answer.context["form"].errors[field])
    assert answer.context["form"]["circumstances"].value() == typed(**changes)["circumstances"]
    assert not ConfidentialityIncident.objects.exists()


def reported(**changes) -> ConfidentialityIncident:
    day = timezone.localdate()
    values = {
        "happened_on": day,
        "known_on": day,
        "circumstances": "Envoi à la mauvaise personne.",
        "information": "Nom.",
        "reported_at": timezone.now(),
        "reporter": "Technicienne",
    }
    return ConfidentialityIncident.objects.create(**values | changes)


def test_r_3_1_the_clerk_judges_the_risk_with_the_reasons_and_the_report_stays_as_written(enter):
    incident = reported()
    clerk, address = enter(Role.CLERK), reverse("intake_incidents:incident", args=[incident.pk])

    refused = clerk.post(address, {"is_serious": "yes", "measures": "Rappel du courriel."})
    assert refused.status_code == 422
    assert "pourquoi" in " ".join(refused.context["form"].errors["assessment"])
    assert refused.context["form"]["measures"].value() == "Rappel du courriel."

    day = timezone.localdate().isoformat()
    data = {"is_serious": "yes", "assessment": "Adresse d'une personne menacée.", "commission_told_on": day}
    assert clerk.post(address, {**data, "circumstances": "Autre chose"}).status_code == 302
    incident.refresh_from_db()
    assert (incident.is_serious, incident.commission_told_on.isoformat()) == (True, day)
    assert incident.circumstances == "Envoi à la mauvaise personne."
    assert clerk.get(address).context["form"]["is_serious"].value() == "yes"


REPORTING = {Role.TECHNICIAN, Role.DIRECTOR, Role.RECIPIENT, Role.EXECUTOR, Role.CLERK, Role.GENERAL_DIRECTOR}


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in {Role.REQUESTER, Role.INVESTIGATOR, Role.SYSTEM}]
)
def test_who_handles_files_reports_and_only_the_clerk_and_the_general_director_read_the_register(enter, role):
    incident, client = reported(), enter(role)
    keeps = role in {Role.CLERK, Role.GENERAL_DIRECTOR}
    assert client.get(REPORT).status_code == (200 if role in REPORTING else 404)
    assert client.post(REPORT, typed()).status_code == (302 if role in REPORTING else 404)
    row = reverse("intake_incidents:incident", args=[incident.pk])
    for address in (reverse("intake_incidents:register"), row):
        assert client.get(address).status_code == (200 if keeps else 404)
    assert client.post(row, {"is_serious": "no", "assessment": "Rien."}).status_code == (302 if keeps else 404)


@pytest.mark.parametrize(
    "changes",
    [{"is_serious": True}, {"happened_on": timezone.localdate() + timedelta(days=1)}],
)
def test_the_database_refuses_a_risk_without_a_reason_and_an_incident_known_before_it_happened(db, changes):
    with pytest.raises(IntegrityError), transaction.atomic():
        reported(**changes)
