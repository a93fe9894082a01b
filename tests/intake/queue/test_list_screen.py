"""The list as people open it: addresses, columns, cost, and what it never shows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from intake.models import AccessRecord
from intake.policy.roles import Role
from intake.policy.vocabulary import Kind
from intake.queue.desk import desk_for
from tests.factories import a_contact, user_with
from tests.intake.queue.steps import closed, received, routed, taken, waiting, words

pytestmark = pytest.mark.django_db
LIST = "/admin/demandes/"
MOST_QUERIES = 23  # one of them counts the letters to post, one reads who can be reached


def test_list_when_a_technician_opens_it_shows_what_a_person_needs(enter, technician, recipient, nature):
    case = taken(nature, days=60)

    text = words(enter(technician).get(LIST))

    for expected in (
        case.reference,
        "Nid-de-poule",
        "Requête",
        "1234, rue des Exemples",
        "Marie Tremblay",
        "Travaux publics",
        str(recipient.employee),
        "En cours",
        "en retard de",
        "P2",
    ):
        assert expected in text
    assert "1 demande" in text


def test_list_when_empty_says_that_all_is_done(enter, technician):
    assert "Rien à traiter pour le moment." in words(enter(technician).get(LIST))


def test_search_when_nothing_is_found_offers_to_look_everywhere(enter, technician, nature):
    received(nature)
    response = enter(technician).get(LIST, {"q": "zorglub", "vue": "ouvertes"})

    assert "Aucune demande ne correspond à cette recherche." in words(response)
    assert "?vue=toutes&amp;q=zorglub" in response.content.decode()


def test_menu_when_a_technician_looks_begins_with_the_files(enter, technician):
    page = enter(technician).get("/admin/").content.decode()

    assert page.index(LIST) == min(page.index(place) for place in (LIST, "/admin/account/") if place in page)
    assert "Demandes" in page


@pytest.mark.parametrize("query", ["", "vue=toutes", "q=rue", "vue=toutes&tri=lieu", "vue=toutes&service=TP"])
def test_list_when_it_grows_asks_the_same_number_of_questions(enter, technician, recipient, nature, query):
    client = enter(technician)
    for _ in range(9):
        routed(nature, days=60)
    waiting(nature)
    few = _count(client, query)
    for number in range(100):
        received(nature, contact=a_contact(first_name=f"Zoé{number}"))
    received()
    closed(nature)

    assert _count(client, query) == few <= MOST_QUERIES


def _count(client, query: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"{LIST}?{query}").status_code == 200
    return len(queries)


def test_list_when_it_has_several_pages_walks_them_without_losing_a_file(enter, technician, nature):
    cases = {received(nature).reference for _ in range(53)}
    client = enter(technician)

    pages = [client.get(f"{LIST}?vue=toutes&p={page}").context["page_obj"].object_list for page in (1, 2)]

    assert [len(page) for page in pages] == [50, 3]
    assert {case.reference for page in pages for case in page} == cases
    last = client.get(f"{LIST}?vue=toutes&p=99").context["page_obj"]
    assert last.number == 2
    assert client.get(f"{LIST}?vue=toutes&p=abc").context["page_obj"].number == 1


@pytest.mark.parametrize("typed", ["{year}-{number}", "{year}-{number:04d}", "  {year} - {number} "])
def test_reference_when_searched_opens_the_file_whatever_the_filters(enter, technician, recipient, nature, typed):
    case = closed(nature)
    text = typed.format(year=case.year, number=case.number)

    response = enter(technician).get(LIST, {"q": text, "vue": "ouvertes", "canal": "phone"})

    assert response.status_code == 302
    assert response.url == reverse("intake_queue:case", args=[case.reference])


def test_reference_of_an_unseen_file_when_searched_says_what_it_says_of_a_missing_one(enter, recipient, town):
    received(kind=Kind.COMPLAINT)
    client = enter(recipient)

    def text(reference: str) -> str:
        return words(client.get(LIST, {"q": reference})).replace(reference, "…")

    hidden = AccessRecord.objects.count()
    assert text(received(kind=Kind.COMPLAINT).reference) == text("2019-0005")
    assert AccessRecord.objects.count() == hidden


@pytest.mark.parametrize(
    "role", [Role.COMMUNICATIONS, Role.EXPERIENCE, Role.COUNCIL, Role.EMPLOYEE, Role.ADMINISTRATOR]
)
def test_role_without_sight_when_it_looks_finds_no_queue(enter, technician, recipient, nature, role):
    case = routed(nature)
    client = enter(user_with(role))

    assert LIST not in client.get("/admin/").content.decode()
    for address in (
        LIST,
        f"{LIST}?q={case.reference}",
        f"{LIST}?export=xlsx",
        f"{LIST}{case.reference}/",
        f"{LIST}{case.reference}/geste/take/",
        f"{LIST}{case.reference}/fichiers/1/",
        f"{LIST}lot/",
        f"{LIST}lot/resultat/",
    ):
        assert client.get(address).status_code == 404, address
    for address in (f"{LIST}lot/", f"{LIST}{case.reference}/geste/take/"):
        assert client.post(address, {"geste": "route", "demande": case.reference}).status_code == 404, address


@pytest.mark.parametrize("action", ["create", "edit", "delete", "inspect", "history"])
def test_stock_screen_of_modeladmin_when_asked_does_not_exist(enter, technician, nature, action):
    case = received(nature)

    assert enter(technician).get(f"{LIST}{action}/{case.pk}/").status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse(f"demandes_modeladmin_{action}", args=[case.pk])


def test_stock_export_when_asked_by_address_gives_the_page(enter, technician, nature):
    received(nature)

    assert enter(technician).get(f"{LIST}?export=xlsx")["Content-Type"].startswith("text/html")


def test_list_when_the_roles_differ_offers_gestures_on_several_to_those_who_may(enter, technician, recipient, nature):
    routed(nature)

    assert b'name="demande"' in enter(technician).get(f"{LIST}?vue=ouvertes").content
    assert b'name="demande"' not in enter(recipient).get(f"{LIST}?vue=ouvertes").content


def test_text_of_a_citizen_when_listed_is_never_markup(enter, technician, nature):
    received(nature, location="<script>alert(1)</script>", contact=a_contact(last_name="<b>Tremblay</b>"))

    page = enter(technician).get(LIST, {"q": "alert"}).content.decode()

    assert "<script>alert(1)" not in page
    assert "<b>Tremblay" not in page


def test_desk_when_a_designation_is_unsigned_has_no_recipient(technician, recipient):
    designation = recipient.employee.designations.get()
    designation.signed_by_head_on = None
    designation.save()

    assert desk_for(technician).recipients == {}
