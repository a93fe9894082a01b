"""Puts the files of fixtures/ into the database, each item once; commands call it, nothing else does."""
