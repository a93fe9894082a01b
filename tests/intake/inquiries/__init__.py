"""Questions, suggestions, comments and compliments (art. 4.1, 4.8)."""
