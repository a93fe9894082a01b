"""The word to the citizen that goes with « action à venir » (T4), put in the texts that staff already keep."""

from django.db import migrations

WORD = "{information_demandeur}"


def put_in(apps, schema_editor):
    MessageText = apps.get_model("snippets", "MessageText")
    for text in MessageText.objects.filter(code="T4").exclude(body__contains=WORD):
        before, found, after = text.body.partition("{date_prevue}")
        rest, blank, end = after.replace("\r\n", "\n").partition("\n\n")
        text.body = f"{before}{found}{rest}\n\n{WORD}\n\n{end}" if found and blank else f"{text.body}\n\n{WORD}"
        text.save(update_fields=["body"])


def take_out(apps, schema_editor):
    MessageText = apps.get_model("snippets", "MessageText")
    for text in MessageText.objects.filter(code="T4", body__contains=WORD):
        text.body = text.body.replace(f"{WORD}\n\n", "").replace(WORD, "").rstrip()
        text.save(update_fields=["body"])


class Migration(migrations.Migration):
    dependencies = [("snippets", "0004_services_escalate")]
    operations = [migrations.RunPython(put_in, take_out)]
