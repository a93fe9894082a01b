"""`load_start_content` gives a real town its groups and its message texts, and nothing of the demonstration."""

from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command

from intake.policy.roles import GROUP_NAMES
from snippets.message_codes import MESSAGE_CODES
from snippets.models import Department, MessageText

pytestmark = pytest.mark.django_db


def load():
    call_command("load_start_content", stdout=StringIO())


def test_start_content_when_loaded_in_production_has_texts_and_groups_and_no_account(settings):
    settings.DEMONSTRATION = False
    load()
    assert set(MessageText.objects.values_list("code", flat=True)) == set(MESSAGE_CODES)
    assert set(GROUP_NAMES.values()) <= set(Group.objects.values_list("name", flat=True))
    assert not get_user_model().objects.exists()
    assert not Department.objects.exists()


def test_start_content_when_a_text_existed_or_was_deleted_leaves_it_so():
    MessageText.objects.create(code="T2", subject="À nous", body="Nos mots.")
    load()
    MessageText.objects.filter(code="T8").delete()
    load()
    assert MessageText.objects.get(code="T2").subject == "À nous"
    assert not MessageText.objects.filter(code="T8").exists()
