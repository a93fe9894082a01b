"""Art. 4.2: a list is seen by whom it belongs to, answered on its page or by its workbook, and managed by the technician."""

import io
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from post_office.models import Attachment

from cms.roles import ensure_roles
from intake.excel import monthly_book
from intake.models import (
    Case,
    CaseEvent,
    LineAnswer,
    OpenRequestsLine,
    OpenRequestsList,
    private_storage,
)
from intake.policy.clocks import local_day
from intake.policy.references import format_reference
from intake.policy.roles import SYSTEM, Role
from intake.policy.vocabulary import Kind
from intake.process import Completion, complete, reclassify, route, take
from intake.process.monthly_lists import month_on, plan_lists, send_list
from snippets.models import TownSettings
from tests.factories import TECHNICIAN, DepartmentFactory, NatureFactory, a_case, user_with
from tests.intake.lists.conftest import fill, saved

pytestmark = pytest.mark.django_db


@pytest.fixture
def technician(town):
    ensure_roles()
    return user_with(Role.TECHNICIAN, username="technicienne", email="t@ville.example")


@pytest.fixture
def recipient(technician, works):
    return user_with(Role.RECIPIENT, username="responsable", department=None)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def sent(town, works, now):
    """The list of this month, of three requests of last week; it replaces that of the other tests of this folder."""
    nature = NatureFactory(department=works, name="Nid-de-poule")
    cases = [a_case(nature, now=now - timedelta(days=7)) for _ in range(3)]
    for case in cases:
        route(pk=case.pk, by=TECHNICIAN, now=now - timedelta(days=6))
    monthly = next(row for row in plan_lists(month_on(local_day(now))) if row.department == works)
    send_list(pk=monthly.pk, by=SYSTEM, now=now - timedelta(minutes=5))
    monthly.refresh_from_db()
    monthly.cases = cases
    return monthly


def enter(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def responsible(works):
    user = user_with(Role.RECIPIENT, username="responsable")
    held = works.designations.get()
    held.employee.user = user
    held.employee.save()
    return user


def address(monthly, *rest) -> str:
    return f"/admin/listes/{monthly.month}/{monthly.department.code}/" + "".join(f"{part}/" for part in rest)


def text(response) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


def lines_of(monthly) -> list:
    return list(monthly.lines.order_by("position"))


def as_posted(monthly, number: int, **answers) -> dict:
    """The fields of every line of the page, those of one line filled."""
    data = {}
    for line in lines_of(monthly):
        data[f"ligne-{line.pk}-version"] = line.case.version
    for name, value in answers.items():
        data[f"ligne-{lines_of(monthly)[number - 1].pk}-{name}"] = value
    return data


def test_art_4_2_the_technician_sees_every_list_and_a_responsable_only_his(technician, works, sent):
    other = DepartmentFactory(code="LOI", name="Loisirs")
    theirs = OpenRequestsList.objects.create(
        month=sent.month, department=other, list_on=sent.list_on, due_on=sent.due_on
    )
    desk, his = enter(technician), enter(responsible(works))

    board = text(desk.get(f"/admin/listes/{sent.month}/"))
    assert "Travaux publics" in board
    assert "Loisirs" in board
    assert his.get(f"/admin/listes/{sent.month}/").headers["Location"] == address(sent)
    assert his.get(address(sent)).status_code == 200
    for path in (address(theirs), f"{address(theirs)}classeur/"):
        assert his.get(path).status_code == 404
    for act in ("envoyer", "retenir", "renvoyer"):
        assert his.post(address(theirs, act)).status_code == 404


def test_art_4_2_on_the_page_a_line_is_answered_and_the_others_are_left(technician, works, sent):
    day = (timezone.localdate() + timedelta(days=3)).isoformat()
    answer = enter(responsible(works)).post(
        address(sent), as_posted(sent, 2, planned_on=day, public_message="À bientôt.")
    )

    assert answer.status_code == 302
    first, second, third = (Case.objects.get(pk=case.pk) for case in sent.cases)
    assert (first.status, second.status, third.status) == ("routed", "scheduled", "routed")
    assert LineAnswer.objects.get().source == "web"


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"done_on": "31/02/2026", "internal_note": "x"}, "n'existe pas"),
        ({"done_on": "hier", "internal_note": "x"}, "n'est pas une date"),
        ({"done_on": "2026-01-02"}, "note interne"),
        ({"planned_on": "2020-01-01"}, "passé"),
        ({"reason": "parce que"}, "liste déroulante"),
        ({"public_message": "Bonjour"}, "Une note sans réponse"),
        ({"planned_on": "2099-01-01", "reason": "Météo"}, "Une seule réponse"),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_field_and_nothing_typed_is_lost(
    technician, works, sent, answers, words
):
    data = as_posted(sent, 2, **answers) | {f"ligne-{lines_of(sent)[0].pk}-internal_note": "Mon autre note"}
    response = enter(responsible(works)).post(address(sent), data)

    page = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 422
    line = page.select("fieldset")[1]
    assert words in line.get_text()
    for name, value in answers.items():
        field = line.select_one(f"[name$='-{name}']")
        shown = field.get_text() if field.name == "textarea" else field.get("value", "")
        assert name == "reason" or shown.strip() == value
    assert "Mon autre note" in page.get_text()
    assert not LineAnswer.objects.exists()


def test_two_persons_on_one_line_the_second_is_told_and_overwrites_nothing(technician, works, sent):
    day = (timezone.localdate() + timedelta(days=3)).isoformat()
    data = as_posted(sent, 1, planned_on=day)
    take(pk=sent.cases[0].pk, by=TECHNICIAN, now=timezone.now())

    response = enter(responsible(works)).post(address(sent), data)
    assert response.status_code == 409
    assert "quelqu'un vient d'y travailler" in text(response)
    assert Case.objects.get(pk=sent.cases[0].pk).status == "in_progress"


def uploaded(client, monthly, content: bytes, name: str = "RNC.xlsx"):
    return client.post(address(monthly, "reponses"), {"classeur": SimpleUploadedFile(name, content)}, follow=True)


def as_shown(response) -> dict:
    """What the page of the review sends when nothing is touched."""
    page = BeautifulSoup(response.content, "html.parser")
    fields = page.select("form[method=post] input[name=vues], form input[type=checkbox][checked]")
    return {field["name"]: field["value"] for field in fields}


def filled(monthly) -> bytes:
    with monthly.file.open() as file:
        book = load_workbook(io.BytesIO(file.read()))
    fill(book, 1, reason="Météo", public_message="Dès le dégel.")
    fill(book, 2, planned_on=timezone.localdate() + timedelta(days=2))
    fill(book, 3, done_on=date(2020, 13 - 1, 30), nature="Autre chose")
    return saved(book).read()


def test_art_4_2_the_workbook_is_shown_before_anything_changes_then_applied_once(technician, works, sent):
    his = enter(responsible(works))
    response = uploaded(his, sent, filled(sent))

    seen = text(response)
    assert "Rien n'est encore changé" in seen
    assert "2 réponses à appliquer" in seen
    assert "En attente : Météo" in seen  # in the town's word, not a code
    assert "« Nature » a été modifié" in seen
    assert {Case.objects.get(pk=case.pk).status for case in sent.cases} == {"routed"}

    shown = as_shown(response)
    review_address = response.redirect_chain[-1][0]
    assert "2 réponses enregistrées" in text(his.post(review_address, shown, follow=True))
    assert [Case.objects.get(pk=case.pk).status for case in sent.cases] == ["waiting", "scheduled", "routed"]

    again = his.post(review_address, shown, follow=True)
    assert "rien n'a changé" in text(again)
    assert LineAnswer.objects.count() == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "vide"), (b"bonjour", "n'est pas un classeur"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "mot de passe")],
)
def test_a_file_that_is_no_workbook_is_said_on_the_page_of_the_list(technician, sent, content, words):
    response = uploaded(enter(technician), sent, content)
    assert response.redirect_chain[-1][0] == address(sent)
    assert words in text(response)


def test_a_forged_line_of_another_list_is_not_applied(technician, works, sent):
    his = enter(responsible(works))
    review_address = uploaded(his, sent, filled(sent)).redirect_chain[-1][0]
    forged = {"ligne-999999": "1", f"ligne-{lines_of(sent)[2].pk}": "2", "ligne-x": "1", "vues": "7 ²:² 999999:1"}
    his.post(review_address, forged)
    his.post(review_address, {f"ligne-{lines_of(sent)[0].pk}": "²", "sauf": "²"})
    assert not LineAnswer.objects.exists()
    assert enter(user_with(Role.EMPLOYEE, username="autre")).get(review_address).status_code in (302, 404)


def test_art_4_2_the_technician_holds_sends_and_sends_again(technician, works, sent):
    desk = enter(technician)
    sent.messages.all().delete()
    OpenRequestsList.objects.filter(pk=sent.pk).update(sent_at=None, file="")
    sent.lines.all()._raw_delete(using="default")

    assert "retenue" in text(desk.post(address(sent, "retenir"), follow=True))
    assert "envoyée" in text(desk.post(address(sent, "envoyer"), follow=True))
    assert "déjà partie" in text(desk.post(address(sent, "envoyer"), follow=True))
    assert "renvoyée" in text(desk.post(address(sent, "renvoyer"), follow=True))
    assert sent.messages.count() == 2


@pytest.mark.parametrize("month", ["1999-12", "2101-01", "2026-13", "2026-00"])
def test_a_month_that_no_calendar_has_is_not_found(technician, month):
    assert enter(technician).get(f"/admin/listes/{month}/").status_code == 404


def test_a_list_asks_as_few_questions_for_many_lines(technician, works, sent, django_assert_max_num_queries):
    desk = enter(technician)
    desk.get(address(sent))
    with django_assert_max_num_queries(20) as few:
        desk.get(address(sent))
    nature = NatureFactory(department=works)
    OpenRequestsList.objects.filter(pk=sent.pk).update(month="2020-01")
    for _ in range(9):
        case = a_case(nature, now=timezone.now() - timedelta(days=2))
        route(pk=case.pk, by=TECHNICIAN, now=timezone.now() - timedelta(days=1))
    more = next(row for row in plan_lists(month_on(timezone.localdate())) if row.department == works)
    send_list(pk=more.pk, by=SYSTEM, now=timezone.now())
    with django_assert_max_num_queries(20) as many:
        assert len(BeautifulSoup(desk.get(address(more)).content, "html.parser").select("fieldset")) == 12
    assert len(many) == len(few)


# --- A line that moved while the page was open --------------------------------------------------


def done(case, **words):
    completion = Completion(done_on=timezone.localdate(), phone_extension="2100", internal_note="Fait.", **words)
    complete(pk=case.pk, completion=completion, by=TECHNICIAN, now=timezone.now())


def in_three_days() -> str:
    return (timezone.localdate() + timedelta(days=3)).isoformat()


def test_art_4_2_a_line_completed_by_someone_else_is_named_with_what_was_typed(technician, works, sent):
    data = as_posted(sent, 1, planned_on=in_three_days(), internal_note="Équipe 2 prévenue.")
    data |= {f"ligne-{lines_of(sent)[1].pk}-planned_on": in_three_days()}
    done(sent.cases[0])
    his = enter(responsible(works))

    response = his.post(address(sent), data)
    seen = text(response)
    assert response.status_code == 409
    assert f"{sent.cases[0].reference} : quelqu'un vient d'y travailler" in seen
    assert f"{sent.cases[0].reference} – Complétée" in seen
    assert "Équipe 2 prévenue." in seen
    assert not LineAnswer.objects.exists()
    # What is left on the page goes with the next click.
    assert his.post(address(sent), fields_of(response)).status_code == 302
    assert Case.objects.get(pk=sent.cases[1].pk).status == "scheduled"


def fields_of(response) -> dict:
    """What a browser would post of the page as it is shown."""
    found = {}
    for field in BeautifulSoup(response.content, "html.parser").select("fieldset [name]"):
        if field.name == "select":
            chosen = field.select_one("option[selected]")
            found[field["name"]] = chosen["value"] if chosen else ""
        else:
            found[field["name"]] = field.get_text().strip() if field.name == "textarea" else field.get("value", "")
    return found


def test_art_4_2_after_a_conflict_what_changed_is_shown_and_the_next_click_is_about_it(technician, works, sent):
    data = as_posted(sent, 1, planned_on=in_three_days())
    take(pk=sent.cases[0].pk, by=TECHNICIAN, now=timezone.now())
    his = enter(responsible(works))

    response = his.post(address(sent), data)
    assert response.status_code == 409
    assert "Prendre en charge" in text(response) or "Prise en charge" in text(response)
    assert his.post(address(sent), fields_of(response)).status_code == 302
    assert Case.objects.get(pk=sent.cases[0].pk).status == "scheduled"


def test_art_4_2_the_second_page_answers_its_own_lines_though_the_first_grew_shorter(
    technician, works, sent, monkeypatch
):
    monkeypatch.setattr("intake.lists.list_page.LINES_A_PAGE", 2)
    third = lines_of(sent)[2]
    data = {f"ligne-{third.pk}-version": third.case.version, f"ligne-{third.pk}-planned_on": in_three_days()}
    done(sent.cases[0])

    assert enter(responsible(works)).post(f"{address(sent)}?page=2", data).status_code == 302
    assert Case.objects.get(pk=third.case_id).status == "scheduled"


def test_the_same_click_twice_says_that_nothing_is_new(technician, works, sent):
    data = as_posted(sent, 1, done_on=timezone.localdate().isoformat(), internal_note="Fait.")
    his = enter(responsible(works))
    his.post(address(sent), data)
    assert "rien n'a changé" in text(his.post(address(sent), data, follow=True))
    assert LineAnswer.objects.count() == 1


@pytest.mark.parametrize("version", ["", "-1", "²", "9" * 30])
def test_a_version_that_is_none_applies_nothing(technician, works, sent, version):
    line = lines_of(sent)[0]
    data = {f"ligne-{line.pk}-version": version, f"ligne-{line.pk}-planned_on": in_three_days()}
    assert enter(responsible(works)).post(address(sent), data).status_code == 422
    assert not LineAnswer.objects.exists()


def test_a_day_that_is_none_is_shown_in_a_field_that_shows_it(technician, works, sent):
    response = enter(responsible(works)).post(address(sent), as_posted(sent, 1, done_on="hier", internal_note="x"))
    page = BeautifulSoup(response.content, "html.parser")
    line = page.select("fieldset")[0]
    assert line.select_one("[name$='-done_on']")["type"] == "text"
    assert line.select_one("[name$='-planned_on']")["type"] == "date"


def test_annexe_a_done_before_the_receipt_is_asked_once_then_taken(technician, works, sent):
    long_ago = (timezone.localdate() - timedelta(days=400)).isoformat()
    his = enter(responsible(works))

    response = his.post(address(sent), as_posted(sent, 1, done_on=long_ago, internal_note="Déjà fait."))
    assert response.status_code == 422
    assert "précède la réception" in text(response)
    assert his.post(address(sent), fields_of(response)).status_code == 302
    assert str(Case.objects.get(pk=sent.cases[0].pk).done_on) == long_ago


# --- What is no longer for who reads the list (art. 4.5) ----------------------------------------


def words_of(response) -> str:
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    return " ".join(str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value)


def test_art_4_5_a_request_that_became_a_complaint_is_no_longer_read_in_a_list(
    technician, works, sent, django_capture_on_commit_callbacks
):
    lost, before = sent.cases[0], sent.file.name
    facts = Case.objects.get(pk=lost.pk).facts
    with django_capture_on_commit_callbacks(execute=True):
        reclassify(pk=lost.pk, kind=Kind.COMPLAINT, reason="Visée.", by=TECHNICIAN, now=timezone.now())
    his = enter(responsible(works))

    for status in ("received", "under_review", "investigating", "inadmissible"):
        Case.objects.filter(pk=lost.pk).update(status=status, closed_at=timezone.now(), completed_at=timezone.now())
        assert lost.reference not in text(his.get(address(sent)))
    answer = his.get(address(sent, "classeur"))
    assert lost.reference not in (said := words_of(answer))
    assert sent.cases[1].reference in said
    # Nor is it kept in the line, in the stored workbook, or in a mail that has not gone.
    line = OpenRequestsLine.objects.get(case=lost)
    assert (line.shown["reference"], line.shown["facts"], line.shown["location"]) == (lost.reference, "", "")
    sent.refresh_from_db()
    assert not private_storage().exists(before)
    assert set(Attachment.objects.values_list("file", flat=True)) == {sent.file.name}
    with sent.file.open() as file:
        assert lost.reference not in str([[cell.value for cell in row] for row in load_workbook(file).worksheets[0]])
    assert facts


def test_art_4_5_the_workbook_of_before_says_of_a_complaint_only_that_it_is_not_there(technician, works, sent):
    content = filled(sent)
    reclassify(pk=sent.cases[0].pk, kind=Kind.COMPLAINT, reason="Visée.", by=TECHNICIAN, now=timezone.now())
    his = enter(responsible(works))

    response = uploaded(his, sent, content)
    assert "n'est plus à votre service" in text(response)
    events = CaseEvent.objects.filter(case=sent.cases[0]).count()
    his.post(response.redirect_chain[-1][0], as_shown(response))
    assert CaseEvent.objects.filter(case=sent.cases[0]).count() == events
    assert Case.objects.get(pk=sent.cases[1].pk).status == "scheduled"


def test_art_4_5_a_request_of_another_service_now_leaves_the_page_and_the_workbook(technician, works, sent):
    Case.objects.filter(pk=sent.cases[0].pk).update(department=DepartmentFactory(code="LOI"))
    his = enter(responsible(works))
    assert sent.cases[0].reference not in text(his.get(address(sent)))
    assert sent.cases[0].reference not in words_of(his.get(address(sent, "classeur")))
    assert sent.cases[0].reference in words_of(enter(technician).get(address(sent, "classeur")))


def test_a_line_that_left_between_the_review_and_the_click_stops_everything(technician, works, sent):
    his = enter(responsible(works))
    response = uploaded(his, sent, filled(sent))
    reclassify(pk=sent.cases[0].pk, kind=Kind.COMPLAINT, reason="Visée.", by=TECHNICIAN, now=timezone.now())

    answer = his.post(response.redirect_chain[-1][0], as_shown(response))
    assert answer.status_code == 422
    assert "ne peut plus être appliquée" in text(answer)
    assert not LineAnswer.objects.exists()


def test_what_is_set_apart_in_the_review_is_not_applied(technician, works, sent):
    his = enter(responsible(works))
    response = uploaded(his, sent, filled(sent))
    shown = as_shown(response) | {"sauf": str(lines_of(sent)[0].pk)}
    assert "1 réponse enregistrée" in text(his.post(response.redirect_chain[-1][0], shown, follow=True))
    assert [Case.objects.get(pk=case.pk).status for case in sent.cases] == ["routed", "scheduled", "routed"]


# The limit of a form is lowered with the list: 250 answers for 200 fields show what 2,500 for 2,000 would, ten times sooner.
MANY, MOST_FIELDS = 250, 200


def many_lines(monthly) -> None:
    """As many requests again on the list, rows only: what a big town has after a storm."""
    model = Case.objects.get(pk=monthly.cases[0].pk)
    values = {
        field.attname: getattr(model, field.attname) for field in Case._meta.concrete_fields if not field.primary_key
    }
    cases = Case.objects.bulk_create(
        Case(**values | {"number": 10_000 + n, "reference": format_reference(model.year, 10_000 + n)})
        for n in range(MANY)
    )
    OpenRequestsLine.objects.bulk_create(
        OpenRequestsLine(
            list=monthly,
            position=10 + n,
            case=case,
            case_version=case.version,
            key=f"{n:024d}",
            shown=monthly_book.shown(case, today=timezone.localdate()),
        )
        for n, case in enumerate(cases)
    )


def test_art_4_2_a_workbook_of_more_answers_than_a_form_has_fields_is_applied(technician, works, sent, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = MOST_FIELDS
    many_lines(sent)
    lines = lines_of(sent)
    content = monthly_book.build(sent, lines, town=TownSettings.load(), reasons=["Météo"], made_at=sent.sent_at)
    book = load_workbook(io.BytesIO(content))
    for number in range(1, len(lines) + 1):
        fill(book, number, reason="Météo")
    desk = enter(technician)
    response = uploaded(desk, sent, saved(book).read())
    shown = as_shown(response)
    assert list(shown) == ["vues"]

    answer = desk.post(response.redirect_chain[-1][0], shown)
    assert answer.status_code == 302
    assert LineAnswer.objects.count() == Case.objects.filter(status="waiting").count() == MANY + 3
