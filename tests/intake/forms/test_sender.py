"""Who sends, and how much: counted without following anyone; slowing never loses a draft (domain case 23)."""

from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone

from intake.forms.models import Draft
from intake.forms.sender import address_of, sender_of
from intake.models import Case, FailedLookup
from intake.policy.vocabulary import Kind

from .citizen import GOOD, errors_of, url_of

NOW = timezone.now()


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "", "192.0.2.1"),
        (0, "203.0.113.7", "192.0.2.1"),  # nobody is trusted: the header is hearsay
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "10.9.9.9, 203.0.113.7", "203.0.113.7"),  # what the citizen wrote himself comes before
        (2, "10.9.9.9, 203.0.113.7, 10.0.0.1", "203.0.113.7"),
        (2, "203.0.113.7", "192.0.2.1"),  # fewer entries than proxies: it did not come through them
    ],
)
def test_the_address_is_believed_as_far_as_the_proxies_are_trusted(settings, proxies, forwarded, expected):
    settings.TRUSTED_PROXIES = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    assert address_of(RequestFactory().get("/", headers=headers, REMOTE_ADDR="192.0.2.1")) == expected


def of(address, now=NOW):
    return sender_of(RequestFactory().get("/", REMOTE_ADDR=address), now)


def test_a_sender_is_a_hash_that_changes_each_day():
    assert of("192.0.2.1") == of("192.0.2.1")
    assert of("192.0.2.1") != of("192.0.2.2")
    assert of("192.0.2.1") != of("192.0.2.1", NOW + timedelta(days=1))
    assert len(of("192.0.2.1")) == 64


def test_a_household_with_a_whole_network_is_one_sender():
    assert of("2001:db8:1:2::1") == of("2001:db8:1:2:ffff::9")
    assert of("2001:db8:1:2::1") != of("2001:db8:1:3::1")


def test_the_secret_key_is_part_of_the_hash(settings):
    before = of("192.0.2.1")
    settings.SECRET_KEY = "another"
    assert of("192.0.2.1") != before


def count(door, citizen, number):
    sender = sender_of(RequestFactory().get("/", REMOTE_ADDR="127.0.0.1"), timezone.now())
    FailedLookup.objects.bulk_create(FailedLookup(door=door, sender=sender, at=timezone.now()) for _ in range(number))


@pytest.mark.django_db
def test_after_thirty_filings_in_an_hour_the_next_waits_and_its_draft_is_kept(citizen):
    count("filing", citizen, 29)
    assert citizen.file()
    draft = citizen.fill()
    refused = citizen.send(draft)
    assert refused.status_code == 429
    assert "réessayez dans une heure, ou téléphonez-nous" in errors_of(refused)[0]
    assert Case.objects.count() == 1
    FailedLookup.objects.filter(door="filing").update(at=timezone.now() - timedelta(minutes=61))
    assert citizen.send(draft).url == url_of(draft, "confirmation")


@pytest.mark.django_db
def test_after_many_forms_begun_the_next_waits_and_its_words_are_shown_again(citizen):
    count("draft", citizen, 90)
    refused = citizen.post("/demandes/commentaire/", GOOD[Kind.INQUIRY]["demande"])
    assert refused.status_code == 429
    assert "Plus de bancs." in refused.content.decode()
    assert not Draft.objects.exists()
