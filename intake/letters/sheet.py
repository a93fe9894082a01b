"""What a letter says, whatever it is written on: plain values, no paper, no clock."""

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum

from django.utils.translation import gettext as _

from snippets.french_dates import date_format
from snippets.models import TownSettings

NO_BREAK = "\u00a0"


class Paper(Enum):
    """The sizes a town has in its printers."""

    LETTER = "us-letter"
    LEGAL = "us-legal"


@dataclass(frozen=True)
class Facts:
    """Labels and values, one a line; an empty value leaves a rule to write on (Annexe C is filled in by hand)."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Items:
    """A list with bullets."""

    lines: tuple[str, ...]


Block = str | Facts | Items


@dataclass(frozen=True)
class Signature:
    """Who signs: a name and its title (lines) under a space left for the hand; `ruled` draws the line to sign on."""

    name: str = ""
    title: str = ""
    ruled: bool = False

    @property
    def lines(self) -> tuple[str, ...]:
        """What is printed under the hand."""
        return tuple(line for line in (self.name, *self.title.splitlines()) if line.strip())


@dataclass(frozen=True)
class LetterSheet:
    """One letter, or one form to print when there is no addressee.

    A paragraph is a text (a line break in it stays), Facts or Items. `dateline` is « Prévost, le 5 mai 2026 »; left
    empty, it is made from `posted_on`. Nothing here is read as markup.
    """

    subject: str
    paragraphs: tuple[Block, ...]
    dateline: str = ""
    addressee: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    reference: str = ""
    closing: str = ""
    signatures: tuple[Signature, ...] = ()
    enclosures: tuple[str, ...] = ()
    posted_on: date | None = None
    paper: Paper = Paper.LETTER


def dateline(day: date, town: TownSettings) -> str:
    """Place and day at the top of a letter, as the OQLF writes them; the day alone if the town gave no place."""
    written = date_format(day, "j F Y")
    if not town.letter_place:
        return _("Le %(day)s") % {"day": written}
    return _("%(place)s, le %(day)s") % {"place": town.letter_place, "day": written}


def dated(sheet: LetterSheet, town: TownSettings) -> str:
    """The line to print: what the sheet says, else the day of the post, else nothing."""
    if sheet.dateline or sheet.posted_on is None:
        return sheet.dateline
    return dateline(sheet.posted_on, town)


# What a line must not part: quotes and their words, a sign and the word before it, the halves of a number.
_HELD = (
    (re.compile("« "), f"«{NO_BREAK}"),
    (re.compile(r" (?=[»:;!?%$])"), NO_BREAK),
    (re.compile(r"(?<=\d) (?=\d)"), NO_BREAK),
)
# Characters that neither paper nor XML knows; a tab is a space.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")


def typeset(text: str) -> str:
    """Hold together what belongs together, and drop what can't be printed."""
    text = _UNPRINTABLE.sub("", text.replace("\t", " ").replace("\r\n", "\n").replace("\r", "\n"))
    for pattern, held in _HELD:
        text = pattern.sub(held, text)
    return text
