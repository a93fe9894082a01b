"""A list of three requests that left on 25 May 2026, and hands to fill its workbook."""

import io
import itertools
from datetime import date
from types import SimpleNamespace

import pytest
from openpyxl import load_workbook

from intake.excel.monthly_book import FIRST_ROW, HEADINGS
from intake.models import OpenRequestsList
from intake.process import monthly_lists, route
from intake.process.monthly_lists import send_due_lists
from snippets.models import TownSettings
from tests.factories import TECHNICIAN, DepartmentFactory, DesignationFactory, NatureFactory, a_case, town_time

HEADING_ROW = FIRST_ROW  # openpyxl counts from one
PLACE = {heading.key: index for index, heading in enumerate(HEADINGS, start=1)}


@pytest.fixture
def town():
    settings = TownSettings.load()
    settings.email, settings.lists_from = "citoyens@ville.example", date(2026, 5, 1)
    settings.save()
    return settings


@pytest.fixture
def works():
    department = DepartmentFactory(code="TP", name="Travaux publics")
    DesignationFactory(department=department, position_email="secretariat.tp@ville.example")
    return department


@pytest.fixture
def known_keys(monkeypatch):
    """The keys of the lines are 1, 2, 3… on 24 digits, as in the files of this folder."""
    given, made = itertools.count(1), monthly_lists.secrets.token_hex
    drawn = lambda size: f"{next(given):024d}" if size == 12 else made(size)  # noqa: E731
    monkeypatch.setattr(monthly_lists.secrets, "token_hex", drawn)


@pytest.fixture
def sent(town, works):
    """The list, and its cases by position."""
    nature = NatureFactory(department=works, name="Nid-de-poule")
    cases = []
    for day in (4, 5, 6):
        case = a_case(nature, now=town_time(f"2026-05-0{day} 10:00"))
        cases.append(route(pk=case.pk, by=TECHNICIAN, now=town_time("2026-05-07 10:00")))
    send_due_lists(now=town_time("2026-05-25 08:00"))
    return SimpleNamespace(list=OpenRequestsList.objects.get(department=works), cases=cases)


@pytest.fixture
def book(sent):
    """The frozen workbook, opened, with the sheet of the requests."""
    with sent.list.file.open() as file:
        return load_workbook(io.BytesIO(file.read()))


def fill(book, line: int, **answers):
    """Write answers on the line (from one) of the list."""
    sheet = book.worksheets[0]
    for key, value in answers.items():
        sheet.cell(HEADING_ROW + line, PLACE[key]).value = value


def saved(book) -> io.BytesIO:
    out = io.BytesIO()
    book.save(out)
    out.seek(0)
    return out
