"""Art. 4.3, 4.4: how a citizen is reached, corrected or completed; the rules alone."""

from dataclasses import replace
from datetime import date

import pytest

from intake.policy.complaint import Admissibility, Obstacle
from intake.policy.contact import (
    Coordinates,
    changed,
    completed,
    completion_refusals,
    correction_refusals,
    facts_day_refusals,
    tidied,
)
from intake.policy.investigation import admission_refusals
from intake.policy.legal_clocks import CitizenDelay
from intake.policy.vocabulary import Kind

KNOWN = Coordinates("12, rue Neuve", "Val-des-Érables", "J0R 1T0", "450 555-0123", "marie@exemple.example")
TODAY = date(2026, 9, 10)


def fields_of(refusals):
    return [refusal.field for refusal in refusals]


def test_art_4_3_a_telephone_and_a_postal_code_are_kept_in_their_one_form():
    given = replace(KNOWN, phone="(450) 555.0199", postal_code="j0r1t1")
    after = tidied(KNOWN, given)
    assert (after.phone, after.postal_code) == ("450 555-0199", "J0R 1T1")
    assert changed(KNOWN, after) == ("postal_code", "phone")


def test_a_detail_of_an_older_file_that_stays_is_not_judged_again():
    old = replace(KNOWN, phone="le soir au 555-0123", postal_code="?")
    after = tidied(old, replace(old, email="m.tremblay@exemple.example"))
    assert changed(old, after) == ("email",)
    assert correction_refusals(Kind.REQUEST, old, after) == []


@pytest.mark.parametrize(
    ("kind", "change", "refused"),
    [
        (Kind.REQUEST, {}, [""]),
        (Kind.REQUEST, {"phone": "12"}, ["phone"]),
        (Kind.REQUEST, {"postal_code": "XXX"}, ["postal_code"]),
        # « nom, adresse complète et numéro de téléphone » (4.3); an e-mail that is wrong may go.
        (Kind.REQUEST, {"address": "", "city": "", "phone": ""}, ["address", "city", "phone"]),
        (Kind.REQUEST, {"email": ""}, []),
        (Kind.CLAIM, {"address": ""}, ["address"]),
        (Kind.CLAIM, {"phone": ""}, []),
        (Kind.INQUIRY, {"address": "", "phone": ""}, []),
        # A person decides whether a complaint can be studied: nothing is required to write down what is true.
        (Kind.COMPLAINT, {"address": ""}, []),
    ],
)
def test_art_4_3_what_a_correction_may_not_be(kind, change, refused):
    assert fields_of(correction_refusals(kind, KNOWN, replace(KNOWN, **change))) == refused


@pytest.mark.parametrize(
    ("sentence", "before", "given", "asked", "refused"),
    [
        ("completed", Coordinates(), {"address": "12, rue Neuve", "phone": "450 555-0123"}, True, []),
        ("the address still lacks", Coordinates(), {"phone": "450 555-0123"}, True, ["address"]),
        ("a way to call still lacks", Coordinates(), {"address": "12, rue Neuve"}, True, ["phone"]),
        ("not asked", KNOWN, {"address": "14, rue Neuve"}, False, ["text"]),
        ("the e-mail proves who signs", KNOWN, {"email": "autre@exemple.example"}, True, ["text"]),
        ("nothing given", Coordinates(), {}, False, []),
    ],
)
def test_art_4_4_what_the_citizen_completes(sentence, before, given, asked, refused):
    after = completed(before, Coordinates(**given))
    assert fields_of(completion_refusals(before, after, was_asked=asked, by_citizen=True)) == refused, sentence


def test_art_4_4_an_empty_answer_takes_nothing_away_and_staff_write_what_they_learn():
    assert completed(KNOWN, Coordinates(city="Prévost")) == replace(KNOWN, city="Prévost")
    learnt = Coordinates(phone="450 555-0123")
    assert completion_refusals(Coordinates(), learnt, was_asked=False, by_citizen=False) == []


@pytest.mark.parametrize(
    ("sentence", "day", "more", "allowed"),
    [
        ("said", date(2026, 9, 1), {}, True),
        ("today", TODAY, {}, True),
        ("to come", date(2026, 9, 11), {}, False),
        ("before the first facts", date(2026, 8, 1), {"began_on": date(2026, 8, 2)}, False),
        ("already written", date(2026, 9, 1), {"known": date(2026, 8, 1)}, False),
        ("already written, and asked for", date(2026, 9, 1), {"known": date(2026, 8, 1), "was_asked": True}, True),
    ],
)
def test_art_4_4_the_day_of_the_facts(sentence, day, more, allowed):
    given = {"today": TODAY, "began_on": None, "known": None, "was_asked": False, **more}
    assert (facts_day_refusals(day, **given) == []) is allowed, sentence


IN_TIME = CitizenDelay(told=date(2026, 9, 16), accepted_until=date(2026, 9, 16))


@pytest.mark.parametrize(
    ("article", "verdict", "words"),
    [
        ("4.1", Admissibility((Obstacle.NOT_WRITTEN,), delay=IN_TIME), "la plainte par écrit"),
        ("4.1", Admissibility((Obstacle.UNSIGNED,), delay=IN_TIME), "la signature"),
        ("4.1", Admissibility((Obstacle.ANONYMOUS,), delay=IN_TIME), "le nom de la personne"),
        ("4.4", Admissibility((Obstacle.INCOMPLETE_CONTACT,), delay=IN_TIME, lacking=("address",)), "l'adresse"),
        ("4.4", Admissibility((Obstacle.INCOMPLETE_CONTACT,), delay=IN_TIME, lacking=("phone",)), "un téléphone ou"),
        ("4.4", Admissibility(()), "la date des faits"),
        ("4.1", Admissibility((Obstacle.PRIVATE_DISPUTE,), delay=IN_TIME), "litige privé"),
        ("4.1", Admissibility((Obstacle.OUT_OF_FIELD,), delay=IN_TIME), "ni un service ni le personnel"),
    ],
)
def test_art_4_1_and_4_4_each_thing_that_a_complaint_lacks_is_named(article, verdict, words):
    (refusal,) = admission_refusals(verdict, reasons="")
    assert refusal.article == article
    assert words in refusal.reason


def test_art_4_1_and_4_4_all_that_lacks_is_named_at_once():
    verdict = Admissibility((Obstacle.UNSIGNED, Obstacle.INCOMPLETE_CONTACT), lacking=("address", "phone"))
    assert len(admission_refusals(verdict, reasons="")) == 4
