"""Held by the database: no word about anyone where nothing was proven (art. 4.4.1), no letter of a complaint in clear."""

from django.db import migrations, models
from django.db.models import Q

import intake.models.append_only


class Migration(migrations.Migration):
    dependencies = [("intake", "0016_words_about_complaints_go")]

    operations = [
        migrations.AddConstraint(
            model_name="complaintfile",
            constraint=models.CheckConstraint(
                condition=~(Q(finding="unfounded") | ~Q(rejection=""))
                | Q(target="", concerned="", file_names="", internal_reasons=""),
                name="complaint_without_foundation_designates_nobody",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaintfile",
            constraint=models.CheckConstraint(
                condition=~Q(finding="founded") | ~Q(internal_reasons=""), name="complaint_founded_has_reasons"
            ),
        ),
        migrations.AddConstraint(
            model_name="postalletter",
            constraint=intake.models.append_only.AppendOnly(
                fields=("case", "event", "code", "kind", "subject", "body", "sealed_body", "made_at"),
                name="letter_is_never_rewritten",
            ),
        ),
        migrations.AddConstraint(
            model_name="postalletter",
            constraint=models.CheckConstraint(
                condition=Q(kind="complaint", body="") | (~Q(kind="complaint") & Q(sealed_body="")),
                name="letter_about_a_complaint_is_sealed",
            ),
        ),
    ]
