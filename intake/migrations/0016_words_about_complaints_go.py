"""Complaints that exist: letters and earlier notes are sealed; where nothing was proven, what staff wrote is destroyed."""

import json
from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Q

from intake.policy.signature import SignedText

SUPPLIED = ("supplied", "supplied_files")
WITHOUT_FOUNDATION = ("unfounded", "inadmissible", "withdrawn")


def seal_letters(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Move the text of each letter about a complaint to its sealed place."""
    for letter in apps.get_model("intake", "PostalLetter").objects.filter(kind="complaint").exclude(body=""):
        letter.sealed_body, letter.body = letter.body, ""
        letter.save(update_fields=["body", "sealed_body"])


def open_letters(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put them back in clear."""
    for letter in apps.get_model("intake", "PostalLetter").objects.filter(kind="complaint"):
        letter.body, letter.sealed_body = letter.sealed_body, ""
        letter.save(update_fields=["body", "sealed_body"])


def seal_history(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take into the log what was noted before the file was a complaint."""
    acts = apps.get_model("intake", "Intervention").objects.filter(case__kind="complaint")
    for act in acts.select_related("event"):
        _log(apps, act.event, "note", f"{act.code_id} – {act.done_on} – {act.phone_extension}\n{act.internal_note}")
        act.delete()
    for event in apps.get_model("intake", "CaseEvent").objects.filter(case__kind="complaint"):
        words = [event.changes.get("supplied", ""), *event.changes.get("supplied_files", ())]
        _log(apps, event, "note", event.internal_note)
        _log(apps, event, "supplied", "\n".join(word for word in words if word))
        if event.internal_note or any(key in event.changes for key in (*SUPPLIED, "asked_by")):
            spoke = any(key in event.changes for key in (*SUPPLIED, "asked_by"))
            event.internal_note, event.changes = "", {} if spoke else event.changes
            event.save(update_fields=["internal_note", "changes"])


def _log(apps: Apps, event: Any, what: str, note: str) -> None:
    if note.strip():
        apps.get_model("intake", "InvestigationEntry").objects.create(
            case_id=event.case_id,
            event=event,
            what=what,
            at=event.at,
            by_id=event.by_id,
            by_label=event.by_label,
            note=note,
        )


def destroy_words(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Destroy what designates someone or was written by staff, where the complaint ended without foundation."""
    ended = Q(finding="unfounded") | ~Q(rejection="") | Q(case__status__in=WITHOUT_FOUNDATION)
    entries = apps.get_model("intake", "InvestigationEntry").objects
    for file in apps.get_model("intake", "ComplaintFile").objects.filter(ended):
        by_citizen = Q(what="supplied", by__isnull=True, by_label="Citoyen")
        entries.filter(case_id=file.case_id).exclude(by_citizen).update(note="")
        apps.get_model("intake", "AccusedEmployee").objects.filter(case_id=file.case_id).delete()
        intact = _digest(apps, file) == file.text_hash
        file.target = file.concerned = file.file_names = file.internal_reasons = ""
        if file.text_hash and intact:
            file.text_hash = _digest(apps, file)
        file.save()


def _digest(apps: Apps, file: Any) -> str:
    files = apps.get_model("intake", "Attachment").objects.filter(case_id=file.case_id, added_at__lte=file.signed_at)
    text = SignedText(
        facts=file.words,
        concerned=file.concerned,
        facts_from=file.facts_from,
        facts_on=file.facts_on,
        answers=json.loads(file.answers) if file.answers else [],
        file_hashes=[one.sha256 for one in files.order_by("pk")] if file.signed_at else [],
        declaration=file.declaration,
        signer_name=file.signer_name,
    )
    return text.digest()


class Migration(migrations.Migration):
    dependencies = [("intake", "0015_words_about_complaints_can_go")]

    operations = [
        migrations.RunPython(seal_letters, open_letters),
        migrations.RunPython(seal_history, migrations.RunPython.noop),
        migrations.RunPython(destroy_words, migrations.RunPython.noop),
    ]
