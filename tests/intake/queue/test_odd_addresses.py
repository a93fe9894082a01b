"""What nobody types, but what addresses and forms may hold: read, refused in words, never an error of ours."""

import pytest
from django.db import DataError
from django.test import RequestFactory

from cms.middleware import ReadableAddressMiddleware
from intake.models import Case
from tests.intake.queue.steps import received, taken, words
from tests.intake.queue.test_bulk import BULK, choose, statuses
from tests.intake.queue.test_gestures import send

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/admin/demandes/", "/admin/demandes/nouvelle/", "/admin/exportations/nouvelle/"])
def test_a_search_with_a_nul_finds_what_the_words_around_it_say(enter, technician, recipient, nature, address):
    received(nature)
    assert enter(technician).get(address, {"q": "nid\x00de"}).status_code == 200


def test_an_address_that_the_database_can_not_look_for_is_refused_in_words():
    middleware = ReadableAddressMiddleware(lambda request: pytest.fail("not asked"))
    odd = RequestFactory().get("/admin/pages/search/", {"q": "a\x00b"})
    answer = middleware.process_exception(odd, DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes"))
    assert answer.status_code == 400
    assert "Envoi impossible à lire" in answer.content.decode()
    plain = RequestFactory().get("/admin/pages/search/", {"q": "ab"})
    assert middleware.process_exception(plain, DataError("something else")) is None


@pytest.mark.parametrize("key", ["9" * 5000, "-1", "²", "", "1e3"])
def test_a_nature_that_no_row_can_have_is_no_nature(enter, technician, recipient, nature, key):
    case = received(nature)
    answer = choose(enter(technician), "classify", [case], nature=key, etape="confirmer")
    assert answer.status_code == 200
    assert statuses([case]) == ["received"]


@pytest.mark.parametrize("version", ["9" * 5000, "", "²"])
def test_without_the_version_that_was_shown_a_file_is_not_touched(enter, technician, recipient, nature, version):
    """Two persons on one file: who does not say what she saw overwrites nothing."""
    case = received(nature)
    data = {"geste": "route", "demande": [case.reference], "etape": "confirmer", f"version-{case.reference}": version}
    client = enter(technician)
    shown = client.get(client.post(BULK, data).url)
    assert statuses([case]) == ["received"]
    assert case.reference in words(shown)
    assert Case.objects.get(pk=case.pk).version == case.version


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_of_another_age_is_refused_beside_its_field(enter, recipient, nature, day):
    case = taken(nature)
    answer = send(enter(recipient), case, "plan", planned_on=day)
    assert "Vérifiez l'année de cette date." in words(answer)
    assert Case.objects.get(pk=case.pk).planned_on is None
