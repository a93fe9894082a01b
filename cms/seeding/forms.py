"""The five form pages of the contract: /demandes/requete/ and its neighbours."""

from typing import Any

from intake.forms.models import RequestFormPage

from .body import Writer
from .files import read
from .tree import Planned

TEXTS = ("introduction", "to_have", "next_steps")


def planned_forms() -> list[Planned]:
    """The form pages in the order of the site."""
    return [_form(row) for row in read("forms")["form"]]


def _form(row: dict[str, Any]) -> Planned:
    def fields(writer: Writer) -> dict[str, Any]:
        return {"kind": row["kind"], **{name: writer.rich(row[name]) for name in TEXTS}}

    return Planned(f"/demandes/{row['slug']}/", RequestFormPage, row["title"], fields)
