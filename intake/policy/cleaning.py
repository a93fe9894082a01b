"""From what people type to what is kept (art. 4.3): controls out, spaces in order, telephone and postal code in their one form."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

import phonenumbers

# Territory of the North American plan in which « 450 555-0123 » is read as a local number.
PHONE_REGION = "CA"
NANP_CODE = 1
NANP_NUMBER = re.compile(r"^[2-9]\d{2}[2-9]\d{6}$")
# « 450 555-0123 », « (450) 555-0123 », « 4505550123 », « +1 450.555.0123 », or the seven digits alone.
PHONE_IN_TEXT = re.compile(r"(?<!\d)(?:\+?1[\s.-]*)?(?:\(?(\d{3})\)?[\s.-]*)?(\d{3})[\s.-]*(\d{4})(?!\d)")
EXTENSION = re.compile(r"[\s,;.]*(?:\b(?:poste|p\.|ext\.?|extension)|[x#])[\s.:]*(\d{1,6})\s*$", re.IGNORECASE)
# Postes Canada: no D, F, I, O, Q or U, and no W or Z in first place.
POSTAL_CODE = re.compile(r"^[ABCEGHJ-NPRSTVXY][0-9][ABCEGHJ-NPRSTV-Z][0-9][ABCEGHJ-NPRSTV-Z][0-9]$")
# Marks that reverse the reading order of a text can hide what it says.
BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
LONGEST_NUMBER = 15


def without_controls(text: str) -> str:
    """Drop what can't be read or stored (NUL breaks PostgreSQL): controls but line ends and tabs, lone surrogates."""
    newlines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(character for character in newlines if character in "\n\t" or not _is_control(character))


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs") or character in BIDI_CONTROLS


def clean_line(text: str) -> str:
    """Return one line: no controls, single spaces, composed accents."""
    return unicodedata.normalize("NFC", " ".join(without_controls(text).split()))


def clean_text(text: str) -> str:
    """Return a text of several lines: no controls, no blanks at the end of lines, composed accents."""
    lines = (line.rstrip() for line in without_controls(text).expandtabs(4).split("\n"))
    return unicodedata.normalize("NFC", "\n".join(lines).strip())


def clean_phone(text: str) -> str | None:
    """Return `450 555-0123` or `450 555-0123, poste 123`; None when it is not a ten-digit number of North America."""
    line = clean_line(text)
    extension = EXTENSION.search(line)
    bare = line[: extension.start()] if extension else line
    try:
        number = phonenumbers.parse(bare, PHONE_REGION)
    except phonenumbers.NumberParseException:
        return None
    digits = str(number.national_number)
    if number.country_code != NANP_CODE or number.extension or not NANP_NUMBER.match(digits):
        return None
    written = f"{digits[:3]} {digits[3:6]}-{digits[6:]}"
    return f"{written}, poste {extension[1]}" if extension else written


def clean_postal_code(text: str) -> str | None:
    """Return `A1A 1A1`, whatever its case, space or dash; None when Postes Canada knows no such form."""
    bare = re.sub(r"[\s-]", "", clean_line(text)).upper()
    return f"{bare[:3]} {bare[3:]}" if POSTAL_CODE.match(bare) else None


def clean_number(text: str) -> Decimal | None:
    """Read `1 234,50`, `1234.5` or `12 $`; None when it is not a number of at most fifteen digits."""
    bare = re.sub(r"[\s$]", "", clean_line(text)).replace(",", ".")
    if not re.fullmatch(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)", bare) or len(bare) > LONGEST_NUMBER:
        return None
    try:
        return Decimal(bare)
    except InvalidOperation:
        return None
