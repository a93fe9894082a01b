"""An inquiry says what it is (art. 4.1): the column, empty for now."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0003_designations_are_signed")]

    operations = [
        migrations.AddField(
            model_name="case",
            name="inquiry_type",
            field=models.CharField(
                blank=True,
                choices=[
                    ("information", "Question"),
                    ("suggestion", "Suggestion"),
                    ("comment", "Commentaire"),
                    ("compliment", "Félicitations"),
                ],
                default="",
                max_length=12,
                verbose_name="sorte de message",
            ),
        ),
    ]
