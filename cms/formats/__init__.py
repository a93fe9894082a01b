"""How dates and numbers are written here; Django's own French formats are those of France."""
