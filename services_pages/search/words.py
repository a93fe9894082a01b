"""French words made comparable: accents, capitals, plurals and common endings forgiven. No database, no Django model."""

import re
import unicodedata
from functools import lru_cache

MAX_WORDS = 8
# A shorter word must be whole: « parc » is not « parcelle ».
PREFIX_LENGTH = 5
WORD = re.compile(r"\w+")
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
# Words that tell nothing about the subject.
STOP_WORDS = frozenset(
    """a ai as au aux avec ce ces cet cette comment d dans de des du elle en est et faire font il ils j je l la le les leur
    leurs lui m ma mais mes mon n ne nos notre nous on ont ou par pas plus pour pourquoi qu quand que quel quelle quelles
    quels qui quoi s sa sans se ses si son sont sur t ta te tes ton tu un une va vais veux vos votre vous y""".split()  # noqa: SIM905 - a list literal would be sixty lines
)


def plain(text: str) -> str:
    """Lower case, without accents or ligatures: « Égouts » → `egouts`."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(LIGATURES))
    return "".join(character for character in decomposed if not unicodedata.combining(character))


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """What a word shares with its plural, its feminine and its noun in -ement: `égouts` → `egout`, `chevaux` → `cheval`.

    Deliberately light: it brings forms of one word together, and rarely two different words.
    """
    word = plain(word)
    if len(word) > 3 and word[-1] in "sx":  # noqa: PLR2004 - « bus » and « gaz » stay whole
        word = word[:-1]
    if word.endswith(("ail", "au")) and not word.endswith("eau") and len(word) > 3:  # noqa: PLR2004
        word = word.removesuffix("ail").removesuffix("au") + "al"
    for ending in ("ement", "er"):
        if word.endswith(ending) and len(word) - len(ending) > 3:  # noqa: PLR2004 - what is left must say something
            return word.removesuffix(ending)
    while len(word) > 4 and word.endswith("e"):  # noqa: PLR2004
        word = word[:-1]
    return word


def stems(text: str) -> list[str]:
    """Stems of a text, in order, without the words that tell nothing."""
    return [stem(word) for word in WORD.findall(plain(text)) if word not in STOP_WORDS]


def query_stems(text: str) -> list[str]:
    """Different stems of what a person typed, at most eight."""
    return list(dict.fromkeys(stems(text)))[:MAX_WORDS]


def spaced(text: str) -> str:
    """Return the different stems as one string in which ` stem ` can be looked for: ` nid poul `."""
    return f" {' '.join(dict.fromkeys(stems(text)))} "


def needle(query_stem: str) -> str:
    """Return what to look for in a spaced text: a whole word, or its beginning when the stem is long enough."""
    return f" {query_stem}" if len(query_stem) >= PREFIX_LENGTH else f" {query_stem} "


def answers(word: str, query_stem: str) -> bool:
    """Say whether this word of a text is what the stem looks for."""
    return f" {stem(word)} ".startswith(needle(query_stem))
