"""Give words to the signatures of Annexe C that have only a date: they were given before Guichet kept how."""

from django.db import migrations

CARRIED_OVER = "signature reportée"


def carry_over(apps, schema_editor):
    designations = apps.get_model("snippets", "Designation").objects.using(schema_editor.connection.alias)
    for part in ("recipient", "head"):
        words = f"{part}_signature"
        unsaid = designations.filter(**{f"signed_by_{part}_on__isnull": False, words: ""})
        unsaid.update(**{words: CARRIED_OVER})


class Migration(migrations.Migration):
    dependencies = [("snippets", "0006_guides_are_approved")]

    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
