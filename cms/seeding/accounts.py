"""The demonstration accounts, and the employees behind them; the commands refuse this outside demonstration."""

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import transaction

from cms.demonstration import ACCOUNTS, PASSWORD, Account
from intake.policy.roles import GROUP_NAMES
from snippets.models import Employee

from .files import read
from .ledger import Ledger

EXAMPLE_DOMAIN = "val-des-erables.example"


@transaction.atomic
def seed_accounts(ledger: Ledger) -> None:
    """Create each account once, in its group, tied to its employee; a password that was changed stays changed."""
    people = {row["account"]: row for row in read("employees")["employee"] if "account" in row}
    taken = set(get_user_model().objects.values_list("username", flat=True))
    # One public password, hashed once: nine slow hashes would be a third of the seeding.
    password = make_password(PASSWORD)
    accounts = {account.username: account for account in ACCOUNTS}
    for username, account in ((name, accounts[name]) for name in ledger.all_new("account", accounts)):
        if username not in taken:
            _create(account, people.get(username), password)


def _create(account: Account, person: dict[str, str] | None, password: str) -> None:
    user = get_user_model().objects.create(
        username=account.username,
        email=person["email"] if person else f"{account.username}@{EXAMPLE_DOMAIN}",
        password=password,
        first_name=person["first_name"] if person else "",
        last_name=person["last_name"] if person else "",
        is_staff=account.superuser,
        is_superuser=account.superuser,
    )
    user.groups.add(Group.objects.get(name=GROUP_NAMES[account.role]))
    if person:
        Employee.objects.filter(email=person["email"], user__isnull=True).update(user=user)
