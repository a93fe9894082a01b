"""What staff must write down when they file for a citizen (art. 4.1, 4.3), and who may do it (§3)."""

from collections.abc import Collection

from .roles import Actor, Role
from .vocabulary import Channel, Kind

# Art. 4.3: « nom, adresse complète et numéro de téléphone ». What another kind needs to be acted upon at all.
REQUIRED_CONTACT = {
    Kind.REQUEST: ("last_name", "address", "city", "phone"),
    # Art. 4.1: « peut être gérée au premier contact »; nobody gives an address to ask for opening hours.
    Kind.INQUIRY: (),
    # Art. 4.4 asks for full contact details, but a person decides whether a letter is admissible, never a form.
    Kind.COMPLAINT: (),
    Kind.CLAIM: ("last_name", "address", "city"),
    Kind.ACCESS_REQUEST: ("last_name", "address", "city"),
}
# How a demand reaches the technician, the commonest first; the web and the field have doors of their own.
COUNTER_CHANNELS = (
    Channel.PHONE,
    Channel.COUNTER,
    Channel.EMAIL,
    Channel.POST,
    Channel.SOCIAL,
    Channel.COUNCIL,
)


def missing_contact(kind: Kind, given: Collection[str], *, is_danger: bool = False) -> tuple[str, ...]:
    """Name what must still be asked of whoever files; nothing when people or goods are in danger (art. 4.1)."""
    if is_danger and kind is Kind.REQUEST:
        return ()
    required = REQUIRED_CONTACT[kind]
    # A telephone without a name calls nobody.
    if given and "last_name" not in required:
        required = ("last_name", *required)
    return tuple(name for name in required if name not in given)


def needs_letter(kind: Kind) -> bool:
    """Say whether staff file it from a paper only: a complaint is « formulée par écrit et signée » (art. 4.1)."""
    return kind is Kind.COMPLAINT


def may_register(actor: Actor) -> bool:
    """Say whether the actor files for a citizen at the counter or on the telephone (art. 4.1: the technician)."""
    return actor.has_any({Role.TECHNICIAN})


def may_note(actor: Actor, *, is_employee: bool) -> bool:
    """Say whether the actor sends a note from the field (art. 4.3: « tous les employés de la Ville »)."""
    return is_employee or actor.has_any({Role.EMPLOYEE})
