"""What the technician types, and what the page then holds."""

from bs4 import BeautifulSoup

REGISTER = "/admin/demandes/nouvelle/"
FIELD = "/admin/terrain/"


def typed(**changes) -> dict:
    """A complete call about a pothole; None leaves a field out."""
    values = {
        "kind": "request",
        "channel": "phone",
        "first_name": "Lise",
        "last_name": "Tremblay",
        "phone": "450 555-0123",
        "address": "1234, rue des Exemples",
        "city": "Val-des-Érables",
        "postal_code": "J0R 1T0",
        "facts": "Un grand trou devant le 1234, depuis lundi.",
    }
    return {name: value for name, value in {**values, **changes}.items() if value is not None}


def noted(**changes) -> dict:
    """A complete field note."""
    values = typed(kind=None, channel=None, received_on="2026-06-01")
    return {name: value for name, value in {**values, **changes}.items() if value is not None}


def soup_of(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def errors_in(response) -> str:
    box = soup_of(response).select_one(".guichet-errors")
    return box.get_text(" ", strip=True) if box else ""
