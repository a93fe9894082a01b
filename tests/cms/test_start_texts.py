"""The files of fixtures/ hold together: what they name exists, and what they say is accepted."""

import re
from pathlib import Path

import pytest

from cms.seeding.body import Writer
from cms.seeding.files import FIXTURES, read, read_guides
from cms.seeding.pages import ESSENTIALS
from cms.seeding.rich_text import rich_text, typeset
from intake.policy.vocabulary import Kind
from snippets.blocks import BodyBlock
from snippets.message_codes import MESSAGE_CODES
from snippets.models import (
    CHOICE_TYPES,
    MessageText,
    Question,
    QuestionType,
    RequestNature,
    TownSettings,
    WaitingReason,
)

NATURES = {row["code"]: row for row in read("natures")["nature"]}
DEPARTMENTS = {row["code"]: row for row in read("departments")["department"]}
EMPLOYEES = {row["email"]: row for row in read("employees")["employee"]}
GUIDES = {guide["code"]: guide for guide in read_guides()}
MESSAGES = {row["code"]: row for row in read("message_texts")["message"]}
PAGES, SERVICES, FORMS = read("pages"), read("services")["service"], read("forms")["form"]
WORDS = {"telephone_urgence": "450 555-0111", "telephone_ville": "450 555-0100"}


def every_body():
    """Name and blocks of each body of the site."""
    yield "home", PAGES["home"]["body"]
    yield from ((row["slug"], row["body"]) for row in PAGES["info"])
    for row in SERVICES:
        yield row["slug"], row["body"]
        yield row["slug"], row["how_to_ask"]
    for guide in GUIDES.values():
        yield guide["slug"], guide["body"]
        yield from ((f"{guide['slug']}/{part['slug']}", part["body"]) for part in guide["parts"])


def every_address():
    """The addresses that the seeding makes, and those the site answers by itself."""
    yield from ("/services/", "/guides/", "/suivi/")
    yield from (f"/{row['slug']}/" for row in PAGES["info"])
    yield from (f"/demandes/{row['slug']}/" for row in FORMS)
    yield from (f"/guides/{guide['slug']}/" for guide in GUIDES.values())


def test_grid_has_the_seven_services_of_art_4_1_and_engineering_with_one_front_line():
    assert set(DEPARTMENTS) == {"EXP", "TP", "ING", "URB", "ENV", "SEC", "LOI", "TRE"}
    assert [code for code, row in DEPARTMENTS.items() if row.get("front_line")] == ["EXP"]
    assert {row["schema"] for row in DEPARTMENTS.values()} == {"a", "b", "c"}


def test_every_service_has_a_head_and_a_signed_designation_among_the_twenty_employees():
    assert len(EMPLOYEES) == 20
    assert {row["head"] for row in DEPARTMENTS.values()} <= set(EMPLOYEES)
    designations = read("designations")["designation"]
    assert {row["department"] for row in designations} == set(DEPARTMENTS)
    assert all(row["employee"] in EMPLOYEES and row["signed_by_head"] for row in designations)


def test_grid_has_forty_natures_or_more_each_with_its_service_guide_and_synonyms():
    assert len(NATURES) >= 40
    assert {row["department"] for row in NATURES.values()} == set(DEPARTMENTS)
    assert {row["guide"] for row in NATURES.values()} <= set(GUIDES)
    assert all(len(row["synonyms"]) >= 7 for row in NATURES.values())


@pytest.mark.parametrize("code", NATURES)
def test_a_nature_is_one_that_the_admin_would_accept(code):
    row = NATURES[code]
    nature = RequestNature(
        code=code, name=row["name"], priority=row["priority"], target_working_days=row["days"], synonyms="x"
    )
    nature.clean_fields(exclude=["department"])
    assert row["questions"]
    for asked in row["questions"]:
        assert asked["type"] in QuestionType.values
        assert ("choices" in asked) == (asked["type"] in CHOICE_TYPES)
        question = Question(
            label=asked["label"],
            help_text=asked.get("help", ""),
            question_type=asked["type"],
            choices="\n".join(asked.get("choices", ())),
        )
        question.clean_fields(exclude=["nature"])
        question.clean()


def test_every_message_that_exists_has_a_text():
    assert set(MESSAGES) == set(MESSAGE_CODES)


@pytest.mark.parametrize("code", MESSAGES)
def test_a_message_text_is_one_that_the_admin_would_accept(code):
    row = MESSAGES[code]
    text = MessageText(code=code, subject=row["subject"], body=row["body"])
    text.clean_fields()
    text.clean()
    if MESSAGE_CODES[code].audience == "citizen":
        assert row["body"].startswith("Bonjour {salutation},\n\n")
        assert row["body"].endswith("Bien cordialement,\n{signature_service}")


def test_town_has_colours_on_which_white_is_read_and_tells_why_it_collects():
    row = read("town")
    TownSettings(**row).full_clean()
    assert "responsable de la protection des renseignements personnels" in row["collection_notice"]


@pytest.mark.parametrize("code", GUIDES)
def test_a_guide_answers_the_seven_questions_of_art_2_3(code):
    guide = GUIDES[code]
    assert all(guide[name].strip() for name in ESSENTIALS)
    assert guide["department"] in DEPARTMENTS  # its contact card
    assert 2 <= len(guide["parts"]) <= 4  # how to do it
    assert len(guide["summary"]) <= 300


@pytest.mark.parametrize(("name", "blocks"), list(every_body()))
def test_a_body_is_one_that_the_editor_would_accept(name, blocks):
    # Every contact and page resolves here; that they exist is asked elsewhere.
    linked = {
        row["page"]: None for block in blocks for row in block.values() if isinstance(row, dict) and "page" in row
    }
    writer = Writer(pages={}, departments={}, words=WORDS)
    assert set(linked) <= set(every_address())
    raw = writer.body(blocks)
    block = BodyBlock()
    block.clean(block.to_python(raw))


def test_every_internal_link_leads_to_a_page_that_is_made():
    lines = [line for path in Path(FIXTURES).rglob("*.toml") for line in path.read_text(encoding="utf-8").splitlines()]
    linked = set(re.findall(r"\]\((/[^)]*)\)", "\n".join(line for line in lines if not line.startswith("#"))))
    assert linked
    assert linked <= set(every_address())


def test_public_texts_hold_no_word_in_braces_that_nobody_fills():
    for path in [
        FIXTURES / "pages.toml",
        FIXTURES / "services.toml",
        FIXTURES / "forms.toml",
        *FIXTURES.glob("guides/*"),
    ]:
        unknown = set(re.findall(r"\{([a-z_]+)\}", path.read_text(encoding="utf-8"))) - set(WORDS)
        assert not unknown, path.name


def test_public_texts_hold_no_space_before_a_question_mark_and_no_work_in_progress():
    for path in Path(FIXTURES).rglob("*.toml"):
        text = path.read_text(encoding="utf-8")
        assert not re.findall(r"\w [?!;]", text), path.name
        assert "à valider" not in text.lower(), path.name
        assert "TODO" not in text, path.name


def test_the_five_forms_say_what_to_have_and_what_follows():
    assert {row["slug"]: row["kind"] for row in FORMS} == {
        "requete": "request",
        "plainte": "complaint",
        "commentaire": "inquiry",
        "reclamation": "claim",
        "acces-information": "access_request",
    }
    assert {row["kind"] for row in FORMS} == {kind.value for kind in Kind}
    assert all(row["introduction"] and row["to_have"] and row["next_steps"] for row in FORMS)


def test_privacy_page_has_the_twelve_contents_of_the_regulation():
    page = next(row for row in PAGES["info"] if row["slug"] == "confidentialite")
    headings = [block["heading"] for block in page["body"] if "heading" in block]
    assert [heading.split(".")[0] for heading in headings[:12]] == [str(number) for number in range(1, 13)]


def test_every_nature_has_stories_and_every_answer_is_to_one_of_its_questions():
    texts = read("cases")
    assert set(texts["requests"]) == set(NATURES)
    for code, row in texts["requests"].items():
        labels = {question["label"] for question in NATURES[code]["questions"]}
        assert set(row.get("answers", ())) <= labels
        assert row["facts"]
        assert row["done"]


@pytest.mark.django_db
def test_art_4_2_each_reason_to_wait_has_its_demonstration_texts():
    assert set(read("cases")["waiting"]) == set(WaitingReason.objects.values_list("code", flat=True))


def test_rich_text_when_written_plainly_becomes_paragraphs_lists_and_links():
    written = "Un **gras** & un *italique*.\n\n- [Ici](/guides/)\n- [Là](https://example.com/)"
    assert rich_text(written, {"/guides/": 7}) == (
        "<p>Un <b>gras</b> &amp; un <i>italique</i>.</p>"
        '<ul><li><a linktype="page" id="7">Ici</a></li><li><a href="https://example.com/">Là</a></li></ul>'
    )


def test_rich_text_when_it_holds_markup_shows_it_as_text():
    assert rich_text("<script>alert(1)</script>", {}) == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"


def test_typeset_when_words_belong_together_holds_them_with_a_space_that_does_not_break():
    assert typeset("« Bac » : 20 $, de 8 h à 16 h 30, au 450 555-0100.") == (
        "«\u00a0Bac\u00a0»\u00a0: 20\u00a0$, de 8\u00a0h à 16\u00a0h\u00a030, au 450\u00a0555-0100."
    )
