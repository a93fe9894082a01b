"""What tells who asks, taken out of a text for those who may not know it (art. 4.5; §3, « Requester identity »).

Whoever executes sees the place and the work. What staff write may hold a telephone on purpose (« phone if a call is
needed »); what the citizen wrote keeps no telephone and no e-mail, his or anyone's.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .cleaning import PHONE_IN_TEXT
from .redaction import pieces, plain

NAME, CONTACT = "(nom du citoyen)", "(coordonnées du citoyen)"
_WORD = re.compile(r"[^\W_]+")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_REPEATED = re.compile(rf"{re.escape(NAME)}(?:[\s.,'’-]*{re.escape(NAME)})+")


@dataclass(frozen=True)
class Veil:
    """What hides who asks. One that is not `drawn` leaves every text as it is; it hides too much rather than too little."""

    drawn: bool = False
    names: Sequence[str] = ()
    email: str = ""

    def staff(self, text: str) -> str:
        """Return what staff wrote, or a letter, without the citizen's name and e-mail."""
        if not self.drawn:
            return text
        known = re.sub(re.escape(self.email), CONTACT, text, flags=re.IGNORECASE) if self.email else text
        return self._without_names(known)

    def citizen(self, text: str) -> str:
        """Return what the citizen wrote, without his name nor any e-mail or telephone."""
        return self._without_names(PHONE_IN_TEXT.sub(CONTACT, _EMAIL.sub(CONTACT, text))) if self.drawn else text

    def _without_names(self, text: str) -> str:
        wanted = pieces(self.names)
        masked = _WORD.sub(lambda found: NAME if plain(found[0]) in wanted else found[0], text)
        return _REPEATED.sub(NAME, masked)


OPEN = Veil()
