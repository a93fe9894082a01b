"""References (`2026-0005`, Annexe A) and tracking codes."""

import hashlib
import re
import secrets

# No vowel and no look-alike: nothing to misread over the telephone, no word by chance.
ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"
GROUPS, GROUP_LENGTH = 3, 4  # 28^12, about 57 bits
REFERENCE = re.compile(r"^\s*(\d{4})\s*-\s*(\d{1,7})\s*$")


def format_reference(year: int, number: int) -> str:
    """Write `2026-0005`; more than 9999 in a year takes as many digits as it needs."""
    return f"{year}-{number:04d}"


def parse_reference(text: str) -> str | None:
    """Read a reference as people type it (`2026-5`, spaces) and return its one form, or None."""
    match = REFERENCE.match(text)
    return format_reference(int(match[1]), int(match[2])) if match else None


def new_tracking_code() -> str:
    """Draw a secret code such as `K7MD-2PXC-9VTB`."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))
    return "-".join(groups)


def tracking_hash(reference: str, code: str) -> str:
    """Return what is stored of a code: SHA-256 over the reference and the code, whatever its case, spaces or dashes."""
    bare = "".join(character for character in code.upper() if character in ALPHABET)
    return hashlib.sha256(f"{reference}:{bare}".encode()).hexdigest()
