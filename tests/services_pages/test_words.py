"""Words that a citizen may write otherwise than the town does."""

import pytest

from services_pages.search.highlight import excerpt, marked
from services_pages.search.misses import reportable
from services_pages.search.words import needle, plain, query_stems, spaced, stem, stems

SAME = [
    # what is written, what is searched
    ("égout", "egout"),
    ("Égouts", "égout"),
    ("DÉNEIGEMENT", "deneigements"),
    ("déneiger", "déneigement"),
    ("stationner", "stationnement"),
    ("nids", "nid"),
    ("poules", "poule"),
    ("brisé", "brisées"),
    ("morte", "morts"),
    ("chevaux", "cheval"),
    ("locaux", "local"),
    ("travaux", "travail"),
    ("tuyaux", "tuyau"),
    ("eaux", "eau"),
    ("bateaux", "bateau"),
    ("feux", "feu"),
    ("taxes", "taxe"),
    ("rues", "rue"),
    ("bœufs", "boeuf"),
    ("détails", "détail"),
    ("permis", "permis"),
    ("bus", "bus"),
]
DIFFERENT = [
    ("parc", "parcelle"),
    ("eau", "eaux-vannes"),
    ("taxe", "taxi"),
    ("chien", "chantier"),
    ("cheval", "cheveu"),
]


@pytest.mark.parametrize(("written", "searched"), SAME)
def test_stem_when_a_word_changes_number_gender_accent_or_case_is_the_same(written, searched):
    assert stem(written) == stem(searched)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_stem_when_words_are_different_is_different(one, other):
    assert stem(one) != stem(other)


def test_stems_when_a_sentence_is_full_of_small_words_keep_what_it_is_about():
    assert stems("Comment signaler un nid-de-poule dans ma rue?") == ["signal", "nid", "poul", "rue"]
    assert stems("l'eau d'érable qu'on boit") == ["eau", "erabl", "boit"]


def test_query_stems_when_a_text_is_endless_are_eight_at_most():
    assert len(query_stems("alpha beta gamma delta epsilon zeta eta theta iota kappa lambda")) == 8
    assert query_stems("bac bacs BAC") == ["bac"]


def test_needle_when_the_word_is_short_asks_for_a_whole_word():
    text = spaced("parcelle déneigement bac")
    assert needle(stem("parc")) not in text
    assert needle(stem("bacs")) in text
    assert needle(stem("deneig")) in text


def test_plain_when_given_ligatures_and_accents_drops_them():
    assert plain("Œuvre d'Été") == "oeuvre d'ete"


def test_marked_when_words_are_found_marks_them_and_escapes_the_rest():
    assert marked("Nids <b> & poules", ["nid", "poul"]) == ("<mark>Nids</mark> &lt;b&gt; &amp; <mark>poules</mark>")


def test_excerpt_when_the_word_is_far_shows_its_surroundings_cut_between_words():
    text = "Début " + "mot " * 200 + "le nid est ici " + "suite " * 200
    shown = excerpt(text, ["nid"])
    assert "<mark>nid</mark> est ici" in shown
    assert shown.startswith("… mot")
    assert shown.endswith("suite …")
    assert len(shown) < 300


def test_excerpt_when_the_word_comes_first_begins_with_the_text():
    assert excerpt("Nid-de-poule à signaler", ["nid"]) == "<mark>Nid</mark>-de-poule à signaler"


@pytest.mark.parametrize(
    ("query", "term"),
    [
        ("  Éléphants   ROSES ", "éléphants roses"),
        ("=1+1 licorne", "1 1 licorne"),  # never a formula in a workbook
        ("marie@exemple.example", ""),
        ("450 555-0123", ""),
        ("1234 rue des Pins", ""),
        ("de la du", ""),
        ("règlement 601", "règlement 601"),
        ("x" * 300, "x" * 80),
    ],
)
def test_reportable_when_nothing_was_found_keeps_a_bare_term_and_no_coordinates(query, term):
    assert reportable(query) == term
