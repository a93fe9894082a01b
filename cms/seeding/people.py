"""Citizens who don't exist: common names, invented streets, telephone numbers and addresses reserved for examples."""

import unicodedata
from random import Random

from intake.policy.vocabulary import Kind
from intake.process import Contact

from .files import read

CITY, POSTAL_CODES = "Val-des-Érables", ("J0V 0V0", "J0V 0V1", "J0V 0V2", "J0V 0V3")
WITH_EMAIL = 0.75
# Reserved for fiction: 555-0100 to 555-0199.
FICTION = range(120, 200)
LONGEST_NUMBER = 1500


class People:
    """Draws the same citizens again from the same seed."""

    def __init__(self, rng: Random) -> None:
        self._rng, self._words = rng, read("people")

    def contact(self, kind: Kind) -> Contact:
        """Return someone who files this kind; an inquiry asks for no address, a complaint and an access request for e-mail."""
        first, last = self._rng.choice(self._words["first_names"]), self._rng.choice(self._words["last_names"])
        needs_email = kind in {Kind.COMPLAINT, Kind.ACCESS_REQUEST}
        has_email = needs_email or self._rng.random() < WITH_EMAIL
        asks_address = kind is not Kind.INQUIRY
        return Contact(
            first_name=first,
            last_name=last,
            email=f"{_ascii(first)}.{_ascii(last)}{self._rng.randrange(100)}@example.com" if has_email else "",
            phone=f"{self._rng.choice(self._words['area_codes'])} 555-0{self._rng.choice(FICTION)}",
            address=self.address() if asks_address else "",
            city=CITY if asks_address else "",
            postal_code=self._rng.choice(POSTAL_CODES) if asks_address else "",
        )

    def address(self) -> str:
        """Return a civic address."""
        return f"{self._rng.randrange(1, LONGEST_NUMBER)}, {self._rng.choice(self._words['streets'])}"

    def place(self) -> str:
        """Return where something happens: an address, or a crossing."""
        one, other = self._rng.sample(self._words["streets"], 2)
        return self.address() if self._rng.random() < WITH_EMAIL else f"Angle {one} et {other}"


def _ascii(name: str) -> str:
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return "".join(character for character in bare.lower() if character.isalpha())
