from django.db import migrations

import intake.models.folding


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0002_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="search_text",
            field=intake.models.folding.FoldedTextField(of=("facts", "location")),
        ),
        migrations.AddField(
            model_name="requester",
            name="search_text",
            field=intake.models.folding.FoldedTextField(
                of=("first_name", "last_name", "address", "city", "postal_code", "email")
            ),
        ),
    ]
