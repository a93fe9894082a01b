"""What the tests use: the real parts, made quick. Each line has its reason."""

import tempfile
from pathlib import Path

from .base import *
from .base import DATABASES, POST_OFFICE, STORAGES

DEBUG = False
SECRET_KEY = "tests-only"  # noqa: S105 - never used outside the tests
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
DEMONSTRATION = True
SHOW_TRACEBACKS = True  # an error must fail the test, not become a page
# Hashing slowly is a property of production, not of the rules under test.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Files of the tests go away with the machine.
_TEMPORARY = Path(tempfile.mkdtemp(prefix="guichet-tests-"))
VAR = _TEMPORARY
MEDIA_ROOT = _TEMPORARY / "media"
STORAGES["private"]["OPTIONS"]["location"] = str(_TEMPORARY / "private")
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
POST_OFFICE["BACKENDS"] = {"default": EMAIL_BACKEND}
# A cache of its own for each process of the tests.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
DATABASES["default"]["CONN_MAX_AGE"] = 0
# A file rather than memory, so that two writers are two connections, as in life.
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": str(_TEMPORARY / "tests.sqlite3")}
AXES_ENABLED = False  # tests log in without a request; the test of the lock-out switches it on
WHITENOISE_AUTOREFRESH = True
