"""The texts of the messages, which any town needs from its first day."""

from django.db import transaction

from snippets.models import MessageText
from snippets.start_content import start_texts

from .ledger import Ledger


@transaction.atomic
def seed_messages(ledger: Ledger) -> None:
    """Add the texts that the staff may then edit; one that exists keeps its words."""
    texts = start_texts()
    for code in ledger.all_new("message", texts):
        subject, body = texts[code]
        MessageText.objects.get_or_create(code=code, defaults={"subject": subject, "body": body})
