"""A service chooses its process among the rows of 0006; the column keeps its letters."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("snippets", "0006_process_schemas")]

    operations = [
        migrations.AlterField(
            model_name='department',
            name='process_schema',
            field=models.ForeignKey(db_column='process_schema', default='c', on_delete=django.db.models.deletion.PROTECT, related_name='departments', to='snippets.processschema', to_field='code', verbose_name='processus'),
        ),
    ]
