"""Small turns of text for the public pages."""

import re

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
