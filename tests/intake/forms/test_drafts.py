"""The life of a draft: kept, changed under the citizen's feet, expired, erased, purged."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils import timezone

from intake.forms import drafts, filing, uploads
from intake.forms.jobs import purge_drafts
from intake.forms.journey import Journey
from intake.forms.models import Draft, DraftFile, FormQuestion
from intake.forms.step_form import CHECK
from intake.models import Case, private_storage
from intake.policy.vocabulary import Kind
from tests.factories import NatureFactory, QuestionFactory

from .citizen import GOOD, errors_of, text_of, url_of
from .pictures import a_photo

pytestmark = pytest.mark.django_db
DEMAND = GOOD[Kind.REQUEST]["demande"]


def age(draft, **since):
    """Let this much time pass over a draft."""
    Draft.objects.filter(pk=draft.pk).update(updated_at=timezone.now() - timedelta(**since))


def with_a_file(draft):
    """Give it a photo; return its stored name."""
    assert uploads.add(draft, [SimpleUploadedFile("a.jpg", a_photo())], now=timezone.now()) == []
    return draft.files.get().file.name


# --- What changes meanwhile ----------------------------------------------------------------------


def test_given_a_nature_retired_between_two_steps_when_going_on_then_another_is_asked_and_the_answers_stay(
    citizen, nature
):
    draft = citizen.begin()
    nature.is_active = False
    nature.save()
    back = citizen.post(url_of(draft, "demande"), DEMAND)
    assert back.url == url_of(draft, "nature") + "?revoir=1"
    page = citizen.get(back.url)
    assert errors_of(page) == ["Cette nature de demande n'est plus offerte. Choisissez-en une autre."]
    NatureFactory(code="TP-02")
    again = citizen.post(url_of(draft, "nature"), {"nature": "TP-02"})
    assert again.url == url_of(draft, "coordonnees")
    assert DEMAND["facts"] in citizen.get(url_of(draft, "demande")).content.decode()


def test_given_a_nature_retired_before_sending_then_nothing_is_filed_and_the_citizen_is_told(citizen, nature):
    draft = citizen.fill()
    nature.is_active = False
    nature.save()
    response = citizen.send(draft)
    assert response.url == url_of(draft, "nature") + "?revoir=1"
    assert "Tout ce que vous avez écrit est gardé" in text_of(citizen.get(response.url))
    assert not Case.objects.exists()
    citizen.post(url_of(draft, "nature"), {"nature": "autre"})
    assert citizen.send(draft).url == url_of(draft, "confirmation")


def test_given_a_question_added_to_the_nature_before_sending_then_it_is_asked(citizen, nature):
    draft = citizen.fill()
    question = QuestionFactory(nature=nature, label="Quelle taille?", is_required=True)
    response = citizen.send(draft)
    assert response.url == url_of(draft, "demande") + "?revoir=1"
    page = citizen.get(response.url)
    assert errors_of(page) == ["Répondez à la question « Quelle taille? »"]
    assert DEMAND["facts"] in page.content.decode()
    citizen.post(url_of(draft, "demande"), {**DEMAND, question.key: "Un mètre"})
    assert citizen.send(draft).url == url_of(draft, "confirmation")
    assert Case.objects.get().answers.get().display == "Un mètre"


def test_given_a_question_added_to_the_page_or_a_choice_withdrawn_then_it_is_asked_again(citizen, pages):
    question = FormQuestion.objects.create(
        page=pages[Kind.REQUEST], label="Lequel?", question_type="one_choice", choices="A\nB", is_required=True
    )
    draft = citizen.fill(demande={question.key: "B"})
    FormQuestion.objects.filter(pk=question.pk).update(choices="A\nC")
    response = citizen.send(draft)
    assert response.url == url_of(draft, "demande") + "?revoir=1"
    assert errors_of(citizen.get(response.url)) == ["Ce choix n'est plus offert. Choisissez-en un autre."]


def test_given_a_nature_retired_before_sending_then_what_the_last_step_was_told_is_kept(citizen, nature):
    draft = citizen.fill()
    nature.is_active = False
    nature.save()

    citizen.send(draft, wants_survey="on")

    draft.refresh_from_db()
    assert draft.case is None
    assert draft.data[CHECK] == {"wants_survey": ["on"]}


def test_given_a_question_retired_then_its_answer_is_no_longer_asked_nor_kept(citizen, nature):
    question = QuestionFactory(nature=nature, label="Quelle taille?")
    draft = citizen.fill(demande={question.key: "Grand"})
    question.is_active = False
    question.save()
    assert citizen.send(draft).url == url_of(draft, "confirmation")
    assert not Case.objects.get().answers.exists()


def test_when_a_nature_is_changed_then_changed_back_its_answers_are_still_there(citizen, nature):
    question = QuestionFactory(nature=nature, label="Quelle taille?")
    NatureFactory(code="TP-02")
    draft = citizen.fill(demande={question.key: "Grand"})
    for code in ("TP-02", "TP-01"):
        citizen.post(url_of(draft, "nature"), {"nature": code})
        citizen.post(url_of(draft, "demande"), {**DEMAND, **({} if code == "TP-02" else {question.key: "Grand"})})
    citizen.post(url_of(draft, "nature"), {"nature": "TP-02"})
    citizen.post(url_of(draft, "demande"), DEMAND)
    citizen.post(url_of(draft, "nature"), {"nature": "TP-01"})
    assert 'value="Grand"' in citizen.get(url_of(draft, "demande")).content.decode()


# --- Where one may go ----------------------------------------------------------------------------


def test_no_step_is_skipped(citizen):
    draft = citizen.begin()
    assert citizen.get(url_of(draft, "verification")).url == url_of(draft, "demande")
    assert citizen.get(url_of(draft, "confirmation")).url == url_of(draft, "demande")
    assert citizen.post(url_of(draft, "verification"), {}).url == url_of(draft, "demande")
    assert not Case.objects.exists()


def test_two_tabs_on_two_steps_lose_nothing(citizen, pages):
    draft = citizen.begin()
    citizen.post(url_of(draft, "demande"), DEMAND)
    stale = Draft.objects.get(pk=draft.pk)
    citizen.post(url_of(draft, "coordonnees"), GOOD[Kind.REQUEST]["coordonnees"])
    journey = Journey(pages[Kind.REQUEST], stale)
    drafts.save(journey, journey.form("demande", QueryDict("facts=autre")), now=timezone.now())
    data = Draft.objects.get(pk=draft.pk).data
    assert data["coordonnees"]["last_name"] == ["Tremblay"]
    assert data["demande"]["facts"] == ["autre"]


def test_what_arrives_after_sending_is_not_kept(citizen, pages):
    draft = citizen.fill()
    before = Draft.objects.get(pk=draft.pk)
    citizen.send(draft)
    journey = Journey(pages[Kind.REQUEST], before)
    drafts.save(journey, journey.form("coordonnees", QueryDict("last_name=Roy")), now=timezone.now())
    assert Draft.objects.get(pk=draft.pk).data == {}


def test_a_draft_that_expires_at_the_very_moment_is_not_sent(citizen, pages):
    draft = citizen.fill()
    age(draft, hours=48)
    last = Journey(pages[Kind.REQUEST], draft).judged_form(CHECK)
    with pytest.raises(filing.Gone):
        filing.send(draft.pk, pages[Kind.REQUEST], last, now=timezone.now())
    assert not Case.objects.exists()


@pytest.mark.parametrize("key", ["abc", "123", "00000000-0000-0000-0000-00000000000g", "..%2f..", "%00"])
def test_a_malformed_key_is_no_page(citizen, key):
    assert citizen.client.get(f"/demandes/requete/{key}/demande/").status_code == 404


def test_a_step_that_does_not_exist_is_no_page(citizen):
    draft = citizen.begin()
    for step in ("paiement", "nature2", "confirmation/encore"):
        assert citizen.client.get(f"/demandes/requete/{draft.pk}/{step}/").status_code == 404


def test_a_draft_opens_only_on_its_own_page(citizen):
    draft = citizen.begin()
    assert citizen.get(f"/demandes/reclamation/{draft.pk}/demande/").status_code == 410


# --- Expiry --------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["nature", "demande", "coordonnees", "verification", "confirmation"])
def test_given_an_expired_draft_when_it_is_opened_then_a_clear_page_says_so(citizen, step):
    draft = citizen.fill()
    age(draft, hours=48, minutes=1)
    page = citizen.get(url_of(draft, step))
    assert page.status_code == 410
    assert "Ce formulaire a expiré" in text_of(page)
    assert "Tremblay" not in text_of(page)


def test_given_a_draft_that_is_gone_when_a_step_is_sent_then_its_words_and_files_are_kept(citizen):
    gone = f"/demandes/requete/{uuid.uuid4()}/demande/"
    photo = SimpleUploadedFile("trou.jpg", a_photo())
    page = citizen.post(gone, {**DEMAND, "nature": "TP-01", "files": photo})
    assert page.status_code == 410
    assert "Ce que vous venez d'écrire est gardé" in text_of(page)
    assert DEMAND["facts"] in text_of(page)
    draft = Draft.objects.get()
    assert f'href="{url_of(draft, "coordonnees")}"' in page.content.decode()
    assert draft.files.get().original_name == "trou.jpg"
    citizen.post(url_of(draft, "coordonnees"), GOOD[Kind.REQUEST]["coordonnees"])
    assert citizen.send(draft).url == url_of(draft, "confirmation")


def test_given_an_expired_draft_when_it_is_sent_then_nothing_is_filed(citizen):
    draft = citizen.fill()
    age(draft, hours=49)
    assert citizen.send(draft).status_code == 410
    assert not Case.objects.exists()


def test_a_draft_worked_on_stays_alive(citizen):
    draft = citizen.begin()
    age(draft, hours=47)
    citizen.post(url_of(draft, "demande"), DEMAND)
    age(draft, hours=47)
    assert citizen.get(url_of(draft, "coordonnees")).status_code == 200


def test_without_the_seal_of_the_form_nothing_is_filed_and_the_draft_stays(citizen):
    draft = citizen.fill()
    citizen.client.cookies.clear()
    assert citizen.send(draft).status_code == 403
    assert not Case.objects.exists()
    citizen.seal = ""
    assert citizen.send(draft).url == url_of(draft, "confirmation")


# --- The end -------------------------------------------------------------------------------------


def test_erase_and_leave_removes_the_answers_and_the_files(citizen):
    draft = citizen.begin()
    stored = with_a_file(draft)
    response = citizen.post(f"/demandes/requete/{draft.pk}/effacer/")
    assert "sont effacés" in text_of(citizen.follow(response))
    assert not Draft.objects.exists()
    assert not private_storage().exists(stored)
    assert citizen.get(url_of(draft, "demande")).status_code == 410


def test_erase_after_sending_hides_the_code_and_keeps_the_demand_with_its_files(citizen):
    draft = citizen.begin()
    stored = with_a_file(draft)
    citizen.post(url_of(draft, "demande"), DEMAND)
    citizen.post(url_of(draft, "coordonnees"), GOOD[Kind.REQUEST]["coordonnees"])
    citizen.send(draft)
    citizen.post(f"/demandes/requete/{draft.pk}/effacer/")
    assert not Draft.objects.exists()
    assert Case.objects.get().attachments.get().file.name == stored
    assert private_storage().exists(stored)


def test_erasing_is_never_done_by_following_a_link(citizen):
    draft = citizen.begin()
    assert citizen.get(f"/demandes/requete/{draft.pk}/effacer/").status_code == 303
    assert Draft.objects.filter(pk=draft.pk).exists()


def test_the_code_is_shown_for_an_hour_then_nowhere(citizen):
    draft = citizen.fill()
    shown = citizen.follow(citizen.send(draft)).content.decode()
    assert "data-tracking-code" in shown
    Draft.objects.filter(pk=draft.pk).update(code_shown_until=timezone.now() - timedelta(seconds=1))
    later = citizen.get(url_of(draft, "confirmation"))
    assert "data-tracking-code" not in later.content.decode()
    assert f'data-reference="{Case.objects.get().reference}"' in later.content.decode()
    purge_drafts()
    assert Draft.objects.get().tracking_code == ""


def test_the_purge_takes_what_is_abandoned_with_its_files_and_nothing_else(citizen):
    old, young, filed = citizen.begin(), citizen.begin(), citizen.begin()
    names = {draft.pk: with_a_file(draft) for draft in (old, young, filed)}
    half = DraftFile.objects.create(draft=old, file="citizens/never-stored.jpg", size=1)
    citizen.post(url_of(filed, "demande"), DEMAND)
    citizen.post(url_of(filed, "coordonnees"), GOOD[Kind.REQUEST]["coordonnees"])
    citizen.send(filed)
    age(old, hours=48, seconds=1)
    age(young, hours=47)
    age(filed, hours=60)
    assert purge_drafts() == 2
    assert list(Draft.objects.all()) == [young]
    assert not DraftFile.objects.filter(pk=half.pk).exists()
    kept = {pk: private_storage().exists(name) for pk, name in names.items()}
    assert kept == {old.pk: False, young.pk: True, filed.pk: True}
    assert Case.objects.get().attachments.count() == 1
    assert purge_drafts() == 0


def test_nothing_of_a_draft_is_kept_by_browsers_or_engines(citizen):
    draft = citizen.fill()
    answers = [citizen.get(url_of(draft, step)) for step in ("nature", "demande", "coordonnees", "verification")]
    answers.append(citizen.post(url_of(draft, "demande"), {}))
    answers.append(citizen.follow(citizen.send(draft)))
    for response in answers:
        assert response["Cache-Control"] == "no-store, private"
        assert "noindex" in response["X-Robots-Tag"]
        assert b'name="robots" content="noindex' in response.content
    assert "X-Robots-Tag" not in citizen.get("/demandes/requete/")
