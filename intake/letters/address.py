"""The address as Postes Canada and the OQLF want it: `1234, rue des Exemples` / `Prévost (Québec)  J0R 1T0`."""

import re
from dataclasses import dataclass

from .sheet import NO_BREAK

# The first letter of a postal code says where it is; in French, between parentheses, on an envelope.
PROVINCES = {
    "A": "Terre-Neuve-et-Labrador",
    "B": "Nouvelle-Écosse",
    "C": "Île-du-Prince-Édouard",
    "E": "Nouveau-Brunswick",
    "G": "Québec",
    "H": "Québec",
    "J": "Québec",
    "K": "Ontario",
    "L": "Ontario",
    "M": "Ontario",
    "N": "Ontario",
    "P": "Ontario",
    "R": "Manitoba",
    "S": "Saskatchewan",
    "T": "Alberta",
    "V": "Colombie-Britannique",
    "Y": "Yukon",
}
POSTAL_CODE = re.compile(r"([A-Za-z]\d[A-Za-z])[ -]?(\d[A-Za-z]\d)")
# « 1234 rue », not « 1234, rue » nor « 1234 A ».
NUMBER_WITHOUT_COMMA = re.compile(r"^(\d+(?:-\d+)?[A-Za-z]?) (?=[^\W\d]{2})")


@dataclass(frozen=True)
class Addressee:
    """Who a letter is for, and where; what is unknown is empty."""

    name: str
    address: str = ""
    city: str = ""
    postal_code: str = ""


def address_lines(who: Addressee) -> tuple[str, ...]:
    """Return the lines of the envelope, from the name down; what is unknown leaves no empty line."""
    street = NUMBER_WITHOUT_COMMA.sub(r"\1, ", who.address.strip())
    lines = (who.name.strip(), *street.splitlines(), city_line(who.city, who.postal_code))
    return tuple(line.strip() for line in lines if line.strip())


def city_line(city: str, postal_code: str) -> str:
    """Town, province and postal code; the code is two no-break spaces away, as the OQLF asks."""
    code = _written_code(postal_code)
    province = PROVINCES.get(code[:1], "")
    place = f"{city.strip()} ({province})" if city.strip() and province and "(" not in city else city.strip()
    return f"{NO_BREAK}{NO_BREAK}".join(part for part in (place, code) if part)


def _written_code(postal_code: str) -> str:
    found = POSTAL_CODE.fullmatch(postal_code.strip())
    return f"{found[1]}{NO_BREAK}{found[2]}".upper() if found else postal_code.strip()
