"""The demonstration accounts of the contract: created by seed_demo, refused outside demonstration."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured

from intake.policy.roles import Role

PASSWORD = "guichet-demo"  # noqa: S105 - public on purpose, refused outside DEBUG


@dataclass(frozen=True)
class Account:
    """One demonstration account: its name, its role and whose work it shows."""

    username: str
    role: Role
    department: str = ""
    superuser: bool = False


ACCOUNTS = (
    Account("communications", Role.COMMUNICATIONS, "EXP"),
    Account("technicien", Role.TECHNICIAN, "EXP"),
    Account("responsable.tp", Role.RECIPIENT, "TP"),
    Account("responsable.taxation", Role.RECIPIENT, "TRE"),
    Account("surintendant", Role.EXECUTOR, "TP"),
    Account("directeur", Role.DIRECTOR, "EXP"),
    Account("dg", Role.GENERAL_DIRECTOR),
    Account("greffe", Role.CLERK, "EXP"),
    Account("elu", Role.COUNCIL),
    Account("experience", Role.EXPERIENCE, "EXP"),
    Account("admin", Role.ADMINISTRATOR, superuser=True),
)


def demonstration_accounts_present() -> list[str]:
    """Name the active accounts that still open with the demonstration password."""
    names = [account.username for account in ACCOUNTS]
    users = get_user_model().objects.filter(username__in=names, is_active=True)
    return [user.get_username() for user in users if user.check_password(PASSWORD)]


def refuse_demonstration_accounts() -> None:
    """Stop the start of a production site that anyone could enter.

    Raises ImproperlyConfigured naming the accounts.
    """
    if settings.DEMONSTRATION:
        return
    present = demonstration_accounts_present()
    if present:
        raise ImproperlyConfigured(
            "Des comptes de démonstration existent dans cette base : "
            + ", ".join(present)
            + ". Désactivez-les ou changez leur mot de passe avant de démarrer."
        )
