"""Text as people search it."""

import unicodedata


def folded(text: str) -> str:
    """Small letters, no accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
