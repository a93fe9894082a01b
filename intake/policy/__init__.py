"""The policy as pure functions and enums, article by article; no Django, no clock, no database."""
