"""Names taken out of a text (art. 4.4.1, 4.5): whatever the accents, the capitals or the order."""

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


def plain(text: str) -> str:
    """Small letters without accents."""
    spread = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe"))
    return "".join(character for character in spread if not unicodedata.combining(character)).casefold()


def pieces(names: Iterable[str]) -> frozenset[str]:
    """The words that name someone: given name, family name, the local part of an e-mail."""
    words = {plain(word) for name in names for word in _WORD.findall(name.partition("@")[0])}
    return frozenset(word for word in words if len(word) >= SHORTEST and word not in _PARTICLES)


def names_in(text: str, names: Iterable[str]) -> list[str]:
    """List the words of a text that name one of these people, as they were written."""
    wanted = pieces(names)
    return [word for word in _WORD.findall(text) if plain(word) in wanted]


def without_names(text: str, names: Iterable[str]) -> str:
    """Replace every word that names one of these people. More may go than should: a common word that is also a name."""
    wanted = pieces(names)
    composed = unicodedata.normalize("NFC", text)
    masked = _WORD.sub(lambda found: MASK if plain(found[0]) in wanted else found[0], composed)
    return _REPEATED.sub(MASK, masked)
