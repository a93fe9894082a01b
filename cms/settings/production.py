"""What a town runs: everything comes from the environment, and what is missing stops the start, loudly."""

from django.core.exceptions import ImproperlyConfigured

from .base import *
from .base import CACHES, MIDDLEWARE, STORAGES, env  # noqa: F401

MINIMUM_SECRET_LENGTH = 50

DEBUG = env.bool("DEBUG", default=False)
if DEBUG:
    raise ImproperlyConfigured("DEBUG est actif : la production refuse de démarrer. Retirez la variable DEBUG.")

SECRET_KEY = env.str("SECRET_KEY", default="")
if len(SECRET_KEY) < MINIMUM_SECRET_LENGTH or SECRET_KEY.startswith(("developpement", "django-insecure", "tests-")):
    raise ImproperlyConfigured(
        "SECRET_KEY est absente, trop courte ou celle du développement : donnez une clé secrète d'au moins "
        f"{MINIMUM_SECRET_LENGTH} caractères."
    )

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS doit nommer les adresses du site, sans « * ».")

if not env.str("EMAIL_URL", default=""):
    raise ImproperlyConfigured("EMAIL_URL doit nommer le serveur de courriel : sans lui, aucun accusé ne part.")

DEMONSTRATION = False  # cms/wsgi.py refuses to start when a demonstration account is found
SHOW_TRACEBACKS = False

CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[f"https://{host}" for host in ALLOWED_HOSTS])
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=False)
if env.bool("BEHIND_PROXY", default=True):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
if env.str("MEDIA_URL_BACKEND", default=""):
    # s3://KEY:SECRET@host/bucket : private and public files go to one bucket under two prefixes.
    from cms.object_storage import storages_from

    STORAGES.update(storages_from(env.str("MEDIA_URL_BACKEND")))
