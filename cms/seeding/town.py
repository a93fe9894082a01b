"""The town itself: its settings and its closures. Messages are in messages.py, which a real town needs too."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from snippets.models import Closure, TownSettings

from .files import read
from .ledger import Ledger


@transaction.atomic
def seed_town(ledger: Ledger) -> None:
    """Fill the settings of the town once, unless someone has saved them before."""
    if not ledger.first_time("town") or TownSettings.objects.exists():
        return
    # The month before has its lists too: months.py writes them.
    begins = (timezone.localdate().replace(day=1) - timedelta(days=1)).replace(day=1)
    TownSettings.objects.create(**read("town"), lists_from=begins)


@transaction.atomic
def seed_closures(ledger: Ledger) -> None:
    """Add the sample closures of the offices."""
    rows = {f"{row['first']}/{row['last']}": row for row in read("closures")["closure"]}
    for name in ledger.all_new("closure", rows):
        row = rows[name]
        Closure.objects.get_or_create(first_on=row["first"], last_on=row["last"], defaults={"label": row["label"]})


def town_words() -> dict[str, str]:
    """The words in braces that page texts may use, as the town has them now."""
    town = TownSettings.load()
    return {"telephone_urgence": town.emergency_phone, "telephone_ville": town.phone}
