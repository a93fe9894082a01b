"""A letter as DOCX: the same sheet for whoever must add a word before it leaves; the same bytes for the same words."""

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from snippets.models import TownSettings

from . import measures as at
from .letterhead import Letterhead, letterhead
from .sheet import Block, Facts, Items, LetterSheet, Paper, Signature, dated, typeset

PAGE_SIZES = {Paper.LETTER: (215.9, 279.4), Paper.LEGAL: (215.9, 355.6)}
TEXT_WIDTH = 215.9 - 2 * at.SIDE
FONT, LANGUAGE = "Cambria", "fr-CA"
HEAD_LINE, SMALL_LINE = 3.7, 4.5  # the height of a line, in millimetres
TWIPS = 1440 / 25.4  # Word's unit, in a millimetre
# Word notes a moment in every file; without a day of posting, one that means nothing keeps the bytes the same.
NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)


def as_docx(sheet: LetterSheet, town: TownSettings) -> bytes:
    """Write one letter as a Word document."""
    document = Document()
    _set_up(document, sheet, town)
    section = document.sections[0]
    _page(section, sheet.paper)
    _letterhead(section, letterhead(town))
    _footer(section, sheet.reference)
    _first_page(document, sheet, dated(sheet, town))
    for block in sheet.paragraphs:
        _write(document, block)
    document.paragraphs[-1].paragraph_format.keep_with_next = True  # no closing without the words before it
    _parting(document, sheet)
    return _same_bytes(document)


def _set_up(document: DocumentObject, sheet: LetterSheet, town: TownSettings) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.language = typeset(sheet.subject), typeset(town.name), LANGUAGE
    day = sheet.posted_on
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else NO_DAY
    properties.created = properties.modified = moment
    properties.last_modified_by = properties.comments = ""
    for name in ("Normal", "Heading 1"):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(11), RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:hAnsi"), FONT)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    document.styles["Normal"].paragraph_format.space_after = Pt(9)
    document.styles["Heading 1"].paragraph_format.space_before = Pt(6)
    document.styles["Heading 1"].paragraph_format.space_after = Pt(12)


def _page(section: Section, paper: Paper) -> None:
    width, height = PAGE_SIZES[paper]
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin = section.right_margin = Mm(at.SIDE)
    section.top_margin, section.bottom_margin = Mm(at.TOP), Mm(at.BOTTOM)
    section.header_distance, section.footer_distance = Mm(at.LETTERHEAD_TOP), Mm(10)
    section.different_first_page_header_footer = True


def _letterhead(section: Section, head: Letterhead) -> None:
    """Logo or name on the left, address and numbers on the right, over a rule, on the first page only.

    Its exact height puts the first line of the letter at DATELINE_TOP.
    """
    header = section.first_page_header
    paragraph = header.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    mark = paragraph.add_run()
    if head.logo is None:
        mark.text, mark.bold, mark.font.size = typeset(head.name), True, Pt(15)
        mark.font.color.rgb = RGBColor.from_string(head.colour.lstrip("#").upper())
    else:
        picture = mark.add_picture(BytesIO(head.logo), height=Mm(at.LOGO_HEIGHT))
        picture._inline.docPr.set("descr", head.name)
    # The lines stand beside the mark, not below it: a frame takes the mark out of the flow.
    _frame(paragraph, x=at.SIDE, y=at.LETTERHEAD_TOP, width=TEXT_WIDTH / 2, height=at.LOGO_HEIGHT)
    for text in head.lines:
        line = _exact(header.add_paragraph(), HEAD_LINE)
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        line.add_run(typeset(text)).font.size = Pt(8.5)
    written = len(head.lines) * HEAD_LINE
    rule = _exact(header.add_paragraph(), max(at.LOGO_HEIGHT - written, 1))
    _rule_below(rule, head.colour.lstrip("#").upper())
    _exact(header.add_paragraph(), max(at.DATELINE_TOP - at.LETTERHEAD_TOP - max(at.LOGO_HEIGHT, written + 1), 1))


def _exact(paragraph: Paragraph, height: float, *, above: float = 0) -> Paragraph:
    """Give a paragraph lines of exactly this height and no space but `above`: places on the page can be counted on."""
    space = paragraph.paragraph_format
    space.line_spacing, space.space_before, space.space_after = Mm(height), Mm(above), Pt(0)
    return paragraph


def _rule_below(paragraph: Paragraph, colour: str) -> None:
    borders = OxmlElement("w:pBdr")
    rule = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "4"), ("color", colour)):
        rule.set(qn(f"w:{name}"), value)
    borders.append(rule)
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")


def _frame(paragraph: Paragraph, *, x: float, y: float, width: float, height: float) -> None:
    """Stand a paragraph at a place of the page, with others beside it."""
    frame = OxmlElement("w:framePr")
    for name, value in (("w", width), ("h", height), ("x", x), ("y", y)):
        frame.set(qn(f"w:{name}"), str(round(value * TWIPS)))
    for name, value in (("hRule", "exact"), ("wrap", "around"), ("vAnchor", "page"), ("hAnchor", "page")):
        frame.set(qn(f"w:{name}"), value)
    paragraph._p.get_or_add_pPr().insert_element_before(frame, "w:widowControl", "w:pBdr", "w:spacing", "w:ind", "w:jc")


def _footer(section: Section, reference: str) -> None:
    """The number of the page, from page 2."""
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    words = " – ".join(part for part in (typeset(reference), _("page")) if part)
    paragraph.add_run(f"{words} ").font.size = Pt(9)
    _page_number(paragraph.add_run())


def _page_number(run: Run) -> None:
    run.font.size = Pt(9)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run._r.addprevious(field)
    field.append(run._r)
    run.text = "2"


def _first_page(document: DocumentObject, sheet: LetterSheet, dateline: str) -> None:
    """Dateline, mentions and address, each at its height; then the reference and the subject."""
    day = _exact(document.add_paragraph(typeset(dateline)), SMALL_LINE)
    day.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    here = at.DATELINE_TOP + SMALL_LINE
    if sheet.mentions:
        mention = _exact(document.add_paragraph(), SMALL_LINE, above=at.MENTION_TOP - here)
        mention.add_run(typeset(" – ".join(sheet.mentions))).bold = True
        here = at.MENTION_TOP + SMALL_LINE
    for place, text in enumerate(sheet.addressee):
        above = at.ADDRESS_TOP - here if place == 0 else 0
        _exact(document.add_paragraph(typeset(text)), at.ADDRESS_LEADING, above=above)
    if sheet.addressee:
        here = at.ADDRESS_TOP + len(sheet.addressee) * at.ADDRESS_LEADING
    start = at.BODY_TOP if sheet.addressee else at.FORM_TOP
    _exact(document.add_paragraph(), max(start - here, 1))
    if sheet.reference:
        document.add_paragraph(f"{_('N/Réf. :')} {typeset(sheet.reference)}")
    subject = f"{_('Objet :')} {sheet.subject}" if sheet.addressee else sheet.subject
    document.add_heading(typeset(subject), level=1)


def _write(document: DocumentObject, block: Block) -> None:
    if isinstance(block, Items):
        for line in block.lines:
            document.add_paragraph(typeset(line), style="List Bullet")
    elif isinstance(block, Facts):
        for label, value in block.rows:
            _fact(document.add_paragraph(), label, value)
    else:
        document.add_paragraph(typeset(block))


def _fact(paragraph: Paragraph, label: str, value: str) -> None:
    paragraph.add_run(f"{typeset(label)} ").bold = True
    if value.strip():
        paragraph.add_run(typeset(value))
        return
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES)
    paragraph.add_run("\t")


def _parting(document: DocumentObject, sheet: LetterSheet) -> None:
    """The closing and the names, which no page parts."""
    if sheet.closing:
        document.add_paragraph(typeset(sheet.closing)).paragraph_format.keep_with_next = True
    for signature in sheet.signatures:
        _sign(document, signature)
    if sheet.enclosures:
        enclosed = document.add_paragraph(f"{_('p. j.')}  {typeset(', '.join(sheet.enclosures))}")
        enclosed.paragraph_format.space_before = Pt(9)


def _sign(document: DocumentObject, signature: Signature) -> None:
    lines: Sequence[str] = signature.lines
    if signature.ruled:
        lines = ("\t", *lines)
    for place, text in enumerate(lines):
        paragraph = document.add_paragraph(text if text == "\t" else typeset(text))
        space = paragraph.paragraph_format
        space.space_before, space.space_after = Mm(at.HAND_SPACE) if place == 0 else Pt(0), Pt(0)
        space.keep_with_next = place < len(lines) - 1
        if text == "\t":
            space.tab_stops.add_tab_stop(Mm(75), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES)


def _same_bytes(document: DocumentObject) -> bytes:
    """Pack the document without the hour at which it was packed."""
    made, packed = BytesIO(), BytesIO()
    document.save(made)
    with ZipFile(made) as source, ZipFile(packed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(ZipInfo(name), source.read(name), ZIP_DEFLATED)
    return packed.getvalue()
