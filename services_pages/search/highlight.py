"""The words found, shown in their place."""

from html import escape

from django.utils.safestring import SafeString, mark_safe

from .words import WORD, answers

EXCERPT_LENGTH = 220
LEAD = 60


def marked(text: str, wanted: list[str]) -> SafeString:
    """The text escaped, with each word that answers a stem in a <mark>."""
    parts, end = [], 0
    for match in WORD.finditer(text):
        if any(answers(match.group(), query_stem) for query_stem in wanted):
            parts += [escape(text[end : match.start()]), "<mark>", escape(match.group()), "</mark>"]
            end = match.end()
    parts.append(escape(text[end:]))
    return mark_safe("".join(parts))  # noqa: S308 - every piece of text was escaped above


def excerpt(text: str, wanted: list[str]) -> SafeString:
    """About 220 characters around the first word found, cut between words; the beginning when none is found."""
    found = next(
        (m.start() for m in WORD.finditer(text) if any(answers(m.group(), query_stem) for query_stem in wanted)), 0
    )
    start = text.find(" ", max(found - LEAD, 0)) + 1 if found > LEAD else 0
    piece = text[start : start + EXCERPT_LENGTH]
    if start + EXCERPT_LENGTH < len(text):
        piece = piece.rsplit(" ", 1)[0] + " …"
    return marked(("… " if start else "") + piece, wanted)
