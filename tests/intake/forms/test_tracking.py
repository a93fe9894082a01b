"""`/suivi/`: the pair opens the file, everything else says the same; nothing internal is shown (art. 2.3, 4.5)."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from intake.models import Case, FailedLookup
from intake.policy.roles import Actor, Role
from intake.policy.vocabulary import Kind, Verb
from intake.process import Completion, answer, complete, reopen, route, take, wait
from tests.factories import DIRECTOR, TECHNICIAN, a_case, recipient_of

from .citizen import errors_of, text_of, url_of

pytestmark = pytest.mark.django_db
STAFF = "Nathalie Personnel-Cachée"


@pytest.fixture
def filed(citizen):
    """A request just filed: its case and its code."""
    draft = citizen.fill()
    page = citizen.follow(citizen.send(draft)).content.decode()
    code = re.search(r'data-tracking-code="([^"]+)"', page)[1]
    citizen.get("/suivi/")
    return Case.objects.get(), code


def look(citizen, reference, code):
    return citizen.post("/suivi/", {"numero": reference, "code": code})


def test_the_pair_opens_the_file(citizen, filed):
    case, code = filed
    page = look(citizen, case.reference, code)
    words = text_of(page)
    assert page.status_code == 200
    assert "Reçue : le Service aux citoyens la vérifie." in words
    assert "Nid-de-poule" in words
    assert f"{case.due_on.day} " in words
    assert page["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize(
    ("reference", "code"),
    [
        (lambda r: f"  {r[:4]} - {int(r[5:])} ", lambda c: c),
        (lambda r: r, lambda c: c.lower()),
        (lambda r: r, lambda c: c.replace("-", " ")),
        (lambda r: r, lambda c: f" {c.replace('-', '')} "),
    ],
)
def test_the_pair_is_read_as_people_type_it(citizen, filed, reference, code):
    case, secret = filed
    assert look(citizen, reference(case.reference), code(secret)).status_code == 200


def test_whatever_is_wrong_the_answer_is_the_same(citizen, filed):
    case, code = filed
    other = a_case()
    wrong = [
        (case.reference, "AAAA-BBBB-CCCC"),
        (case.reference, code[:-1]),
        (other.reference, code),
        ("1999-0001", code),
        ("pas un numéro", code),
        (case.reference, "\x00"),
        ("9999999-1", "é" * 30),
    ]
    bodies = set()
    for reference, guess in wrong:
        response = look(citizen, reference, guess)
        if not guess.strip("\x00"):
            continue  # an empty code is a missing field
        body = re.sub(r'value="[^"]*"', "", response.content.decode())
        bodies.add((response.status_code, re.sub(r'nonce="[^"]*"', "", body)))
    assert len(bodies) == 1
    assert errors_of(response) == ["Aucune demande ne correspond à ce numéro et à ce code. Vérifiez les deux."]


def test_a_missing_code_is_asked_and_not_counted(citizen, filed):
    response = look(citizen, filed[0].reference, "")
    assert errors_of(response) == ["Écrivez le code de suivi."]
    assert not FailedLookup.objects.filter(door="tracking").exists()


def test_the_code_is_never_read_from_an_address(citizen, filed):
    case, code = filed
    page = citizen.get(f"/suivi/?numero={case.reference}&code={code}")
    assert case.reference in page.content.decode()
    assert "Reçue :" not in text_of(page)
    assert code not in page.content.decode()


def test_after_ten_wrong_pairs_the_sender_waits_even_with_the_right_one(citizen, filed):
    case, code = filed
    for _ in range(10):
        assert look(citizen, case.reference, "2222-2222-2222").status_code == 422
    refused = look(citizen, case.reference, code)
    assert refused.status_code == 429
    assert "attendez 15 minutes" in text_of(refused)
    assert "téléphoner" in text_of(refused)
    FailedLookup.objects.update(at=timezone.now() - timedelta(minutes=15, seconds=1))
    assert look(citizen, case.reference, code).status_code == 200


def test_another_sender_is_not_slowed(citizen, filed):
    case, code = filed
    for _ in range(10):
        look(citizen, case.reference, "2222-2222-2222")
    response = citizen.post("/suivi/", {"numero": case.reference, "code": code}, REMOTE_ADDR="203.0.113.9")
    assert response.status_code == 200


def test_the_citizen_reads_what_is_for_him_and_nothing_internal(citizen, filed, nature):
    case, code = filed
    by = Actor(label=STAFF, roles=frozenset({Role.TECHNICIAN}), phone_extension="2100")
    mine = recipient_of(nature.department)
    now = timezone.now()
    route(pk=case.pk, by=by, now=now, internal_note="NOTE-INTERNE-1")
    take(pk=case.pk, by=mine, now=now, internal_note="NOTE-INTERNE-2")
    assert "En cours : le service s'en occupe." in text_of(look(citizen, case.reference, code))
    wait(pk=case.pk, reason="weather", by=mine, now=now, note="NOTE-INTERNE-3")
    done = Completion(
        done_on=date(2026, 1, 5), phone_extension="2201", internal_note="NOTE-INTERNE-4", public_message="Trou rempli."
    )
    complete(pk=case.pk, completion=done, by=by, now=now)
    words = text_of(look(citizen, case.reference, code))
    assert "Trou rempli." in words
    assert "Complétée." in words
    assert "Date visée" not in words
    body = look(citizen, case.reference, code).content.decode()
    for hidden in ("NOTE-INTERNE", STAFF, "Responsable", "2100", "2201", "Gagnon", "météo", "Météo"):
        assert hidden not in body
    reopen(pk=case.pk, reason="NOTE-INTERNE-5", by=DIRECTOR, now=now)
    reopened = text_of(look(citizen, case.reference, code))
    assert "Votre demande est rouverte." in reopened
    assert "NOTE-INTERNE" not in reopened


def test_while_the_citizen_is_awaited_the_target_is_suspended_and_the_question_is_shown(citizen, filed, nature):
    case, code = filed
    now = timezone.now()
    route(pk=case.pk, by=TECHNICIAN, now=now)
    wait(pk=case.pk, reason="citizen", by=TECHNICIAN, now=now, note="De quel côté de la rue?")
    words = text_of(look(citizen, case.reference, code))
    assert "Suspendue : nous attendons votre réponse." in words
    assert "De quel côté de la rue?" in words


def test_a_public_message_of_a_verb_that_is_not_the_citizens_is_not_shown(citizen, filed, nature):
    """An event of a later verb stays unseen until it is put on the list on purpose."""
    case, code = filed
    event = case.events.get()
    event.pk, event.verb, event.public_message = None, Verb.CLASSIFY.value, "MESSAGE-D-UN-AUTRE-VERBE"
    event.save(force_insert=True)
    assert "MESSAGE-D-UN-AUTRE-VERBE" not in look(citizen, case.reference, code).content.decode()


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_can_be_followed_and_no_kind_shows_its_facts(citizen, kind):
    draft = citizen.fill(kind)
    page = citizen.follow(citizen.send(draft)).content.decode()
    case, code = Case.objects.get(), re.search(r'data-tracking-code="([^"]+)"', page)[1]
    words = text_of(look(citizen, case.reference, code))
    assert "Reçue :" in words
    facts = case.complaint.words if kind is Kind.COMPLAINT else case.facts
    assert facts not in words
    assert "Tremblay" not in words
    assert ("Date visée" in words) is (kind not in (Kind.COMPLAINT, Kind.CLAIM))


def test_the_answer_to_an_inquiry_is_read_there(citizen):
    draft = citizen.fill(Kind.INQUIRY)
    page = citizen.follow(citizen.send(draft)).content.decode()
    case, code = Case.objects.get(), re.search(r'data-tracking-code="([^"]+)"', page)[1]
    answer(pk=case.pk, reply="Bonne idée, c'est noté.", by=TECHNICIAN, now=timezone.now())
    words = text_of(look(citizen, case.reference, code))
    assert "Bonne idée, c'est noté." in words
    assert "Terminée." in words


def test_the_link_of_the_confirmation_brings_the_number(citizen):
    draft = citizen.fill()
    body = citizen.follow(citizen.send(draft)).content.decode()
    reference = Case.objects.get().reference
    assert f'href="/suivi/?numero={reference}"' in body
    assert f'value="{reference}"' in citizen.get(f"/suivi/?numero={reference}").content.decode()
    assert url_of(draft, "confirmation") not in body
