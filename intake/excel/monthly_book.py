"""The workbook of a monthly list (art. 4.1, 4.2): what is known of each request, and columns to answer in.

The values shown are frozen when the list leaves. What is known is locked; the answers have drop-down lists and dates
that Excel checks by itself; a hidden column carries the key of each line, so that rows may be sorted or deleted.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from intake.models import Case, OpenRequestsLine, OpenRequestsList
from intake.policy.clocks import local_day
from intake.policy.list_answers import Column
from snippets.french_dates import date_format

from .cells import plain_text
from .workbook import AS_TYPED, LEGAL_PAPER

if TYPE_CHECKING:
    from snippets.models import TownSettings


@dataclass(frozen=True)
class Heading:
    """A column of the list: its heading, its width in characters, and whether it holds a day or words kept as they are typed."""

    key: str
    title: str | Promise
    width: int
    is_day: bool = False
    is_note: bool = False


KNOWN = (
    Heading("reference", gettext_lazy("Numéro"), 12),
    Heading("nature", gettext_lazy("Nature"), 22),
    Heading("location", gettext_lazy("Lieu"), 24),
    Heading("facts", gettext_lazy("Exposé des faits"), 38),
    Heading("received", gettext_lazy("Reçue le"), 11, is_day=True),
    Heading("due", gettext_lazy("Échéance"), 11, is_day=True),
    Heading("status", gettext_lazy("État"), 16),
    Heading("executor", gettext_lazy("Exécution"), 16),
)
ANSWERS = (
    Heading(Column.DONE_ON.value, gettext_lazy("Complétée le"), 13, is_day=True),
    Heading(Column.REASON.value, gettext_lazy("En attente : raison"), 20),
    Heading(Column.PLANNED_ON.value, gettext_lazy("Action à venir : date"), 13, is_day=True),
    Heading(Column.PUBLIC_MESSAGE.value, gettext_lazy("Note au citoyen"), 30, is_note=True),
    Heading(Column.INTERNAL_NOTE.value, gettext_lazy("Note interne"), 30, is_note=True),
)
KEY = Heading("key", gettext_lazy("Clé (ne pas modifier)"), 26)
HEADINGS = (*KNOWN, *ANSWERS, KEY)
FIRST_ROW = 3  # from zero: a title, a line of instructions, the headings
FACTS_AT_MOST = 600
HELP_SHEET, LISTS_SHEET = gettext_lazy("Mode d'emploi"), "_listes"


def shown(case: Case, *, today: date) -> dict[str, Any]:
    """Return what the list says of a request: never who filed it (§3 of the domain notes). Days are ISO days."""
    facts = case.facts if len(case.facts) <= FACTS_AT_MOST else case.facts[: FACTS_AT_MOST - 1] + "…"
    return {
        "reference": case.reference,
        "nature": case.nature_name,
        "location": case.location,
        "facts": plain_text(facts).strip(),
        "received": local_day(case.received_at).isoformat(),
        "due": case.due_on.isoformat() if case.due_on else "",
        "status": str(case.get_status_display()) + (f" – {case.waiting_reason}" if case.waiting_reason_id else ""),
        "executor": str(case.executor) if case.executor_id else "",
        "late": case.is_overdue(on=today),
    }


def forgotten(values: dict[str, Any]) -> dict[str, Any]:
    """Return what a line keeps of a file that is no request any more: its number."""
    return {**dict.fromkeys(values, ""), "reference": values.get("reference", ""), "late": False}


def build(
    monthly: OpenRequestsList,
    lines: Sequence[OpenRequestsLine],
    *,
    town: "TownSettings",
    reasons: Sequence[str],
    made_at: datetime,
) -> bytes:
    """Return the workbook of a list; `reasons` are the labels of the town's reasons to wait, `made_at` is aware."""
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, **AS_TYPED})
    styles = _Styles(book, town.brand_colour)
    sheet = book.add_worksheet(_("Requêtes"))
    _set_up(sheet, monthly, styles)
    for row, line in enumerate(lines, start=FIRST_ROW):
        _write_line(sheet, row, line, styles)
    last = FIRST_ROW + len(lines) - 1
    _validate(sheet, last, len(reasons))
    sheet.autofilter(FIRST_ROW - 1, 0, last, len(HEADINGS) - 1)
    _write_help(book, monthly, town, styles)
    _write_reasons(book, reasons)
    title = _("Requêtes non complétées – %(service)s – %(month)s") % {
        "service": monthly.department.name,
        "month": date_format(monthly.due_on, "F Y"),
    }
    created = made_at.astimezone(UTC).replace(tzinfo=None)
    book.set_properties({"title": title, "author": town.name, "created": created})
    book.close()
    return out.getvalue()


class _Styles:
    """The formats of the workbook, made once."""

    def __init__(self, book: Workbook, colour: str) -> None:
        base = {"valign": "top", "text_wrap": True, "border": 1, "border_color": "#BFBFBF"}
        day = {"num_format": "yyyy-mm-dd", "align": "left"}
        answer = {"locked": False, "bg_color": "#FFFBE6"}
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.words = book.add_format({"text_wrap": True, "valign": "top"})
        self.heading = book.add_format(
            {**base, "bold": True, "bg_color": colour, "font_color": "#FFFFFF", "valign": "vcenter"}
        )
        self.answer_heading = book.add_format({**base, "bold": True, "bg_color": "#FFE58F", "valign": "vcenter"})
        self.known, self.known_day = book.add_format(base), book.add_format({**base, **day})
        self.late_day = book.add_format({**base, **day, "font_color": "#8C1D18", "bold": True})
        self.answer, self.answer_day = book.add_format({**base, **answer}), book.add_format({**base, **answer, **day})
        # As text: « 15/06 », « 1/2 » or « vrai » stay what was typed.
        self.note = book.add_format({**base, **answer, "num_format": "@"})

    def for_answer(self, heading: Heading) -> Format:
        """The format of a cell to answer in."""
        if heading.is_note:
            return self.note
        return self.answer_day if heading.is_day else self.answer


def _set_up(sheet: Worksheet, monthly: OpenRequestsList, styles: _Styles) -> None:
    sheet.write_string(0, 0, f"{monthly.department.name} – {date_format(monthly.due_on, 'F Y')}", styles.title)
    words = _("Répondez dans les colonnes jaunes d'ici le %(day)s : une seule réponse par requête.")
    sheet.write_string(1, 0, words % {"day": date_format(monthly.due_on, "j F Y")})
    for index, heading in enumerate(HEADINGS):
        style = styles.answer_heading if heading in ANSWERS else styles.heading
        sheet.set_column(index, index, heading.width, None, {"hidden": heading is KEY})
        sheet.write_string(FIRST_ROW - 1, index, str(heading.title), style)
    sheet.set_row(FIRST_ROW - 1, 32)
    sheet.freeze_panes(FIRST_ROW, 1)
    sheet.set_landscape()
    sheet.set_paper(LEGAL_PAPER)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(FIRST_ROW - 1)
    sheet.set_footer(f"&L{monthly.department.name.replace('&', '&&')} – {monthly.month}&R&P / &N")
    # Without a password: it guards against a slip, the way back checks every cell.
    allowed = ("autofilter", "sort", "format_cells", "format_columns", "format_rows", "delete_rows")
    sheet.protect("", dict.fromkeys(allowed, True))


def _write_line(sheet: Worksheet, row: int, line: OpenRequestsLine, styles: _Styles) -> None:
    for index, heading in enumerate(KNOWN):
        value = line.shown[heading.key]
        if heading.is_day and value:
            late = heading.key == "due" and line.shown.get("late")
            style = styles.late_day if late else styles.known_day
            sheet.write_datetime(row, index, datetime.fromisoformat(value), style)
        else:
            sheet.write_string(row, index, plain_text(value), styles.known)
    for index, heading in enumerate(ANSWERS, start=len(KNOWN)):
        sheet.write_blank(row, index, None, styles.for_answer(heading))
    sheet.write_string(row, len(HEADINGS) - 1, line.key, styles.known)


def _validate(sheet: Worksheet, last: int, reasons: int) -> None:
    """Drop-down lists and dates that Excel checks by itself."""
    place = {heading.key: index for index, heading in enumerate(HEADINGS)}

    def rule(column: Column, options: dict[str, Any], title: str, message: str) -> None:
        index = place[column.value]
        words = {"error_title": title, "error_message": message, "input_title": title, "input_message": message}
        sheet.data_validation(FIRST_ROW, index, last, index, {**options, **words})

    done = _("Le jour où le travail a été fait : aujourd'hui ou avant, comme 2026-05-25.")
    rule(Column.DONE_ON, {"validate": "date", "criteria": "<=", "value": "=TODAY()"}, _("Complétée le"), done)
    planned = _("Le jour prévu : aujourd'hui ou plus tard, comme 2026-05-25.")
    rule(Column.PLANNED_ON, {"validate": "date", "criteria": ">=", "value": "=TODAY()"}, _("Action à venir"), planned)
    if reasons:
        source = {"validate": "list", "source": f"='{LISTS_SHEET}'!$A$1:$A${reasons}"}
        rule(Column.REASON, source, _("En attente"), _("Choisissez une raison de la liste."))


def _write_help(book: Workbook, monthly: OpenRequestsList, town: "TownSettings", styles: _Styles) -> None:
    sheet = book.add_worksheet(str(HELP_SHEET))
    sheet.set_column(0, 0, 100, styles.words)
    paragraphs = (
        _("Chaque ligne est une requête de votre service encore ouverte, de la plus ancienne à la plus récente."),
        _("Pour chacune, donnez une seule réponse, dans les colonnes jaunes :"),
        _("• Complétée le : la date où le travail a été fait. Écrivez aussi une note interne (Annexe A)."),
        _(
            "• En attente : la raison, choisie dans la liste. Si vous attendez le citoyen, écrivez la question dans « Note au citoyen »."
        ),
        _("• Action à venir : la date prévue de l'intervention. Le citoyen en est avisé."),
        _(
            "La note au citoyen lui est envoyée telle quelle : soignez le ton et l'orthographe, et n'écrivez le nom d'aucun tiers."
        ),
        _("La note interne n'est jamais lue par le citoyen."),
        _("Vous pouvez filtrer, supprimer des lignes ou en laisser sans réponse. Ne changez pas les autres colonnes."),
        _(
            "Pour trier, ôtez d'abord la protection : menu Révision, « Ôter la protection de la feuille ». Il n'y a pas de mot de passe."
        ),
        _(
            "Enregistrez ce classeur, puis téléversez-le sur la page de la liste d'ici le %(day)s. Rien ne change avant que vous ayez vu et confirmé ce qui a été lu."
        )
        % {"day": date_format(monthly.due_on, "j F Y")},
        _("Une question? %(phone)s") % {"phone": town.phone or town.email or town.name},
    )
    sheet.write_string(0, 0, _("Comment répondre"), styles.title)
    for row, words in enumerate(paragraphs, start=2):
        sheet.write_string(row, 0, words, styles.words)
    sheet.set_paper(LEGAL_PAPER)


def _write_reasons(book: Workbook, reasons: Sequence[str]) -> None:
    sheet = book.add_worksheet(LISTS_SHEET)
    for row, label in enumerate(reasons):
        sheet.write_string(row, 0, plain_text(label))
    sheet.hide()


def column_letter(key: str) -> str:
    """The letter of a column as the workbook leaves, for people and tests."""
    return xl_col_to_name([heading.key for heading in HEADINGS].index(key))
