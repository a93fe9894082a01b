"""The mail about a long export (R72): a link for its owner alone, never what the file holds (art. 4.5)."""

from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localtime

from intake.models import Export
from snippets.french_dates import date_format
from snippets.models import TownSettings

from .outbox import new_mail
from .texts import letter
from .values import absolute


def tell_ready(export: Export, *, until: datetime) -> None:
    """Tell the owner that the file can be fetched, and until when; an account without an address gets nothing."""
    owner = export.user
    if owner is None or not owner.email:
        return
    town = TownSettings.load()
    values = {
        "prenom": owner.first_name or owner.get_username(),
        "lien_exportation": absolute(reverse("intake_export:progress", args=[export.pk])),
        "fin_du_lien": date_format(localtime(until), r"j F Y, \à G \h i"),
        "ville": town.name,
    }
    new_mail(recipient=owner.email, letter=letter("R72", values), town=town)
