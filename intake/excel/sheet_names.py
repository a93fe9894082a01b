"""Names of sheets that Excel opens: some signs are forbidden, 31 characters at most, never the same name twice."""

import re

LONGEST_NAME = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f\ufffe\uffff\ud800-\udfff]+")
# Excel keeps these for itself, whatever the capitals.
_TAKEN_BY_EXCEL = ("history", "historique")
_UNNAMED = "Feuille"


class SheetNames:
    """Gives each sheet of one workbook its name, close to the words asked for."""

    def __init__(self) -> None:
        self._given = set(_TAKEN_BY_EXCEL)

    def take(self, words: str) -> str:
        """Return a name that no other sheet has: the words themselves if they may be, else numbered: « Voirie (2) »."""
        wanted = _allowed(words)
        name, number = _cut(wanted, ""), 1
        while name.casefold() in self._given:
            number += 1
            name = _cut(wanted, f" ({number})")
        self._given.add(name.casefold())
        return name


def _allowed(words: str) -> str:
    return " ".join(_FORBIDDEN.sub(" ", words).split()).strip("' ") or _UNNAMED


def _cut(name: str, suffix: str) -> str:
    """Cut to what Excel counts, in UTF-16 units, without half a pair nor an apostrophe at the end."""
    room = LONGEST_NAME - len(suffix)
    kept = name.encode("utf-16-le")[: room * 2].decode("utf-16-le", errors="ignore")
    return (kept.rstrip("' ") or _UNNAMED) + suffix
