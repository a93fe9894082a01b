"""Art. 4.5: what a list showed of a request that became a complaint can go; the rest of its line is never rewritten."""

import intake.models.append_only
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("intake", "0018_words_of_before_a_reclassification")]

    operations = [
        migrations.RemoveConstraint(model_name="openrequestsline", name="line_is_never_edited"),
        migrations.AddConstraint(
            model_name="openrequestsline",
            constraint=intake.models.append_only.AppendOnly(
                name="line_is_never_rewritten", fields=("list", "position", "case", "case_version", "key")
            ),
        ),
    ]
