"""The officials' list as a PDF that is pleasant to read: three charts, then the two lists (art. 4.1); tagged, in French."""

import json
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from intake.policy.council import CouncilData, CouncilLine
from snippets.french_dates import date_format
from snippets.models import TownSettings

from .pdf import compiled

TEMPLATE = "council.typ"


def as_pdf(data: CouncilData, town: TownSettings, *, title: str, day: str) -> bytes:
    """Print the list of a month; the same data gives the same bytes. `day` says in words when it was made."""
    return compiled(TEMPLATE, {"data": json.dumps(_content(data, town, title, day))})


def _content(data: CouncilData, town: TownSettings, title: str, day: str) -> dict[str, Any]:
    introduction = _(
        "Ce document montre les requêtes encore ouvertes en date du %(day)s et celles complétées dans le mois. "
        "Il ne contient aucun renseignement personnel."
    )
    return {
        "title": title,
        "town": town.name,
        "colour": town.brand_colour,
        "introduction": introduction % {"day": day},
        "none": _("Aucune."),
        "charts": [_rhythm(data), _left(data), _done(data)],
        "tables": [
            _table(_("Requêtes ouvertes"), data.open, _("Échéance"), _("Retard (jours ouvrés)")),
            _table(_("Requêtes complétées dans le mois"), data.completed, _("Faite le"), _("Jours ouvrés")),
            {
                "title": _("Autres dossiers reçus dans le mois"),
                "columns": [3, 2],
                "headings": [_("Sorte"), _("Nombre")],
                "rows": [list(pair) for pair in data.confidential],
            },
        ],
    }


def _rhythm(data: CouncilData) -> dict[str, Any]:
    rows = [
        {"label": month, "values": [[received, "accent"], [completed, "pale"]]}
        for month, received, completed in data.year
    ]
    legend = [[_("Reçues"), "accent"], [_("Complétées"), "pale"]]
    return _chart(_("Requêtes reçues et complétées, douze derniers mois"), legend, rows)


def _left(data: CouncilData) -> dict[str, Any]:
    rows = [
        {"label": row.department, "values": [[row.open, "accent"], [row.overdue, "warn"]]} for row in data.departments
    ]
    return _chart(_("Requêtes ouvertes, par service"), [[_("Ouvertes"), "accent"], [_("Dont en retard"), "warn"]], rows)


def _done(data: CouncilData) -> dict[str, Any]:
    rows = [
        {"label": row.department, "values": [[row.received, "accent"], [row.completed, "pale"]]}
        for row in data.departments
    ]
    legend = [[_("Reçues"), "accent"], [_("Complétées"), "pale"]]
    return _chart(_("Requêtes du mois, par service"), legend, rows)


def _chart(title: str, legend: list[list[str]], rows: list[dict[str, Any]]) -> dict[str, Any]:
    """A chart with its figures in words for whoever does not see it."""
    spoken = "; ".join(
        f"{row['label']} : "
        + ", ".join(f"{value[0]} {name[0].lower()}" for value, name in zip(row["values"], legend, strict=True))
        for row in rows
    )
    return {
        "title": title,
        "legend": legend,
        "rows": rows or [{"label": "–", "values": [[0, "accent"]]}],
        "alt": spoken or title,
    }


def _table(title: str, lines: tuple[CouncilLine, ...], day: str, days: str) -> dict[str, Any]:
    return {
        "title": f"{title} ({len(lines)})",
        "columns": [3, 5, 7, 3, 3, 4, 3],
        "headings": [_("Numéro"), _("Service"), _("Nature"), _("Reçue le"), day, _("État"), days],
        "rows": [
            [line.reference, line.department, line.nature, line.received_on, line.day, line.status, str(line.days)]
            for line in lines
        ],
    }


def day_words(iso_day: str) -> str:
    """« 1er juin 2026 »."""
    return date_format(date.fromisoformat(iso_day), "j F Y")
