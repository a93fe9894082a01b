"""Inquiries that exist: what the citizen answered on the form, else a comment."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ASKED = ("information", "suggestion", "comment")


def say_what_each_is(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Copy the answer to « Votre message est », a comment where nobody was asked (telephone, e-mail)."""
    inquiries = apps.get_model("intake", "Case").objects.filter(kind="inquiry", inquiry_type="")
    answers = apps.get_model("intake", "Answer").objects.filter(key="inquiry_type")
    for asked in ASKED:
        inquiries.filter(pk__in=answers.filter(value=asked).values("case_id")).update(inquiry_type=asked)
    inquiries.update(inquiry_type="comment")


class Migration(migrations.Migration):
    dependencies = [("intake", "0004_inquiry_has_a_type")]

    operations = [migrations.RunPython(say_what_each_is, migrations.RunPython.noop)]
