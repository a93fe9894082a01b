"""Words about a complaint can be emptied, never rewritten (art. 4.4.1); its letters get a sealed place (art. 4.5)."""

from django.db import migrations, models

import intake.models.append_only
import intake.models.sealed


class Migration(migrations.Migration):
    dependencies = [("intake", "0014_contact_details_are_corrected")]

    operations = [
        migrations.RemoveConstraint(model_name="caseevent", name="event_is_never_edited"),
        migrations.RemoveConstraint(model_name="investigationentry", name="investigation_is_never_rewritten"),
        migrations.RemoveConstraint(model_name="postalletter", name="letter_is_never_rewritten"),
        migrations.RemoveConstraint(model_name="complaintfile", name="complaint_unfounded_targets_nobody"),
        migrations.RemoveConstraint(model_name="complaintfile", name="complaint_finding_has_reasons"),
        migrations.AddField(
            model_name="postalletter",
            name="sealed_body",
            field=intake.models.sealed.SealedTextField(blank=True, default="", verbose_name="texte scellé"),
        ),
        migrations.AlterField(
            model_name="postalletter", name="body", field=models.TextField(blank=True, verbose_name="texte")
        ),
        migrations.AddConstraint(
            model_name="caseevent",
            constraint=intake.models.append_only.AppendOnly(
                erasable=("internal_note", "changes"), name="event_is_never_edited"
            ),
        ),
        migrations.AddConstraint(
            model_name="investigationentry",
            constraint=intake.models.append_only.AppendOnly(
                erasable=("note",), name="investigation_is_never_rewritten"
            ),
        ),
    ]
