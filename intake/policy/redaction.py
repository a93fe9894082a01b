"""Names found in a text or taken out of it (art. 4.4.1, 4.5): whatever the accents, the capitals or the order."""

import re
import unicodedata
from collections.abc import Iterable

MASK = "[personne visée]"
# « O'Neil », « Saint-Pierre »: each piece counts, so that half a name is caught too.
_WORD = re.compile(r"[^\W_]+")
_REPEATED = re.compile(rf"{re.escape(MASK)}(?:[\s.,'’-]*{re.escape(MASK)})+")
# « de », « la », « le »: pieces of names that are everyone's words.
SHORTEST = 3
_PARTICLES = frozenset({"des", "les", "dit", "van", "von", "del"})
# From this length a name is found inside a longer word too: « ZoéQuévillon ».
FOUND_INSIDE = 6
_CIVILITY = re.compile(r"\b(?:MM?\.|Mr|(?i:mmes?|mlles?|monsieur|madame|mademoiselle))\s+([A-ZÀ-ÖØ-Þ][\w'’-]*)")


def plain(text: str) -> str:
    """Small letters without accents."""
    spread = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe"))
    return "".join(character for character in spread if not unicodedata.combining(character)).casefold()


def pieces(names: Iterable[str]) -> frozenset[str]:
    """The words that name someone: given name, family name, the local part of an e-mail."""
    words = {plain(word) for name in names for word in _WORD.findall(name.partition("@")[0])}
    return frozenset(word for word in words if len(word) >= SHORTEST and word not in _PARTICLES)


def _names(word: str, wanted: frozenset[str]) -> bool:
    word = plain(word)
    inside = any(len(piece) >= FOUND_INSIDE and piece in word for piece in wanted)
    return word in wanted or inside or word.removesuffix("s") in wanted


def names_in(text: str, names: Iterable[str]) -> list[str]:
    """List the words of a text that name one of these people, as they were written."""
    wanted = pieces(names)
    return [word for word in _WORD.findall(unicodedata.normalize("NFC", text)) if _names(word, wanted)]


def people_named_in(text: str, *, staff: Iterable[tuple[str, str]] = (), but: Iterable[str] = ()) -> list[str]:
    """List those whom a text seems to name: after « M. » or « Mme », or a first and a last name of `staff` side by side.

    `but` are names that may be written: those of whoever complains.
    """
    text = unicodedata.normalize("NFC", text)
    allowed = pieces(but)
    found = [name for name in _CIVILITY.findall(text) if not pieces([name]) <= allowed]
    words = f" {' '.join(_WORD.findall(plain(text)))} "
    for first, last in staff:
        one, other = (" ".join(_WORD.findall(plain(name))) for name in (first, last))
        if one and other and (f" {one} {other} " in words or f" {other} {one} " in words):
            found.append(f"{first} {last}")
    return found


def without_names(text: str, names: Iterable[str]) -> str:
    """Replace every word that names one of these people. More may go than should: a common word that is also a name."""
    wanted = pieces(names)
    composed = unicodedata.normalize("NFC", text)
    masked = _WORD.sub(lambda found: MASK if _names(found[0], wanted) else found[0], composed)
    return _REPEATED.sub(MASK, masked)
