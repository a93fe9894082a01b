"""What an inquiry is (art. 4.1), from the form to the queue; a compliment reaches the direction (art. 4.8)."""

import importlib
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.http import QueryDict

from cms.roles import ensure_roles
from intake.excel.columns import COLUMNS
from intake.models import Answer, Case, CaseMessage
from intake.policy.roles import Role
from intake.policy.vocabulary import Channel, InquiryType, Kind
from intake.process import receive, reclassify
from intake.queue.desk import desk_for
from intake.queue.listing import listing_for
from intake.queue.tabs import TABS
from snippets.models import TownSettings
from tests.factories import CITIZEN, TECHNICIAN, DepartmentFactory, a_case, a_filing, town_time, user_with

pytestmark = pytest.mark.django_db
MONDAY = town_time("2026-06-01 10:00")
DIRECTION = "direction@ville.example"


@pytest.fixture(autouse=True)
def director_has_an_address(town):
    TownSettings.objects.update(director_email=DIRECTION)


def an_inquiry(inquiry_type: InquiryType | None = None, **changes) -> Case:
    return a_case(kind=Kind.INQUIRY, inquiry_type=inquiry_type, nature_id=None, now=MONDAY, **changes)


def told_to_the_direction(case: Case) -> list[str]:
    return list(CaseMessage.objects.filter(case=case, recipient=DIRECTION).values_list("code", flat=True))


@pytest.mark.parametrize(
    ("article", "kind", "asked", "stored"),
    [
        ("4.1", Kind.INQUIRY, InquiryType.INFORMATION, "information"),
        ("4.1", Kind.INQUIRY, InquiryType.SUGGESTION, "suggestion"),
        ("4.1", Kind.INQUIRY, InquiryType.COMMENT, "comment"),
        ("4.8", Kind.INQUIRY, InquiryType.COMPLIMENT, "compliment"),
        ("4.1", Kind.INQUIRY, None, "comment"),
        ("4.1", Kind.REQUEST, InquiryType.SUGGESTION, ""),
        ("4.4", Kind.COMPLAINT, None, ""),
        ("4.1", Kind.CLAIM, None, ""),
    ],
)
def test_only_an_inquiry_has_a_type(article, kind, asked, stored):
    assert a_case(kind=kind, inquiry_type=asked, now=MONDAY).inquiry_type == stored, article


@pytest.mark.parametrize(
    ("kind", "inquiry_type"),
    [(Kind.REQUEST, "comment"), (Kind.INQUIRY, ""), (Kind.INQUIRY, "rumour"), (Kind.COMPLAINT, "compliment")],
)
def test_the_database_refuses_a_type_out_of_place(kind, inquiry_type):
    case = a_case(kind=kind, now=MONDAY)
    with pytest.raises(IntegrityError, match="case_only_an_inquiry_has_a_type"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(inquiry_type=inquiry_type)


@pytest.mark.parametrize("inquiry_type", list(InquiryType))
def test_art_4_8_a_compliment_and_nothing_else_is_told_to_the_direction(inquiry_type):
    case = an_inquiry(inquiry_type)
    assert told_to_the_direction(case) == (["R31"] if inquiry_type is InquiryType.COMPLIMENT else [])


def test_art_4_8_a_compliment_sent_twice_is_told_once():
    DepartmentFactory()
    filing = a_filing(
        kind=Kind.INQUIRY, inquiry_type=InquiryType.COMPLIMENT, submission_key="5d0c7a2e-3b1f-4f0a-9c55-2f1d0c9f0a11"
    )
    first, again = (receive(filing=filing, by=CITIZEN, now=MONDAY).case for _ in range(2))
    assert first == again
    assert told_to_the_direction(first) == ["R31"]


def test_art_4_8_the_mail_to_the_direction_holds_no_name_of_the_citizen():
    case = an_inquiry(InquiryType.COMPLIMENT)
    mail = CaseMessage.objects.get(case=case, code="R31").mail
    assert "Tremblay" not in mail.message + mail.subject
    assert case.reference in mail.subject


def test_a_request_that_was_a_compliment_becomes_one_and_loses_it_again():
    case = a_case(now=MONDAY)
    common = {"pk": case.pk, "reason": "C'est un bon mot.", "by": TECHNICIAN, "now": MONDAY}
    case = reclassify(kind=Kind.INQUIRY, inquiry_type=InquiryType.COMPLIMENT, **common)
    assert (case.inquiry_type, told_to_the_direction(case)) == ("compliment", ["R31"])
    case = reclassify(kind=Kind.REQUEST, **common)
    assert case.inquiry_type == ""
    assert case.events.last().changes["inquiry_type"] == ["compliment", ""]


def test_the_director_alone_has_the_view_of_compliments_closed_ones_too():
    ensure_roles()
    praise, closed = an_inquiry(InquiryType.COMPLIMENT), an_inquiry(InquiryType.COMPLIMENT)
    an_inquiry(InquiryType.SUGGESTION)
    Case.objects.filter(pk=closed.pk).update(status="closed", closed_at=MONDAY, completed_at=MONDAY)
    director = user_with(Role.DIRECTOR, username="directrice")
    assert set(listing_for(director, QueryDict("vue=felicitations"))) == {praise, closed}
    tab = next(tab for tab in TABS if tab.key == "felicitations")
    others = (Role.TECHNICIAN, Role.RECIPIENT, Role.EXECUTOR, Role.CLERK, Role.EXPERIENCE)
    assert not [role for role in others if tab.exists_for(desk_for(user_with(role)))]


def test_the_list_is_narrowed_by_type():
    ensure_roles()
    suggestion = an_inquiry(InquiryType.SUGGESTION)
    an_inquiry(InquiryType.COMMENT)
    technician = user_with(Role.TECHNICIAN, username="technicienne")
    assert list(listing_for(technician, QueryDict("vue=toutes&message=suggestion"))) == [suggestion]


def test_art_4_8_no_column_of_the_workbook_names_an_employee_who_is_praised():
    column = next(column for column in COLUMNS if column.key == "inquiry_type")
    assert column.show("compliment") == "Félicitations"
    assert column.show("") == ""
    assert not [column.key for column in COLUMNS if "praised" in column.key]


# --- Inquiries filed before they had a type -------------------------------------------------------


@contextmanager
def without_the_constraint() -> Iterator[None]:
    """The table as it is before the last step; the test's transaction gives the constraint back."""
    sqlite = connection.vendor == "sqlite"
    off = (
        ["PRAGMA ignore_check_constraints = ON"]
        if sqlite
        else [
            "SET CONSTRAINTS ALL IMMEDIATE",
            "ALTER TABLE intake_case DROP CONSTRAINT case_only_an_inquiry_has_a_type",
        ]
    )
    with connection.cursor() as cursor:
        for words in off:
            cursor.execute(words)
        yield
        if sqlite:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


@pytest.mark.parametrize(
    ("answered", "kept"), [("suggestion", "suggestion"), ("information", "information"), (None, "comment")]
)
def test_an_older_inquiry_keeps_what_the_citizen_answered(answered, kept):
    """The data step, on rows as they were between the two other steps."""
    case = an_inquiry(channel=Channel.WEB if answered else Channel.PHONE)
    request = a_case(now=MONDAY)
    if answered:
        Answer.objects.create(case=case, position=9, key="inquiry_type", label="?", question_type="x", value=answered)
    step = importlib.import_module("intake.migrations.0005_inquiries_get_their_type")
    with without_the_constraint():
        Case.objects.filter(pk=case.pk).update(inquiry_type="")
        step.say_what_each_is(apps, None)
    case.refresh_from_db()
    request.refresh_from_db()
    assert (case.inquiry_type, request.inquiry_type) == (kept, "")
