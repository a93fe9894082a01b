"""The settings of the tests, with a database in a file and a stock Wagtail form to compare with."""

from cms.settings.test import *  # noqa: F403 - as every settings module
from cms.settings.test import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "wagtail.contrib.forms", "tests.bench.stockform"]
SHOW_TRACEBACKS = True
LOGGING = {"version": 1, "disable_existing_loggers": True, "root": {"handlers": [], "level": "CRITICAL"}}
