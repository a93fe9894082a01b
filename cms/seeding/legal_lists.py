"""The articles of the law on which a refusal of access may rely (art. 4.6); the clerk checks and completes them."""

from django.db import transaction

from snippets.models import LegalProvision

from .files import read
from .ledger import Ledger


@transaction.atomic
def seed_provisions(ledger: Ledger) -> None:
    """Add the articles once; one that exists keeps its text."""
    rows = {row["article"]: row for row in read("provisions")["provision"]}
    for article in ledger.all_new("provision", rows):
        row = rows[article]
        values = {"title": row["title"], "text": row["text"].strip()}
        LegalProvision.objects.get_or_create(article=article, defaults=values)
