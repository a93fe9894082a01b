"""The door of the web server (gunicorn cms.wsgi)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")

application = get_wsgi_application()

from cms.demonstration import refuse_demonstration_accounts  # noqa: E402 - after the set-up, before the first request

refuse_demonstration_accounts()
