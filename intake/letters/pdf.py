"""A letter as PDF: real text, fonts embedded, tagged for screen readers (PDF/UA), the same bytes for the same words."""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst
from django.utils.translation import gettext as _

from snippets.models import TownSettings

from . import measures
from .letterhead import letterhead
from .sheet import Block, Facts, Items, LetterSheet, dated, typeset

FOLDER = Path(__file__).parent
TEMPLATE = "letter.typ"
_TURN = Lock()
MEASURES = {name: value for name, value in vars(measures).items() if name.isupper()}


def as_pdf(sheet: LetterSheet, town: TownSettings) -> bytes:
    """Print one letter."""
    return as_one_pdf([sheet], town, title=sheet.subject)


def as_one_pdf(sheets: Sequence[LetterSheet], town: TownSettings, *, title: str) -> bytes:
    """Print several letters into one file, each from its own page 1."""
    return compiled(TEMPLATE, {"data": json.dumps(_data(sheets, town, title))})


def compiled(template: str, inputs: dict[str, str]) -> bytes:
    """Print a layout of this folder; `inputs` are data, never markup."""
    try:
        return _compile(template, inputs, pdf_standards=["ua-1"])
    except typst.TypstError:
        # A character that the font lacks (an emoji, Chinese) is no reason to keep a letter: tagged, without the claim.
        return _compile(template, inputs, pdf_standards=[])


def _compile(template: str, inputs: dict[str, str], *, pdf_standards: list[str]) -> bytes:
    # One compiler a layout for the process: its memory stays the same, and it serves one thread at a time.
    with _TURN:
        return _compiler(template).compile(sys_inputs=inputs, pdf_standards=pdf_standards)


@cache
def _compiler(template: str) -> typst.Compiler:
    """Only the fonts that come with the library: a letter looks the same on every machine."""
    fonts = typst.Fonts(include_system_fonts=False)
    return typst.Compiler(str(FOLDER / template), root=str(FOLDER), font_paths=fonts)


def _data(sheets: Sequence[LetterSheet], town: TownSettings, title: str) -> dict[str, Any]:
    head = letterhead(town)
    posted = sheets[0].posted_on
    return {
        "title": typeset(title),
        "date": {"year": posted.year, "month": posted.month, "day": posted.day} if posted else None,
        "town": {
            "name": typeset(head.name),
            "colour": head.colour,
            "logo": list(head.logo) if head.logo else None,
            "lines": _lines(head.lines),
        },
        "measures": MEASURES,
        "page": _("page"),
        "our-reference": _("N/Réf. :"),
        "object": _("Objet :"),
        "enclosed": _("p. j."),
        "letters": [_letter(sheet, town) for sheet in sheets],
    }


def _letter(sheet: LetterSheet, town: TownSettings) -> dict[str, Any]:
    return {
        "paper": sheet.paper.value,
        "subject": typeset(sheet.subject),
        "dateline": typeset(dated(sheet, town)),
        "addressee": _lines(sheet.addressee),
        "mentions": _lines(sheet.mentions),
        "reference": typeset(sheet.reference),
        "paragraphs": [_block(block) for block in sheet.paragraphs],
        "closing": typeset(sheet.closing),
        "signatures": [{"lines": _lines(one.lines), "ruled": one.ruled} for one in sheet.signatures],
        "enclosures": _lines(sheet.enclosures),
    }


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Facts):
        rows = [[typeset(label), typeset(value).splitlines()] for label, value in block.rows]
        return {"is": "facts", "rows": rows}
    if isinstance(block, Items):
        return {"is": "items", "lines": _lines(block.lines)}
    return {"is": "text", "lines": typeset(block).splitlines()}


def _lines(texts: Sequence[str]) -> list[str]:
    return [typeset(text) for text in texts]
