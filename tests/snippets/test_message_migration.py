"""The word to the citizen is put in the T4 that staff already keep, where it reads well, and taken out again."""

from importlib import import_module

import pytest
from django.apps import apps

from snippets.models import MessageText

migration = import_module("snippets.migrations.0005_planned_message_carries_the_word")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "Bonjour,\n\nPrévue le {date_prevue}. À bientôt.\n\nMerci.",
            "Bonjour,\n\nPrévue le {date_prevue}. À bientôt.\n\n{information_demandeur}\n\nMerci.",
        ),
        ("Prévue le {date_prevue}.", "Prévue le {date_prevue}.\n\n{information_demandeur}"),
        ("Sans date.", "Sans date.\n\n{information_demandeur}"),
    ],
)
def test_a_text_of_the_staff_keeps_its_words_and_gains_the_variable(before, after):
    MessageText.objects.update_or_create(code="T4", defaults={"subject": "Prévue", "body": before})

    migration.put_in(apps, None)
    migration.put_in(apps, None)
    assert MessageText.objects.get(code="T4").body == after
    MessageText.objects.get(code="T4").clean()

    migration.take_out(apps, None)
    assert MessageText.objects.get(code="T4").body == before
