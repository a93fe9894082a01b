"""The citizens' door: form pages, drafts, files; a form becomes a Filing and calls one verb."""
