"""A tracking code as it is said over the telephone: each letter with a word that begins with it."""

WORDS = {
    "B": "Bernard",
    "C": "Catherine",
    "D": "David",
    "F": "François",
    "G": "Gabriel",
    "H": "Hélène",
    "J": "Julie",
    "K": "Karine",
    "M": "Marie",
    "N": "Nicolas",
    "P": "Pierre",
    "Q": "Québec",
    "R": "Robert",
    "S": "Sophie",
    "T": "Thomas",
    "V": "Victor",
    "W": "William",
    "X": "Xavier",
    "Y": "Yves",
    "Z": "Zoé",
}


def spelled(code: str) -> list[list[tuple[str, str]]]:
    """Return the groups of the code, each sign with its word; a digit is its own word."""
    return [[(sign, WORDS.get(sign, "")) for sign in group] for group in code.split("-") if group]
