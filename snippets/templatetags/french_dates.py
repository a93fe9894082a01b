"""`|date` for every template, Wagtail's own included: built in (cms/settings), it takes the place of Django's."""

from datetime import date, datetime, time

from django import template
from django.template.defaultfilters import date as plain_date

from snippets.french_dates import date_format

register = template.Library()


@register.filter("date", expects_localtime=True, is_safe=False)
def date_filter(value: date | datetime | time | str | None, format: str | None = None) -> str:
    """Write a day with « 1er » on the first of the month; anything else as Django does."""
    return date_format(value, format) if isinstance(value, date) else plain_date(value, format)
