"""The form of a message: its variables shown, unknown ones refused, forgotten ones pointed out."""

import pytest
from django.urls import reverse

from snippets.admin.variables import MEANINGS, missing_from
from snippets.message_codes import MESSAGE_CODES
from snippets.models import MessageText

from .forms import errors_of, filled_form, messages_of

GOOD = "Bonjour {salutation}, dossier {numero}, code {code_suivi}."


@pytest.fixture
def text(db):
    return MessageText.objects.create(code="T1", subject="Reçu {numero}", body=GOOD)


def edit(staff, text, **changes):
    url = reverse("wagtailsnippets_snippets_messagetext:edit", args=[text.pk])
    return staff.post(url, filled_form(staff.get(url)) | changes, follow=True)


def test_every_variable_of_every_message_is_explained():
    assert {name for item in MESSAGE_CODES.values() for name in item.variables} <= set(MEANINGS)


def test_the_form_shows_the_variables_of_this_message_and_no_other(staff, text):
    page = staff.get(reverse("wagtailsnippets_snippets_messagetext:edit", args=[text.pk])).content.decode()

    for name in MESSAGE_CODES["T1"].variables:
        assert f"<code>{{{name}}}</code>" in page
    assert "<code>{question}</code>" not in page


def test_an_unknown_variable_is_refused_beside_the_text_and_nothing_typed_is_lost(staff, text):
    response = edit(staff, text, body="Bonjour {salutation}, {nom_du_chat}.")

    assert any("{nom_du_chat}" in error for error in errors_of(response))
    assert filled_form(response)["body"] == "Bonjour {salutation}, {nom_du_chat}."
    text.refresh_from_db()
    assert text.body == GOOD


def test_a_text_that_forgets_the_tracking_code_is_saved_with_a_warning(staff, text):
    response = edit(staff, text, body="Bonjour {salutation}, dossier {numero}.")

    text.refresh_from_db()
    assert "{code_suivi}" not in text.body
    assert any("le code de suivi {code_suivi}" in message for message in messages_of(response))


def test_a_complete_text_gives_no_warning(staff, text):
    response = edit(staff, text, subject="Bien reçu {numero}")

    assert not any("Est-ce voulu" in message for message in messages_of(response))


def test_which_message_it_is_never_changes(staff, text):
    edit(staff, text, code="T2")

    text.refresh_from_db()
    assert text.code == "T1"


def test_only_messages_without_a_text_are_offered_to_be_written(staff, text):
    page = staff.get(reverse("wagtailsnippets_snippets_messagetext:add")).content.decode()

    assert 'value="T1"' not in page
    assert 'value="T2"' in page


def test_a_text_goes_back_to_an_older_version(staff, text):
    edit(staff, text, subject="Premier {numero}")
    edit(staff, text, subject="Second {numero}")
    first = text.revisions.order_by("pk").first()
    url = reverse("wagtailsnippets_snippets_messagetext:revisions_revert", args=[text.pk, first.pk])

    staff.post(url, filled_form(staff.get(url)))

    text.refresh_from_db()
    assert text.subject == "Premier {numero}"


@pytest.mark.parametrize(
    ("code", "text", "missing"),
    [
        ("T1", "{numero} {code_suivi}", []),
        ("T1", "{numero}", ["code_suivi"]),
        ("T8", "{numero}", ["reponse"]),
        ("R1", "{numero}", ["lien_dossier"]),
        ("T13", "{numero} {code_suivi}", ["date_20"]),
        ("inconnu", "", []),
    ],
)
def test_what_a_message_cannot_do_without(code, text, missing):
    assert missing_from(text, code) == missing
