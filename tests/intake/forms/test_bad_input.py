"""Missing, malformed, enormous or hostile: a clear French message, the answers kept, nothing half-written (issue 3)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.forms.models import Draft
from intake.models import Case
from intake.policy.vocabulary import Kind
from tests.factories import QuestionFactory

from .citizen import GOOD, SLUGS, errors_of, text_of, url_of

pytestmark = pytest.mark.django_db
MEGABYTE = 1024 * 1024


def test_a_text_of_one_megabyte_is_explained_and_shown_again(citizen):
    draft = citizen.begin()
    text = "é" * MEGABYTE
    response = citizen.post(url_of(draft, "demande"), {**GOOD[Kind.REQUEST]["demande"], "facts": text})
    assert response.status_code == 422
    assert errors_of(response) == [
        "Ce texte est trop long : 1048576 caractères. Raccourcissez-le à 4000 caractères ou joignez un document PDF."
    ]
    assert text in response.content.decode()
    draft.refresh_from_db()
    assert len(draft.data["demande"]["facts"][0]) == 20_000, "what is stored is capped"
    assert draft.data["demande"]["location"] == ["1234, rue des Exemples"]


def test_a_text_of_exactly_the_limit_is_taken(citizen):
    text = "a\r\n" * 1999 + "bc"  # a browser sends each line end as two signs; it counts for one
    case = citizen.file(demande={"facts": text})
    assert len(case.facts) == 4000


def test_control_characters_never_reach_the_database(citizen, nature):
    question = QuestionFactory(nature=nature, label="Quoi?", question_type="long_text")
    dirty = "Un\x00 trou\x1b[31m profond\x07 devant\u202e chez moi\r\ndepuis lundi"
    case = citizen.file(
        demande={"facts": dirty, "location": "rue\x00 A", question.key: "oui\x00"}, coordonnees={"last_name": "Roy\x00"}
    )
    assert case.facts == "Un trou[31m profond devant chez moi\ndepuis lundi"
    assert (case.location, case.requester.last_name, case.answers.get().value) == ("rue A", "Roy", "oui")


def test_what_looks_like_markup_is_text(citizen):
    attack = "<script>alert(1)</script>{{ 7|add:7 }} pour un trou"
    draft = citizen.fill(demande={"facts": attack})
    body = citizen.get(url_of(draft, "verification")).content.decode()
    assert "<script>alert" not in body
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7|add:7 }}" in body
    citizen.send(draft)
    assert Case.objects.get().facts == attack


def test_fields_that_no_form_asks_are_ignored(citizen):
    foreign = {"status": "closed", "priority": "p1", "department": "1", "reference": "1999-0001", "case": "1"}
    draft = citizen.fill(demande=foreign, coordonnees=foreign)
    citizen.send(draft, **foreign)
    case = Case.objects.get()
    assert (case.status, case.priority, case.department.code != "1") == ("received", "p2", True)
    assert case.reference != "1999-0001"


@pytest.mark.parametrize("kind", list(Kind))
def test_an_empty_first_step_says_what_is_missing(citizen, kind):
    response = citizen.post(f"/demandes/{SLUGS[kind]}/", {})
    assert response.status_code == 422
    assert errors_of(response)
    assert "Il y a un problème" in text_of(response)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.dictionaries(
        st.sampled_from(["location", "facts", "nature", "files", "add_files", "remove_file", "csrfmiddlewaretoken2"]),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
        max_size=5,
    )
)
def test_whatever_is_posted_no_step_breaks(citizen, data):
    draft = Draft.objects.first() or citizen.begin()
    response = citizen.post(url_of(draft, "demande"), data)
    assert response.status_code in (303, 422)


@pytest.mark.parametrize(
    "query", ["?nature=%00", "?mot=%00%ff", "?revoir=", "?nature=" + "x" * 5000, "?mot=" + "é" * 5000]
)
def test_whatever_the_address_asks_the_form_is_shown(citizen, query):
    assert citizen.get(f"/demandes/requete/{query}").status_code == 200


def test_a_choice_that_is_not_on_the_list_is_refused(citizen):
    response = citizen.post("/demandes/requete/", {"nature": "TP-99"})
    assert errors_of(response) == ["Cette nature de demande n'est plus offerte. Choisissez-en une autre."]


def test_a_text_where_a_file_is_expected_is_no_file(citizen):
    draft = citizen.begin()
    response = citizen.post(url_of(draft, "demande"), {**GOOD[Kind.REQUEST]["demande"], "files": "pas un fichier"})
    assert response.status_code == 303
    assert not draft.files.exists()


def test_given_a_town_without_any_service_then_the_citizen_is_told_and_nothing_is_lost(citizen, pages):
    from snippets.models import Department

    draft = citizen.fill(nature={"nature": "autre"})
    Department.objects.update(is_active=False)
    response = citizen.send(draft)
    assert response.status_code == 422
    assert errors_of(response) == ["Aucun service municipal n'est inscrit dans la grille."]
    assert not Case.objects.exists()
    assert Draft.objects.get().data["coordonnees"]["last_name"] == ["Tremblay"]


def test_when_receiving_breaks_then_nothing_is_half_written(citizen, monkeypatch):
    """A fault after the case is written (here in the very last line of `send`) takes everything back."""
    draft = citizen.begin()
    photo = SimpleUploadedFile("a.pdf", b"%PDF-1.4 %%EOF")
    citizen.post(url_of(draft, "demande"), {**GOOD[Kind.REQUEST]["demande"], "files": photo})
    citizen.post(url_of(draft, "coordonnees"), GOOD[Kind.REQUEST]["coordonnees"])

    def broken(*args, **kwargs):
        raise RuntimeError("the machine stops here")

    with monkeypatch.context() as patch:
        patch.setattr("intake.forms.sender.Door.count", broken)
        with pytest.raises(RuntimeError):
            citizen.send(draft)
    assert not Case.objects.exists()
    draft.refresh_from_db()
    assert (draft.case_id, draft.files.count()) == (None, 1)
    assert citizen.send(draft).url == url_of(draft, "confirmation")
    assert Case.objects.get().attachments.count() == 1


def test_a_flood_that_django_will_not_read_has_its_page_in_french(citizen):
    citizen.client.raise_request_exception = False
    response = citizen.post("/demandes/commentaire/", {"facts": "x" * (6 * MEGABYTE)})
    assert response.status_code == 400
    assert "Nous n'avons pas pu lire cet envoi" in text_of(response)


def test_a_folder_of_forty_files_is_taken_up_to_ten_and_the_others_are_named(citizen):
    draft = citizen.begin()
    files = [SimpleUploadedFile(f"{n}.pdf", b"%%PDF-1.4 %d %%%%EOF" % n) for n in range(40)]
    response = citizen.post(url_of(draft, "demande"), {**GOOD[Kind.REQUEST]["demande"], "files": files})
    assert response.status_code == 422
    assert (draft.files.count(), len(errors_of(response))) == (10, 30)
