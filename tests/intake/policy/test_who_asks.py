"""Art. 4.5: what tells who asks, taken out of a text."""

import pytest

from intake.policy.who_asks import OPEN, Veil

VEIL = Veil(drawn=True, names=("Hélène", "Saint-Pierre Côté"), email="helene@exemple.example")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Je suis Hélène Saint-Pierre Côté.", "Je suis (nom du citoyen)."),
        ("Appelez HELENE, au 450 555-0123.", "Appelez (nom du citoyen), au (coordonnées du citoyen)."),
        ("(450) 555-0123 ou 4505550123", "(coordonnées du citoyen) ou (coordonnées du citoyen)"),
        ("+1 450.555.0123, 555-0123", "(coordonnées du citoyen), (coordonnées du citoyen)"),
        ("Écrivez à voisin@ailleurs.example.", "Écrivez à (coordonnées du citoyen)."),
        ("L'arbre est derrière le 1234, rue des Exemples.", "L'arbre est derrière le 1234, rue des Exemples."),
        ("Voir la demande 2026-0005 du 12 juin 2026.", "Voir la demande 2026-0005 du 12 juin 2026."),
        ("", ""),
    ],
)
def test_art_4_5_what_the_citizen_wrote_keeps_no_name_no_telephone_and_no_e_mail(written, read):
    assert VEIL.citizen(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Rappeler Mme Côté au 450 555-0123.", "Rappeler Mme (nom du citoyen) au 450 555-0123."),
        ("Helene@exemple.example a répondu.", "(coordonnées du citoyen) a répondu."),
        ("La Ville : info@ville.example", "La Ville : info@ville.example"),
    ],
)
def test_art_4_5_what_staff_wrote_keeps_no_name_but_a_telephone_given_for_a_call(written, read):
    assert VEIL.staff(written) == read


def test_art_4_5_a_veil_that_is_not_drawn_hides_nothing():
    for text in ("Hélène, 450 555-0123", ""):
        assert OPEN.citizen(text) == OPEN.staff(text) == text


def test_art_4_5_without_any_name_known_telephones_still_go():
    assert Veil(drawn=True).citizen("Paul, 450 555-0123") == "Paul, (coordonnées du citoyen)"
