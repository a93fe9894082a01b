"""What may be kept of a search without result: the bare term, never what could name or reach a person."""

from .words import WORD, query_stems

MAX_TERM = 80
# A telephone, a civic number, a file or roll number: four digits and more are not a subject.
MAX_DIGITS = 3


def reportable(query: str) -> str:
    """The term to count, in lower case; empty when it says nothing or may hold a person's coordinates."""
    if "@" in query or sum(character.isdigit() for character in query) > MAX_DIGITS or not query_stems(query):
        return ""
    return " ".join(WORD.findall(query.casefold()))[:MAX_TERM].strip()
