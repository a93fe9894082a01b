"""§3 of the policy's matrix, « listes mensuelles »: the Technicien sends, the Responsable answers, others read (art. 4.2, 4.5)."""

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from cms.roles import ensure_roles
from intake.models import Case, ListMessage
from intake.policy.roles import Role
from intake.policy.vocabulary import Kind
from intake.process import assign, reclassify
from tests.factories import TECHNICIAN, EmployeeFactory, user_with
from tests.intake.lists import test_pages
from tests.intake.lists.test_pages import address, enter, text

pytestmark = pytest.mark.django_db
# The list of this month, of three requests of last week.
now, sent = test_pages.now, test_pages.sent
READERS = [Role.GENERAL_DIRECTOR, Role.EXPERIENCE]


@pytest.fixture
def executor(works, sent):
    """Who executes the second request of the list."""
    works.process_schema_id = "b"
    works.save()
    ensure_roles()
    user = user_with(Role.EXECUTOR, username="surintendant")
    employee = EmployeeFactory(user=user, department=works)
    assign(pk=sent.cases[1].pk, executor=employee, by=TECHNICIAN, now=timezone.now())
    return user


@pytest.mark.parametrize("role", READERS)
def test_art_4_2_who_reads_every_list_sees_no_place_no_words_and_no_file(sent, role):
    ensure_roles()
    reader = enter(user_with(role))
    board = reader.get(f"/admin/listes/{sent.month}/")
    assert "Travaux publics" in text(board)
    assert "Renvoyer" not in text(board)

    page = reader.get(address(sent))
    words = text(page)
    assert all(case.reference in words for case in sent.cases)
    assert "rue des Exemples" not in words
    assert "trou" not in words
    soup = BeautifulSoup(page.content, "html.parser")
    assert not soup.select("main form[method=post], .guichet-lists form")
    assert not soup.select(".guichet-lists__table a")


@pytest.mark.parametrize("role", [*READERS, Role.EXECUTOR])
def test_art_4_2_who_reads_neither_answers_nor_sends_nor_takes_the_workbook(sent, executor, role):
    reader = enter(executor if role is Role.EXECUTOR else user_with(role))
    assert reader.get(address(sent, "classeur")).status_code == 404
    assert reader.post(address(sent)).status_code == 405
    for place in ("reponses", "envoyer", "retenir", "renvoyer"):
        assert reader.post(address(sent, place)).status_code == 404, place
    assert ListMessage.objects.count() == 1


def test_art_4_2_who_executes_reads_the_lines_of_his_own_requests(sent, executor):
    client = enter(executor)
    assert client.get("/admin/listes/").headers["Location"] == address(sent)
    words = text(client.get(address(sent)))
    assert [case.reference in words for case in sent.cases] == [False, True, False]


def test_art_4_5_what_became_a_complaint_is_on_nobodys_page(sent, executor):
    ensure_roles()
    reader = enter(user_with(Role.EXPERIENCE))
    case = sent.cases[1]
    reclassify(pk=case.pk, kind=Kind.COMPLAINT, reason="Vise un employé.", by=TECHNICIAN, now=timezone.now())
    assert Case.objects.get(pk=case.pk).kind == "complaint"
    assert case.reference not in text(reader.get(address(sent)))
    assert enter(executor).get(address(sent)).status_code == 404


def test_art_4_2_the_director_reads_every_list_and_sends_none(sent):
    """§3 gives him « R »: the list is the Technicien's to send (4.2)."""
    ensure_roles()
    director = enter(user_with(Role.DIRECTOR))
    assert "Renvoyer" not in text(director.get(f"/admin/listes/{sent.month}/"))
    assert director.get(address(sent)).status_code == 200
    for act in ("envoyer", "retenir", "renvoyer"):
        answer = director.post(address(sent, act), follow=True)
        assert "Technicien du Service aux citoyens" in text(answer), act
    assert ListMessage.objects.count() == 1


def test_who_has_no_list_at_all_finds_none(sent):
    ensure_roles()
    for role in (Role.COMMUNICATIONS, Role.CLERK, Role.EMPLOYEE, Role.COUNCIL):
        client = enter(user_with(role))
        assert client.get("/admin/listes/").status_code == 404, role
        assert client.get(address(sent)).status_code == 404, role
