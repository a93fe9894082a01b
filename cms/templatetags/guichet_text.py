"""Small turns of text for the public pages."""

import re
from typing import Any

import phonenumbers
from django import template

register = template.Library()

NO_BREAK = "\xa0"
# Where a line must not break: « 8 h 30 », « J0V 0V0 », guillemets and the colon (Office québécois).
KEPT_TOGETHER = (
    (re.compile(r"(?<=\d) (?=h\b)|(?<=\bh) (?=\d\d\b)"), NO_BREAK),
    (re.compile(r"(?<=\b[A-Z]\d[A-Z]) +(?=\d[A-Z]\d\b)"), NO_BREAK),
    (re.compile(r"(?<=«) | (?=[»:%$])"), NO_BREAK),
)
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
def french_spaces(text: str) -> str:
    """Return the text with no-break spaces where a line must not break."""
    for pattern, space in KEPT_TOGETHER:
        text = pattern.sub(space, str(text or ""))
    return text


@register.filter
def as_list(value: Any) -> list[Any]:
    """Return the value as a list without its empty ones: a text becomes a list of one."""
    values = value if isinstance(value, (list, tuple)) else [value]
    return [item for item in values if item not in (None, "")]
