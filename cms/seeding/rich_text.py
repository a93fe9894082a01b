"""From the plain writing of fixtures/ to the rich text of a page: paragraphs, lists, bold, italic and links."""

import re
from html import escape

# A space that must not end a line: « guillemets », « : », units, hours, telephone numbers (Québec typography).
_NO_BREAK = "\u00a0"
_UNBREAKABLE = (
    (re.compile(r"« "), f"«{_NO_BREAK}"),
    (re.compile(r" »"), f"{_NO_BREAK}»"),
    (re.compile(r" :(?=\s|$)"), f"{_NO_BREAK}:"),
    (re.compile(r"(?<=\d) h (?=\d)"), f"{_NO_BREAK}h{_NO_BREAK}"),
    (re.compile(r"(?<=\d) (?=(?:h|\$|%|cm|kg|km|mètres?|litres|°C|jours?|mois|ans)\b|[$%])"), _NO_BREAK),
    (re.compile(r"(?<=\b\d{3}) (?=\d{3}-\d{4}\b)"), _NO_BREAK),
)
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_ITALIC = re.compile(r"\*(.+?)\*")
_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")

PageIds = dict[str, int]


def typeset(text: str) -> str:
    """Return the text with the spaces that hold words together; nothing else changes."""
    for pattern, replacement in _UNBREAKABLE:
        text = pattern.sub(replacement, text)
    return text


def rich_text(text: str, pages: PageIds) -> str:
    """Turn plain writing into a rich text field's HTML; `pages` gives the id of each address of the site."""
    blocks = [block for block in re.split(r"\n\s*\n", text.strip()) if block]
    return "".join(_block(block, pages) for block in blocks)


def line(text: str, pages: PageIds) -> str:
    """Turn one line into rich text without a paragraph around it."""
    return _inline(text.strip(), pages)


def _block(block: str, pages: PageIds) -> str:
    lines = [item.strip() for item in block.splitlines()]
    if all(item.startswith("- ") for item in lines):
        return "<ul>" + "".join(f"<li>{_inline(item[2:], pages)}</li>" for item in lines) + "</ul>"
    return f"<p>{_inline(' '.join(lines), pages)}</p>"


def _inline(text: str, pages: PageIds) -> str:
    html = escape(typeset(text), quote=False)
    html = _ITALIC.sub(r"<i>\1</i>", _BOLD.sub(r"<b>\1</b>", html))
    return _LINK.sub(lambda found: _link(found[1], found[2], pages), html)


def _link(label: str, address: str, pages: PageIds) -> str:
    if address in pages:
        return f'<a linktype="page" id="{pages[address]}">{label}</a>'
    return f'<a href="{escape(address)}">{label}</a>'
