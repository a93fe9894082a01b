"""The rows that the verbs rely on: the reasons and processes of art. 4.2, the codes of Annexe A; a town adds its own."""

from django.db import migrations

REASONS = (
    ("citizen", "Renseignement du citoyen", True),
    ("material", "Matériel ou pièce", False),
    ("weather", "Météo", False),
    ("contractor", "Entrepreneur", False),
    ("other_department", "Autre service", False),
)
# Our reading of the lost drawings of art. 4.2 (docs/policy-readings.md); the town corrects the rows in the admin.
SCHEMAS = (
    (
        "a",
        "Taxation, Loisirs",
        "none",
        "Le Technicien reçoit et classe. Le Responsable du service agit lui-même, souvent au téléphone : personne d'autre "
        "n'est nommé. Il complète la requête; le Technicien la ferme.",
        False,
    ),
    (
        "b",
        "Infrastructures",
        "expected",
        "Le Technicien reçoit et classe. Le secrétariat (travaux publics ou ingénierie) reçoit comme Responsable, vérifie "
        "le lieu et les doublons, nomme qui exécute et inscrit la date prévue. Le Surintendant ou l'Ingénieur en chef "
        "exécute et répond du suivi. L'un ou l'autre complète la requête; le Technicien la ferme.",
        True,
    ),
    (
        "c",
        "Autres services",
        "optional",
        "Le Technicien reçoit et classe. Le Responsable agit, ou nomme un intervenant de son service; une inspection est "
        "une date prévue. L'un ou l'autre complète la requête; le Technicien la ferme.",
        True,
    ),
)
CODES = (("238", "Demande complétée"),)


def add(apps, schema_editor):
    reasons, codes = apps.get_model("snippets", "WaitingReason"), apps.get_model("snippets", "InterventionCode")
    for order, (code, label, asks_citizen) in enumerate(REASONS, start=1):
        values = {"label": label, "asks_citizen": asks_citizen, "sort_order": order * 10}
        reasons.objects.get_or_create(code=code, defaults=values)
    for code, label in CODES:
        codes.objects.get_or_create(code=code, defaults={"label": label})
    schemas = apps.get_model("snippets", "ProcessSchema")
    for code, name, execution, explanation, executor_completes in SCHEMAS:
        values = {
            "name": name,
            "execution": execution,
            "explanation": explanation,
            "executor_completes": executor_completes,
        }
        schemas.objects.get_or_create(code=code, defaults=values)


class Migration(migrations.Migration):
    dependencies = [("snippets", "0001_initial")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop, elidable=False)]
