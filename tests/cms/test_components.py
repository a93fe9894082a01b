"""Each component, drawn."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.paginator import Paginator
from django.template.loader import render_to_string

from cms.templatetags.guichet_text import as_list, french_spaces, phone_link

from .markup import text_of, tree

COMPONENTS = Path(settings.ROOT) / "templates" / "components"


def drawn(name: str, /, **values: object) -> str:
    """A component, drawn."""
    return render_to_string(f"components/{name}.html", values)


DEPARTMENT = {
    "name": "Travaux publics",
    "phone": "450 555-0110, poste 12",
    "email": "tp@ville.example",
    "address": "1200, chemin du Garage",
    "opening_hours": "De 7 h à 16 h 30",
}
LINKS = [{"title": "Aperçu", "url": "/a/", "current": True}, {"title": "Coût & délai", "url": "/b/"}]
# Component: (variables, what must be read in it).
SAMPLES = {
    "breadcrumbs": ({"trail": LINKS}, ["Fil d'Ariane", 'href="/a/"', "Coût &amp; délai"]),
    "button": ({"text": "Continuer", "name": "step", "value": "2"}, ['type="submit"', 'name="step" value="2"']),
    "contact_card": (
        {"department": DEPARTMENT, "id": "tp"},
        ["Travaux publics", 'href="tel:+1-450-555-0110;ext=12"', "mailto:tp@ville.example", "16\xa0h\xa030"],
    ),
    "contents_list": ({"items": LINKS}, ["Sommaire", 'href="/a/" aria-current="page"', 'href="/b/"']),
    "details": ({"summary": "Pourquoi?", "text": "Pour <b>vous</b>\nrépondre."}, ["Pourquoi?", "&lt;b&gt;", "<br>"]),
    "emergency_strip": ({"phone": "450 555-0111"}, ["9-1-1", "tel:+1-450-555-0111"]),
    "error_summary": ({"errors": [{"text": "Écrivez.", "target": "id_x"}]}, ['href="#id_x"', "Il y a un problème"]),
    "footer": ({}, ["Suivre ma demande", "Connexion du personnel"]),
    "header": ({"search_query": '"bac"'}, ['value="&quot;bac&quot;"', "Menu principal"]),
    "inset_text": ({"text": "En jours ouvrés."}, ["govuk-inset-text", "En jours ouvrés."]),
    "notification_banner": ({"text": "C'est envoyé.", "level": "success"}, ['role="alert"', "C'est fait"]),
    "pager": (
        {"previous": LINKS[0], "next": LINKS[1]},
        ['rel="prev"', 'rel="next"', "Précédent", "Coût &amp; délai"],
    ),
    "panel": (
        {"title": "Demande reçue", "reference": "2026-0005", "tracking_code": "K7QX"},
        ['data-reference="2026-0005"', 'data-tracking-code="K7QX"', "<h1"],
    ),
    "phone": ({"phone": "450 555-0110"}, ['<a class="govuk-link guichet-phone" href="tel:+1-450-555-0110">']),
    "reach_town": ({}, ["comptoir", "tel:911"]),
    "start_arrow": ({}, ['aria-hidden="true"']),
    "summary_list": (
        {
            "rows": [
                {"key": "Nom", "value": "<b>Camille</b>", "href": "/1/"},
                {"key": "Bacs", "value": ["Noir", "Vert"]},
            ]
        },
        ["&lt;b&gt;Camille", 'href="/1/"', "Modifier", "<li>Vert</li>", "govuk-summary-list__row--no-actions"],
    ),
    "tag": ({"text": "En cours", "colour": "yellow"}, ["govuk-tag--yellow", "En cours"]),
    "warning_text": ({"text": "Faites le 9-1-1."}, ["Attention", "Faites le 9-1-1."]),
}
DRAWN_ELSEWHERE = {"pagination", "stylesheets"}  # they need a request: below, and in test_theme.py


def test_samples_when_a_component_is_added_must_name_it():
    assert {path.stem for path in COMPONENTS.glob("*.html")} == set(SAMPLES) | DRAWN_ELSEWHERE


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_component_when_drawn_is_well_nested_and_says_what_it_was_given(name):
    values, expected = SAMPLES[name]
    html = drawn(name, **values)
    tree(html)
    for text in expected:
        assert text in html.replace("&#x27;", "'")
    assert "style=" not in html
    assert "onclick" not in html


@pytest.mark.parametrize("path", sorted(COMPONENTS.rglob("*.html")), ids=lambda path: path.stem)
def test_component_when_opened_lists_its_variables_first(path):
    text = path.read_text(encoding="utf-8")
    if text.startswith('{% extends "components/'):
        return  # says nothing of its own: select, textarea and file are an input
    assert text.startswith("{% comment %}")
    assert "Variables:" in text.partition("{% endcomment %}")[0]


def test_button_when_it_leads_somewhere_is_a_link():
    html = drawn("button", text="Commencer", href="/demandes/requete/", kind="start")
    assert html.strip().startswith('<a class="govuk-button govuk-button--start" href="/demandes/requete/">')
    assert "govuk-button__start-icon" in html


def test_notification_when_it_is_only_information_does_not_interrupt():
    assert 'role="region"' in drawn("notification_banner", text="Fermé lundi.", level="info")


def test_summary_list_when_an_answer_is_empty_says_so():
    assert "Aucune réponse" in drawn("summary_list", rows=[{"key": "Courriel", "value": ""}])
    assert "0" in drawn("summary_list", rows=[{"key": "Bacs", "value": 0}])


def test_pager_when_there_is_no_other_part_is_absent():
    assert drawn("pager").strip() == ""
    assert "Suivant" not in drawn("pager", previous=LINKS[0])


def test_pagination_when_turning_pages_keeps_what_was_searched(rf):
    page_obj = Paginator(range(100), 10).page(5)
    request = rf.get("/recherche/", {"q": "bac brun", "page": "5"})
    html = render_to_string("components/pagination.html", {"page_obj": page_obj, "request": request})
    links = {text_of(link): link.get("href") for link in tree(html).iter("a")}
    assert links["Précédente page"] == "?q=bac+brun&page=4"
    assert links["Suivante page"] == "?q=bac+brun&page=6"
    assert links["10"] == "?q=bac+brun&page=10"
    assert tree(html).find(".//a[@aria-current='page']").get("aria-label") == "Page 5"
    assert "…" in html


def test_pagination_when_there_is_one_page_is_absent(rf):
    page_obj = Paginator(range(5), 10).page(1)
    assert render_to_string("components/pagination.html", {"page_obj": page_obj, "request": rf.get("/")}).strip() == ""


# --- Text ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phone", "address"),
    [
        ("450 555-0100", "tel:+1-450-555-0100"),
        ("450 555-0100, poste 214", "tel:+1-450-555-0100;ext=214"),
        ("1 888 528-7741", "tel:+1-888-528-7741"),
        ("composez le comptoir", ""),
        ("9-1-1", ""),
        ("", ""),
    ],
)
def test_phone_when_it_can_be_dialled_becomes_a_link(phone, address):
    assert phone_link(phone) == address


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("de 8 h à 16 h 30", "de 8_h à 16_h_30"),
        ("J0V  0V0", "J0V_0V0"),
        ("« oui » : 5 $", "«_oui_»_: 5_$"),
        ("Trois mots simples", "Trois mots simples"),
        (None, ""),
    ],
)
def test_french_spaces_when_a_line_must_not_break_hold_it(text, expected):
    assert french_spaces(text).replace("\xa0", "_") == expected


def test_as_list_when_given_one_answer_or_several_drops_the_empty_ones():
    assert as_list("x") == ["x"]
    assert as_list(["x", "", None, 0]) == ["x", 0]
    assert as_list(None) == []
