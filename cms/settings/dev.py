"""What `make run` uses: embedded defaults and demonstration content, nothing to install."""

from .base import *
from .base import EMAIL_CONFIG, POST_OFFICE, VAR, env

DEBUG = True
SECRET_KEY = env.str("SECRET_KEY", default="developpement-seulement-jamais-en-production")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["*"])
# The demonstration accounts exist only where this is true; production refuses both.
DEMONSTRATION = True
# A stack trace is for developers who ask for it: SHOW_TRACEBACKS=1. Others get the page in French.
SHOW_TRACEBACKS = env.bool("SHOW_TRACEBACKS", default=False)

if not env.str("EMAIL_URL", default=""):
    # Outgoing mail is written as .eml files under var/mail/.
    EMAIL_BACKEND = "cms.mail_files.EmailBackend"
    EMAIL_FILE_PATH = VAR / "mail"
    EMAIL_CONFIG["EMAIL_BACKEND"] = EMAIL_BACKEND
    POST_OFFICE["BACKENDS"] = {"default": EMAIL_BACKEND}

# Demonstration passwords are simple on purpose.
AUTH_PASSWORD_VALIDATORS: list[dict[str, str]] = []
