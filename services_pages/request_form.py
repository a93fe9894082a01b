"""Where a request is filed: found through the page tree, so that no setting has to be kept and no room imports another."""

from urllib.parse import urlencode

from django.http import HttpRequest
from wagtail.models import Page
from wagtail.query import PageQuerySet

from snippets.models import RequestNature

# The contract of the site: /demandes/requete/.
REQUEST_FORM_PATH = "/demandes/requete/"


def request_form(pages: PageQuerySet) -> Page | None:
    """The page of the request form among these pages; None before the town has published one."""
    return pages.filter(slug="requete", url_path__endswith=REQUEST_FORM_PATH).order_by("depth").first()


def form_address(form: Page, request: HttpRequest | None, nature: RequestNature | None = None) -> str:
    """Return the form's address, with the nature already chosen when there is one."""
    address = form.get_url(request) or ""
    return f"{address}?{urlencode({'nature': nature.code})}" if address and nature else address
