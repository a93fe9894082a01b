"""A town with two services, and the workbook of the system that it leaves."""

import io
from datetime import datetime
from types import SimpleNamespace

import pytest
from openpyxl import Workbook

from intake.excel.staged import stage
from intake.policy.import_mapping import mapping_of
from tests.factories import DepartmentFactory, DesignationFactory, NatureFactory, town_time

HEADINGS = (
    "No requête",
    "Date de réception",
    "Type",
    "Nature",
    "Service",
    "Statut",
    "Date de fermeture",
    "Provenance",
    "Description",
    "Lieu",
    "Nom",
    "Téléphone",
    "Courriel",
    "Notes",
)
COLUMNS = {
    "reference": "No requête",
    "received": "Date de réception",
    "kind": "Type",
    "nature": "Nature",
    "department": "Service",
    "status": "Statut",
    "done": "Date de fermeture",
    "channel": "Provenance",
    "facts": "Description",
    "location": "Lieu",
    "name": "Nom",
    "phone": "Téléphone",
    "email": "Courriel",
}
CONTENT = {
    "system": "Prioris",
    "columns": COLUMNS,
    "note": ["Notes"],
    "values": {"nature": {"trou": "TP-01"}, "status": {"en attente": "waiting:weather", "doublon": "-"}},
}
NOW = town_time("2026-06-22 10:00")
PLAIN = {
    "No requête": "R-1",
    "Date de réception": datetime(2026, 5, 4, 9, 30),
    "Type": "Requête",
    "Nature": "Trou",
    "Service": "Travaux publics",
    "Statut": "En cours",
    "Provenance": "Tél.",
    "Description": "Un grand trou depuis lundi.",
    "Lieu": "12, rue des Érables",
    "Nom": "Tremblay, Marie",
    "Téléphone": "450 555-0123",
    "Courriel": "marie@exemple.example",
    "Notes": "Rappeler avant midi.",
}
CLOSED = {"Statut": "Fermée", "Date de fermeture": datetime(2026, 5, 8)}


@pytest.fixture
def town(db):
    """Public works with a Responsable and a nature, urbanism without a Responsable, the citizen service in front."""
    front = DepartmentFactory(code="EXP", name="Service aux citoyens", is_front_line=True)
    works = DepartmentFactory(code="TP", name="Travaux publics")
    urbanism = DepartmentFactory(code="URB", name="Urbanisme")
    designation = DesignationFactory(department=works)
    return SimpleNamespace(
        front=front,
        works=works,
        urbanism=urbanism,
        designation=designation,
        hole=NatureFactory(department=works, code="TP-01", name="Nid-de-poule"),
        fence=NatureFactory(department=urbanism, code="URB-01", name="Clôture"),
    )


@pytest.fixture
def mapping():
    return mapping_of(CONTENT)


def row(**changes):
    """One row of the old system by heading, `No_requête` standing for « No requête »."""
    return {**PLAIN, **{heading.replace("_", " "): value for heading, value in changes.items()}}


def book(*rows, headings=HEADINGS, sheet="Requêtes") -> io.BytesIO:
    """A real workbook of these rows (dicts by heading), as bytes."""
    workbook = Workbook()
    page = workbook.active
    page.title = sheet
    page.append(list(headings))
    for values in rows:
        page.append([values.get(heading) for heading in headings])
    out = io.BytesIO()
    workbook.save(out)
    out.seek(0)
    return out


def staged(*rows, **options):
    return stage(book(*rows, **options))
