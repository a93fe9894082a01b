"""Each block shows what its editor typed, and a body never weighs on the migrations."""

import json
from pathlib import Path

import pytest
import wagtail_factories
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection, models
from django.db.migrations.state import ModelState, ProjectState
from django.db.migrations.writer import MigrationWriter
from django.urls import reverse
from wagtail import blocks
from wagtail.blocks.migrations.migrate_operation import MigrateStreamData
from wagtail.blocks.migrations.operations import RenameStreamChildrenOperation
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.models import Locale, Page, Site

from services_pages.models import InfoPage
from snippets.blocks import BodyBlock
from snippets.blocks.field import BodyField
from snippets.models import Department
from tests.factories import DepartmentFactory, HomePageFactory, InfoPageFactory

NAMES = list(BodyBlock().child_blocks)
MIGRATIONS = Path(apps.get_app_config("services_pages").path) / "migrations"


def rendered(name: str, value) -> str:
    block = BodyBlock().child_blocks[name]
    return str(block.render(block.to_python(value)))


def test_body_when_listed_holds_twelve_flat_blocks():
    assert len(NAMES) == 12
    assert not any(isinstance(block, blocks.StreamBlock) for block in BodyBlock().child_blocks.values())


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.django_db
def test_block_when_rendered_from_its_own_preview_value_shows_it(name):
    block = BodyBlock().child_blocks[name]
    html = block.render(block.get_preview_value())
    words = {
        "heading": "Avant de faire",
        "text": "<b>Il reste",
        "steps": "Prenez une photo",
        "checklist": "preuve d&#x27;adresse",
        "key_facts": "Gratuit",
        "callout": "Bon à savoir",
        "warning": "composez le 9-1-1",
        "details": "<summary",
        "button": 'href="https://ville.example/demandes/"',
        "contact": "450 555-0123",
        "image": "roues vers la maison",
        "table": '<th scope="row" class="govuk-table__header">Hiver',
    }
    assert words[name] in html


@pytest.mark.parametrize("name", NAMES)
def test_block_when_an_editor_looks_for_it_has_icon_label_description_and_preview(name):
    block = BodyBlock().child_blocks[name]
    assert block.meta.icon
    assert block.meta.icon != "placeholder"
    assert block.meta.label
    assert block.get_description()
    assert block.is_previewable


@pytest.mark.django_db
def test_preview_when_opened_by_an_editor_wears_the_site_style(admin_client):
    for block in InfoPage._meta.get_field("body").stream_block.child_blocks.values():
        answer = admin_client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
        assert answer.status_code == 200, block.name
        assert "govuk-frontend.min.css" in answer.content.decode()


@pytest.mark.django_db
def test_contact_block_when_the_grid_changes_shows_the_new_telephone():
    department = DepartmentFactory(phone="450 555-0100")
    value = {"department": department.pk}
    assert "450 555-0100" in rendered("contact", value)
    Department.objects.filter(pk=department.pk).update(phone="450 555-0199")
    html = rendered("contact", value)
    assert "450 555-0199" in html
    assert "450 555-0100" not in html


@pytest.mark.django_db
def test_contact_block_when_its_service_is_gone_shows_nothing():
    assert rendered("contact", {"department": 999_999}).strip() == ""


@pytest.mark.django_db
def test_button_when_its_page_is_published_leads_to_it_and_to_nothing_otherwise(root_page):
    home = HomePageFactory(parent=root_page)
    page = InfoPageFactory(parent=home, title="Horaire")
    wagtail_factories.SiteFactory(root_page=home, is_default_site=True)
    assert 'href="/horaire/"' in rendered("button", {"label": "Voir l'horaire", "page": page.pk, "url": ""})
    page.unpublish()
    assert rendered("button", {"label": "Voir l'horaire", "page": page.pk, "url": ""}).strip() == ""


@pytest.mark.parametrize("both", [True, False])
@pytest.mark.django_db
def test_button_when_it_leads_nowhere_or_to_two_places_is_refused(root_page, both):
    block = BodyBlock().child_blocks["button"]
    page = InfoPageFactory(parent=root_page) if both else None
    value = block.normalize({"label": "Aller", "page": page, "url": "https://ville.example/" if both else ""})
    with pytest.raises(StructBlockValidationError) as refusal:
        block.clean(value)
    assert "page" in refusal.value.block_errors


@pytest.mark.django_db
def test_image_when_neither_described_nor_decorative_is_refused_and_says_so():
    block = BodyBlock().child_blocks["image"]
    image = wagtail_factories.ImageFactory()
    with pytest.raises(StructBlockValidationError) as refusal:
        block.clean(block.normalize({"image": image, "alt": "", "decorative": False, "caption": ""}))
    assert "alt" in refusal.value.block_errors
    assert block.clean(block.normalize({"image": image, "alt": "", "decorative": True, "caption": ""}))


@pytest.mark.django_db
def test_image_when_decorative_has_an_empty_alt_whatever_was_typed():
    image = wagtail_factories.ImageFactory()
    html = rendered("image", {"image": image.pk, "alt": "Un arbre", "decorative": True, "caption": ""})
    assert 'alt=""' in html
    html = rendered("image", {"image": image.pk, "alt": "Un arbre", "decorative": False, "caption": ""})
    assert 'alt="Un arbre"' in html
    assert "srcset=" in html


def test_table_when_written_in_short_form_is_read_and_kept_as_the_editor_keeps_it():
    block = BodyBlock().child_blocks["table"]
    table = block.to_python({"caption": "Tarifs", "headers": ["Quoi", "Prix"], "rows": [["Chien", "30 $"]]})
    stored = block.get_prep_value(table)
    assert stored["columns"] == [{"type": "text", "heading": "Quoi"}, {"type": "text", "heading": "Prix"}]
    assert stored["rows"] == [{"values": ["Chien", "30 $"]}]
    assert "30 $" in block.render(block.to_python(stored))


def test_block_when_text_holds_markup_shows_it_as_text():
    assert "<script>" not in rendered("heading", "<script>alert(1)</script>")
    assert "<script>" not in rendered("checklist", ["<script>alert(1)</script>"])


# --- BodyField ----------------------------------------------------------------------------------


def test_body_field_when_described_to_a_migration_names_no_block():
    _name, path, args, kwargs = BodyField(blank=True, verbose_name="contenu").clone().deconstruct()
    assert (path, args, kwargs) == ("snippets.blocks.field.BodyField", [], {"blank": True, "verbose_name": "contenu"})
    written, _imports = MigrationWriter.serialize(BodyField(blank=True))
    assert written == "snippets.blocks.field.BodyField(blank=True)"


def test_migrations_when_weighed_stay_small():
    sizes = {path.name: path.stat().st_size for path in MIGRATIONS.glob("0*.py")}
    assert sizes["0001_initial.py"] < 12_000
    assert sum(sizes.values()) < 40_000


@pytest.mark.django_db
def test_makemigrations_when_nothing_changed_asks_for_nothing():
    call_command("makemigrations", "services_pages", "snippets", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_body_when_written_and_read_again_is_the_same(root_page):
    body = [("heading", "Titre"), ("checklist", ["Un", "Deux"]), ("key_facts", [{"label": "Coût", "value": "Gratuit"}])]
    page = InfoPageFactory(parent=root_page, body=json.dumps([{"type": n, "value": v} for n, v in body]))
    read = InfoPage.objects.get(pk=page.pk)
    assert [child.block_type for child in read.body] == ["heading", "checklist", "key_facts"]
    assert list(read.body[1].value) == ["Un", "Deux"]
    assert read.body[2].value[0]["label"] == "Coût"
    revision = read.save_revision()
    assert revision.as_object().body[0].value == "Titre"


@pytest.mark.django_db
def test_body_when_read_by_a_migration_keeps_its_blocks(root_page):
    page = InfoPageFactory(parent=root_page, body=json.dumps([{"type": "heading", "value": "Ancien"}]))
    historical = _historical_model()
    row = historical.objects.get(pk=page.pk)
    assert [(child.block_type, child.value) for child in row.body] == [("heading", "Ancien")]
    row.save()
    assert InfoPage.objects.get(pk=page.pk).body[0].value == "Ancien"


@pytest.mark.django_db
def test_body_when_a_block_is_renamed_by_wagtails_own_data_migration_changes_in_pages_and_revisions(root_page):
    page = InfoPageFactory(parent=root_page, body="[]")
    page.save_revision()
    _store_raw(page.pk, [{"type": "title", "value": "Ancien", "id": "0b6a3c6e-0000-4000-8000-000000000000"}])
    operation = MigrateStreamData(
        app_name="services_pages",
        model_name="InfoPage",
        field_name="body",
        operations_and_block_paths=[(RenameStreamChildrenOperation(old_name="title", new_name="heading"), "")],
    )
    operation.migrate_stream_data_forward(_project_state().apps, connection.schema_editor())
    assert [(c.block_type, c.value) for c in InfoPage.objects.get(pk=page.pk).body] == [("heading", "Ancien")]


def _project_state() -> ProjectState:
    return ProjectState.from_apps(apps)


def _historical_model() -> type[models.Model]:
    state = _project_state()
    assert isinstance(state.models["services_pages", "infopage"], ModelState)
    return state.apps.get_model("services_pages", "InfoPage")


def _store_raw(pk: int, value: list) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE services_pages_infopage SET body = %s WHERE page_ptr_id = %s", [json.dumps(value), pk])


@pytest.fixture
def root_page(db):
    """The root of the pages, whatever the tests before left: a test in a browser empties the tables."""
    Locale.objects.get_or_create(language_code="fr-ca")
    Site.objects.all().delete()
    yield Page.get_first_root_node() or Page.add_root(instance=Page(title="Racine", slug="racine"))
    Site.clear_site_root_paths_cache()


def test_steps_when_a_required_title_is_empty_are_refused():
    block = BodyBlock().child_blocks["steps"]
    with pytest.raises(ValidationError):
        block.clean(block.normalize([{"title": "", "text": ""}]))
