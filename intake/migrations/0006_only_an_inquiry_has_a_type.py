"""Only an inquiry has a type, and each has one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0005_inquiries_get_their_type")]

    operations = [
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("inquiry_type__in", ["information", "suggestion", "comment", "compliment"]), ("kind", "inquiry")
                )
                | (~models.Q(("kind", "inquiry")) & models.Q(("inquiry_type", ""))),
                name="case_only_an_inquiry_has_a_type",
            ),
        ),
    ]
