"""Put in place what any town needs on its first day, production included: groups, roles and message texts."""

from typing import Any

from django.core.management.base import BaseCommand

from cms.roles import ensure_roles
from cms.seeding.ledger import Ledger
from cms.seeding.messages import seed_messages


class Command(BaseCommand):
    help = "Crée les groupes et les textes de messages de départ. Sans risque à relancer; n'écrase rien."

    def handle(self, *args: Any, **options: Any) -> None:
        ensure_roles()
        seed_messages(Ledger())
        self.stdout.write("Contenu de départ en place.")
