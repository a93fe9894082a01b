"""Art. 4.2: a list is seen by whom it belongs to, answered on its page or by its workbook, and managed by the technician."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from cms.roles import ensure_roles
from intake.models import Case, LineAnswer, OpenRequestsList
from intake.policy.clocks import local_day
from intake.policy.roles import SYSTEM, Role
from intake.process import route, take
from intake.process.monthly_lists import month_on, plan_lists, send_list
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


def filled(monthly) -> bytes:
    import io

    from openpyxl import load_workbook

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

    page = BeautifulSoup(response.content, "html.parser")
    ticked = {box["name"]: box["value"] for box in page.select("input[type=checkbox][checked]")}
    review_address = response.redirect_chain[-1][0]
    assert "2 réponses enregistrées" in text(his.post(review_address, ticked, follow=True))
    assert [Case.objects.get(pk=case.pk).status for case in sent.cases] == ["waiting", "scheduled", "routed"]

    again = his.post(review_address, ticked, follow=True)
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
    his.post(review_address, {"ligne-999999": "1", f"ligne-{lines_of(sent)[2].pk}": "2", "ligne-x": "1"})
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
