"""Search in French, the same on every database (docs/decisions/0004-search.md)."""
