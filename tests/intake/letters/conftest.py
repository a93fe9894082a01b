"""A town that writes letters."""

import pytest
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file

from cms.seeding.files import read
from snippets.models import TownSettings


@pytest.fixture
def town(db):
    """The town of the demonstration."""
    TownSettings.objects.all().delete()
    return TownSettings.objects.create(**read("town"))


@pytest.fixture
def logo(town):
    town.logo = Image.objects.create(title="Armoiries", file=get_test_image_file(size=(300, 100)))
    town.save()
    return town.logo
