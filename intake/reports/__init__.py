"""Monthly lists and figures."""
