"""The rows that the verbs rely on: the reasons of art. 4.2 and the codes of Annexe A; a town adds its own."""

from django.db import migrations

REASONS = (
    ("citizen", "Renseignement du citoyen", True),
    ("material", "Matériel ou pièce", False),
    ("weather", "Météo", False),
    ("contractor", "Entrepreneur", False),
    ("other_department", "Autre service", False),
)
CODES = (("238", "Demande complétée"),)


def add(apps, schema_editor):
    reasons, codes = apps.get_model("snippets", "WaitingReason"), apps.get_model("snippets", "InterventionCode")
    for order, (code, label, asks_citizen) in enumerate(REASONS, start=1):
        values = {"label": label, "asks_citizen": asks_citizen, "sort_order": order * 10}
        reasons.objects.get_or_create(code=code, defaults=values)
    for code, label in CODES:
        codes.objects.get_or_create(code=code, defaults={"label": label})


class Migration(migrations.Migration):
    dependencies = [("snippets", "0001_initial")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop, elidable=False)]
