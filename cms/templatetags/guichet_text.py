"""Small turns of text for the public pages."""

import re
from typing import Any

import phonenumbers
from django import template

register = template.Library()

EXTENSION = re.compile(r",?\s*(?:poste|p\.)\s*(\d+)\s*$", re.IGNORECASE)


@register.filter
def phone_link(phone: str) -> str:
    """Return the tel: address of a Canadian phone number, extension included; empty when it can't be dialled."""
    extension = EXTENSION.search(phone or "")
    national = EXTENSION.sub("", phone or "")
    try:
        number = phonenumbers.parse(national, "CA")
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    if extension:
        number.extension = extension.group(1)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.RFC3966)


@register.filter
def as_list(value: Any) -> list[Any]:
    """Return the value as a list without its empty ones: a text becomes a list of one."""
    values = value if isinstance(value, (list, tuple)) else [value]
    return [item for item in values if item not in (None, "")]
