"""« À poster »: what waits for the post, printed, marked as gone; seen only by those whose files these are."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document
from pypdf import PdfReader

from intake.models import PostalLetter
from intake.policy.roles import Role
from intake.policy.vocabulary import Kind
from tests.factories import a_contact, user_with
from tests.intake.letters.read import pdf_words
from tests.intake.queue.steps import received, words

pytestmark = pytest.mark.django_db

LIST, PRINT = "/admin/demandes/lettres/", "/admin/demandes/lettres/imprimer/"
NO_EMAIL = a_contact(email="")


def letter_of(nature=None, **changes) -> PostalLetter:
    return received(nature, contact=NO_EMAIL, **changes).letters.get()


def today() -> str:
    return timezone.localdate().isoformat()


def mark(client, *letters, **changes):
    values = {"lettre": [letter.pk for letter in letters], "posted_on": today(), "way": "post"}
    return client.post(LIST, {**values, **changes})


def test_list_of_the_technician_shows_what_waits_with_name_address_and_state(enter, technician, nature):
    letter = letter_of(nature)

    text = words(enter(technician).get(LIST))

    assert letter.case.reference in text
    assert "Marie Tremblay 1234, rue des Exemples Val-des-Érables (Québec)" in " ".join(text.split())
    assert "Accusé de réception d'une requête" in text
    assert "À imprimer et à poster" in text


def test_queue_and_home_lead_to_the_letters_with_their_number(enter, technician, nature):
    letter_of(nature), letter_of(nature)
    client = enter(technician)

    for page in ("/admin/demandes/", LIST):
        assert "À poster 2" in words(client.get(page))
    assert "2 lettres à poster" in words(client.get("/admin/"))


def test_recipient_has_no_letters_page_and_no_button_but_reads_what_was_written(enter, recipient, nature):
    letter = letter_of(nature)
    client = enter(recipient)

    assert client.get(LIST).status_code == 404
    assert client.post(PRINT, {"lettre": [letter.pk]}).status_code == 404
    assert mark(client, letter).status_code == 404
    assert "À poster" not in words(client.get("/admin/demandes/"))
    page = words(client.get(reverse("intake_queue:case", args=[letter.case.reference])))
    assert "Lettres à poster" in page
    assert "Imprimer (PDF)" not in page


def test_one_letter_when_printed_is_a_pdf_named_by_its_file_and_noted(enter, technician, nature):
    letter = letter_of(nature)

    response = enter(technician).post(PRINT, {"lettre": [letter.pk], "format": "pdf"})

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="lettre-{letter.case.reference}.pdf"'
    assert "no-store" in response["Cache-Control"]
    assert letter.tracking_code in pdf_words(response.content)
    letter.refresh_from_db()
    assert letter.printed_by == "technicienne"


def test_several_letters_when_printed_are_one_pdf(enter, technician, nature):
    letters = [letter_of(nature) for _ in range(3)]

    response = enter(technician).post(PRINT, {"lettre": [letter.pk for letter in letters]})

    assert f'filename="lettres-{today()}.pdf"' in response["Content-Disposition"]
    assert len(PdfReader(BytesIO(response.content)).pages) == 3


def test_letter_when_asked_for_word_is_a_docx(enter, technician, nature):
    letter = letter_of(nature)

    response = enter(technician).post(PRINT, {"lettre": [letter.pk], "format": "docx"})

    assert response["Content-Disposition"].endswith('.docx"')
    paragraphs = [paragraph.text for paragraph in Document(BytesIO(response.content)).paragraphs]
    assert "Bonjour Marie Tremblay," in paragraphs


@pytest.mark.parametrize(
    ("kind", "number", "said"),
    [("pdf", 0, "Cochez au moins une lettre."), ("docx", 2, "Pour Word, cochez une seule lettre.")],
)
def test_printing_what_can_not_be_says_why_and_keeps_the_boxes(enter, technician, nature, kind, number, said):
    letters = [letter_of(nature), letter_of(nature)][:number]

    response = enter(technician).post(PRINT, {"lettre": [letter.pk for letter in letters], "format": kind})

    assert response.status_code == 422
    assert said in words(response)
    assert response.content.decode().count("checked") == number
    assert not PostalLetter.objects.exclude(printed_at=None).exists()


def test_letters_when_marked_leave_the_list_and_the_file_says_so(enter, technician, nature):
    gone, kept = letter_of(nature), letter_of(nature)
    client = enter(technician)

    response = mark(client, gone, dossier="x")

    assert response.url == reverse("intake_queue:case", args=[gone.case.reference])
    page = words(client.get(response.url))
    assert "1 lettre est notée comme partie." in page
    assert "Postée le" in page
    assert gone.case.reference not in words(client.get(LIST))
    assert kept.case.reference in words(client.get(LIST))
    assert mark(client, kept).url == LIST


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"posted_on": ""}, "Indiquez le jour où la lettre est partie."),
        ({"posted_on": "hier"}, "Saisissez une date valide."),
        ({"posted_on": (timezone.localdate() + timedelta(days=2)).isoformat()}, "ne peut pas être dans le futur"),
        ({"posted_on": "2001-01-01"}, "précède celui où la lettre a été écrite"),
        ({"way": "pigeon"}, "Sélectionnez un choix valide"),
        ({"lettre": []}, "Cochez au moins une lettre."),
        ({"lettre": ["x", "-1", "9" * 40]}, "Cochez au moins une lettre."),
    ],
)
def test_marking_what_can_not_be_says_why_beside_the_field_and_keeps_what_was_chosen(
    enter, technician, nature, changes, said
):
    letter = letter_of(nature)

    response = mark(enter(technician), letter, **changes)

    assert response.status_code == 422
    assert said in words(response)
    if "lettre" not in changes:
        assert f'value="{letter.pk}" checked' in response.content.decode()
    assert PostalLetter.objects.to_post().count() == 1


def test_art_4_5_clerk_when_he_asks_for_the_letter_of_a_complaint_finds_nothing(enter, roles):
    client, complaint = enter(user_with(Role.CLERK)), letter_of(kind=Kind.COMPLAINT)

    assert client.post(PRINT, {"lettre": [complaint.pk]}).status_code == 404
    assert mark(client, complaint).status_code == 404
    assert complaint.case.reference not in words(client.get(LIST))
    traces = complaint.case.accesses.values_list("what", "allowed")
    assert list(traces) == [("letter", False), ("letter", False)]


def test_tracking_code_when_the_file_or_the_list_is_shown_is_never_on_the_screen(enter, technician, nature):
    letter = letter_of(nature)
    client = enter(technician)

    for address in (LIST, "/admin/demandes/", reverse("intake_queue:case", args=[letter.case.reference])):
        assert letter.tracking_code not in client.get(address).content.decode()


def test_print_address_when_opened_as_a_link_leads_to_the_list(enter, technician, nature):
    assert enter(technician).get(PRINT).url == LIST


def test_visitor_when_he_asks_for_letters_is_sent_to_the_login(client):
    assert client.get(LIST).url.startswith("/admin/login/")


def test_list_when_it_grows_asks_the_same_number_of_questions(enter, technician, nature, django_assert_max_num_queries):
    for _ in range(30):
        letter_of(nature)
    client = enter(technician)

    with django_assert_max_num_queries(22):
        client.get(LIST)


def test_list_when_it_is_long_has_pages(enter, technician, nature):
    for _ in range(51):
        letter_of(nature)
    client = enter(technician)

    assert len(client.get(f"{LIST}?p=2").context["rows"]) == 1
    assert len(client.get(f"{LIST}?p=zorglub").context["rows"]) == 50


def test_list_without_letters_says_that_all_is_gone(enter, technician):
    assert "Aucune lettre à poster." in words(enter(technician).get(LIST))
