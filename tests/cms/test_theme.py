"""The town's colours, the vendored styles and the frame of every page."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.test import override_settings
from django.views import defaults
from wagtail.models import Page, Site

from cms.theme import Theme, mix
from snippets.models import TownSettings
from snippets.models.town import contrast_with_white

STATIC = Path(settings.ROOT) / "cms" / "static" / "guichet"
READABLE = 4.5  # WCAG 2.2, 1.4.3


def contrast(one: str, other: str) -> float:
    """Ratio of two colours: white stands between them in the formula."""
    ratios = sorted((contrast_with_white(one), contrast_with_white(other)))
    return ratios[1] / ratios[0]


@pytest.fixture
def menu(home):
    pages = {}
    for slug, shown in (("services", True), ("guides", True), ("accessibilite", False), ("cache", False)):
        pages[slug] = home.add_child(instance=Page(title=slug.title(), slug=slug, show_in_menus=shown))
    pages["draft"] = home.add_child(instance=Page(title="Brouillon", slug="brouillon", show_in_menus=True, live=False))
    pages["bacs"] = pages["services"].add_child(instance=Page(title="Bacs", slug="bacs"))
    return pages


def test_mix_when_given_a_share_moves_that_far_towards_the_other_colour():
    assert mix("#1d4f91", "#ffffff", 0) == "#1d4f91"
    assert mix("#1d4f91", "#ffffff", 1) == "#ffffff"
    assert mix("#000000", "#ffffff", 0.5) == "#808080"


@pytest.mark.parametrize("brand", ["#1f4e5f", "#1d4f91", "#767676", "#c8102e", "#000000", "#0a7a00"])
def test_every_shade_when_town_may_choose_the_colour_is_readable(brand):
    TownSettings(brand_colour=brand, accent_colour=brand).clean()  # a colour that the admin accepts
    shades = Theme(brand=brand, accent=brand).properties()
    for name in ("brand", "brand-dark", "brand-link", "accent", "accent-dark"):
        assert contrast_with_white(shades[f"--guichet-{name}"]) >= READABLE, name
    assert contrast(shades["--guichet-brand-link"], shades["--guichet-brand-tint"]) >= READABLE
    assert contrast("#484949", shades["--guichet-brand-tint"]) >= READABLE  # GOV.UK's secondary text


def test_colour_too_pale_for_white_text_when_chosen_is_refused():
    with pytest.raises(ValidationError) as refusal:
        TownSettings(brand_colour="#ffcc00").clean()
    assert "brand_colour" in refusal.value.message_dict


def test_theme_when_town_has_colours_sets_them(client, town):
    answer = client.get("/theme.css")
    assert answer["Content-Type"] == "text/css; charset=utf-8"
    css = answer.content.decode()
    assert "--guichet-brand: #1f4e5f;" in css
    assert "--guichet-accent: #00703c;" in css


def test_theme_when_asked_by_its_version_may_be_kept_and_when_colours_change_has_another_address(client, town):
    version = Theme.of(town).version()
    assert "immutable" in client.get(f"/theme.css?v={version}")["Cache-Control"]
    assert "immutable" not in client.get("/theme.css?v=old")["Cache-Control"]
    assert "immutable" not in client.get("/theme.css")["Cache-Control"]
    town.brand_colour = "#7a1f3d"
    assert Theme.of(town).version() != version


def test_theme_when_browser_already_has_it_is_not_sent_again(client, town):
    etag = client.get("/theme.css")["ETag"]
    again = client.get("/theme.css", headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    town.accent_colour = "#7a1f3d"
    town.save()
    assert client.get("/theme.css", headers={"if-none-match": etag}).status_code == 200


def test_theme_when_posted_is_refused(client, town):
    assert client.post("/theme.css").status_code == 405


def test_tokens_when_no_theme_is_loaded_hold_the_defaults_of_the_settings():
    css = (STATIC / "tokens.css").read_text(encoding="utf-8")
    default = Theme.of(TownSettings()).properties()
    assert dict(re.findall(r"(--guichet-[a-z-]+): (#\w+);", css)) == default


@pytest.mark.parametrize("path", sorted(STATIC.iterdir()), ids=lambda path: path.name)
def test_static_file_when_served_asks_nothing_of_another_host(path):
    text = path.read_text(encoding="utf-8")
    assert "@font-face" not in text
    assert "@import" not in text
    # data: and https: in url(), and what a browser would load; a selector such as [href^="http://"] loads nothing.
    assert not re.search(r"url\(", text)
    assert not re.search(r"(?:src|href)=[\"'](?:https?:)?//", text)
    assert "GDS Transport" not in text


def test_vendored_styles_when_shipped_name_their_version_and_licence():
    assert "govuk-frontend 6.6.0, MIT" in (STATIC / "govuk-frontend.min.css").read_text(encoding="utf-8")[:300]
    assert "Permission is hereby granted" in (STATIC / "govuk-frontend.LICENSE.txt").read_text(encoding="utf-8")


def test_every_class_of_ours_when_used_in_the_frame_is_styled():
    css = "".join(path.read_text(encoding="utf-8") for path in STATIC.glob("*.css"))
    templates = Path(settings.ROOT) / "templates"
    used = {
        name
        for path in [templates / "base.html", *(templates / "components").rglob("*.html")]
        for classes in re.findall(r'class="([^"]*)"', path.read_text(encoding="utf-8"))
        for name in re.findall(r"\b(?:guichet|govuk)-[a-z_-]+[a-z]\b", classes)
    }
    assert len(used) > 100
    # A block may be styled only through its parts (govuk-checkboxes through govuk-checkboxes__item).
    assert sorted(name for name in used if f".{name}" not in css) == []


def test_page_not_found_when_town_is_set_shows_the_frame_and_another_way(client, town, menu):
    answer = client.get("/nulle-part/")
    html = answer.content.decode()
    assert answer.status_code == 404
    assert '<html lang="fr-CA"' in html
    assert '<a href="#contenu" class="govuk-skip-link">Aller au contenu</a>' in html
    assert '<main id="contenu" class="govuk-main-wrapper guichet-main"' in html
    assert 'action="/recherche/"' in html
    assert 'name="q"' in html
    assert "<title>Page introuvable – Guichet citoyen – Ville de Val-des-Érables</title>" in html
    assert 'href="tel:+1-450-555-0100"' in html
    assert f"/theme.css?v={Theme.of(town).version()}" in html
    assert "style=" not in html
    assert "<script>" not in html


def test_menu_when_pages_are_in_it_lists_live_ones_and_links_the_foot(client, town, menu):
    town.privacy_page = menu["cache"]
    town.save()
    html = client.get("/nulle-part/").content.decode()
    assert '<a class="guichet-nav__link" href="/services/">Services</a>' in html
    assert '<a class="guichet-nav__link" href="/guides/">Guides</a>' in html
    assert "Brouillon" not in html
    assert html.count('href="/cache/"') == 1  # « Confidentialité », in the foot only
    assert html.count('href="/accessibilite/"') == 1


def test_menu_when_reading_marks_the_page_or_its_section(rf, town, menu):
    from django.template import Context

    from cms.templatetags.guichet_navigation import guichet_navigation

    def marks(**context):
        shown = guichet_navigation(Context({"request": rf.get(context.pop("path", "/")), **context}))
        return {item.url: item.current for item in shown.main}

    assert marks(page=menu["services"]) == {"/services/": "page", "/guides/": ""}
    assert marks(page=menu["bacs"]) == {"/services/": "true", "/guides/": ""}
    assert marks(path="/guides/ailleurs/") == {"/services/": "", "/guides/": "true"}
    assert marks() == {"/services/": "", "/guides/": ""}


def test_menu_when_drawn_reads_the_pages_in_one_query(rf, town, menu, django_assert_num_queries):
    from django.template import Context

    from cms.templatetags.guichet_navigation import guichet_navigation

    request = rf.get("/")
    TownSettings.load(request_or_site=request)
    Site.find_for_request(request)
    menu["bacs"].get_url(request)  # the sites' addresses, cached
    with django_assert_num_queries(1):
        guichet_navigation(Context({"request": request}))


def test_emergency_strip_when_no_number_is_set_is_absent(client, town):
    assert "guichet-emergency" in client.get("/nulle-part/").content.decode()
    town.emergency_phone = ""
    town.save()
    assert "guichet-emergency" not in client.get("/nulle-part/").content.decode()


def test_page_not_found_when_nothing_is_set_up_still_shows(client, home):
    TownSettings.objects.all().delete()
    Site.objects.all().delete()
    answer = client.get("/nulle-part/")
    assert answer.status_code == 404
    assert "Cette page est introuvable" in answer.content.decode()


def test_server_error_when_the_database_is_away_still_shows(rf):
    # No database mark: pytest-django refuses any query here.
    answer = defaults.server_error(rf.get("/"))
    html = answer.content.decode()
    assert answer.status_code == 500
    assert "Désolé, une erreur est survenue" in html
    assert "tel:911" in html
    for path in re.findall(r'href="/static/guichet/([^"]+)"', html):
        assert (STATIC / path).is_file()


def test_expired_form_when_sent_keeps_the_frame_and_says_how_to_go_on(db, town):
    from django.test import Client

    answer = Client(enforce_csrf_checks=True).post("/suivi/", {"reference": "2026-0001"})
    html = answer.content.decode()
    assert answer.status_code == 403
    assert "Votre session a expiré" in html
    assert "450 555-0100" in html


@override_settings(AXES_ENABLED=True, AXES_FAILURE_LIMIT=2)
def test_staff_door_when_too_many_wrong_passwords_says_so_in_french(client, town):
    for _ in range(3):
        answer = client.post("/admin/login/", {"username": "personne", "password": "faux"})
    assert answer.status_code == 429
    assert "Trop d'essais" in answer.content.decode()


def test_map_of_the_site_when_read_shows_public_pages_under_their_section(client, town, menu):
    html = client.get("/plan-du-site/").content.decode()
    assert html.index('<a class="govuk-link" href="/services/">') < html.index('href="/services/bacs/"')
    assert "Brouillon" not in html


def test_map_of_the_site_when_there_are_more_pages_asks_no_more_queries(
    client, town, menu, django_assert_max_num_queries
):
    for number in range(30):
        menu["guides"].add_child(instance=Page(title=f"Guide {number}", slug=f"guide-{number}"))
    with django_assert_max_num_queries(10):
        html = client.get("/plan-du-site/").content.decode()
    assert html.count("/guides/guide-") == 30
