"""Production refuses to start on a default secret, on DEBUG, or on demonstration accounts; it says which."""

import os
import subprocess
import sys

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured

from cms.demonstration import PASSWORD, refuse_demonstration_accounts
from cms.object_storage import storages_from

GOOD = {
    "DJANGO_SETTINGS_MODULE": "cms.settings.production",
    "SECRET_KEY": "k" * 60,
    "ALLOWED_HOSTS": "guichet.ville.example",
    "EMAIL_URL": "smtp://courriel.ville.example:25",
}


def start(tmp_path, **changes):
    """Load the settings as a server would, in a process of its own; return its exit code and what it says."""
    environment = {"PATH": os.environ["PATH"], "GUICHET_VAR": str(tmp_path), **GOOD, **changes}
    environment = {name: value for name, value in environment.items() if value is not None}
    run = subprocess.run(
        [sys.executable, "-c", "from django.conf import settings; print(settings.DEBUG)"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return run.returncode, run.stderr


def test_production_when_everything_is_given_starts(tmp_path):
    assert start(tmp_path)[0] == 0


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"SECRET_KEY": None}, "SECRET_KEY"),
        ({"SECRET_KEY": "court"}, "SECRET_KEY"),
        ({"SECRET_KEY": "developpement-seulement-jamais-en-production" + "x" * 20}, "SECRET_KEY"),
        ({"SECRET_KEY": "django-insecure-" + "x" * 50}, "SECRET_KEY"),
        ({"DEBUG": "1"}, "DEBUG"),
        ({"ALLOWED_HOSTS": None}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"EMAIL_URL": None}, "EMAIL_URL"),
    ],
)
def test_production_when_something_is_missing_refuses_to_start_and_names_it(tmp_path, changes, word):
    code, said = start(tmp_path, **changes)
    assert code != 0
    assert f"ImproperlyConfigured: {word}" in said


@pytest.mark.django_db
def test_production_when_a_demonstration_account_opens_refuses_to_start(settings):
    settings.DEMONSTRATION = False
    user = get_user_model().objects.create_user("technicien", password=PASSWORD)
    with pytest.raises(ImproperlyConfigured, match="technicien"):
        refuse_demonstration_accounts()
    user.set_password("un autre mot de passe, long")
    user.save()
    refuse_demonstration_accounts()


def test_one_address_when_read_gives_two_private_prefixes_of_one_bucket():
    both = storages_from("s3://cle:secr%2Fet@objets.example:9000/guichet")
    assert {name: backend["OPTIONS"]["location"] for name, backend in both.items()} == {
        "default": "media",
        "private": "private",
    }
    assert both["private"]["OPTIONS"]["secret_key"] == "secr/et"
    assert both["private"]["OPTIONS"]["endpoint_url"] == "https://objets.example:9000"
    assert both["private"]["OPTIONS"]["default_acl"] == "private"


@pytest.mark.parametrize("address", ["", "http://a/b", "s3://host/bucket", "s3://k:s@host/", "s3://k:s@/bucket"])
def test_an_address_when_incomplete_is_refused(address):
    with pytest.raises(ValueError, match="s3://"):
        storages_from(address)
