"""What someone chose to export, as the address and the form hold it: columns in their order, sheets, format."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intake.excel.column import Column
from intake.excel.columns import COLUMNS, chosen
from intake.models import ExportLayout
from intake.policy.exports import FileFormat, Sheets

from .listing import PAGE, SEARCH, SORT, TAB, Listing
from .searching import reference_in

COLUMN, SHOWN, SHEETS, FORMAT, LAYOUT = "c", "ordre", "feuilles", "format", "presentation"
RANK = "rang-"
SHEETS_WORDS = {"une": Sheets.ONE, "etat": Sheets.LIFE, "service": Sheets.DEPARTMENT}
WORD_OF = {sheets: word for word, sheets in SHEETS_WORDS.items()}
FORMATS = {each.value: each for each in FileFormat}
LAST_RANK = len(COLUMNS)


@dataclass(frozen=True)
class Choice:
    """Columns in the order wanted, and how the file is laid out."""

    columns: Sequence[Column]
    sheets: Sheets = Sheets.ONE
    format: FileFormat = FileFormat.XLSX

    @property
    def keys(self) -> list[str]:
        """The columns by key."""
        return [column.key for column in self.columns]


@dataclass(frozen=True)
class Line:
    """One column on the screen: ticked or not, its place as shown or as typed, and what is wrong with it."""

    column: Column
    picked: bool
    rank: str
    error: str = ""


def read_choice(params: QueryDict, allowed: Sequence[Column], *, otherwise: Choice) -> Choice:
    """Read a choice from an address or a form; what it does not say is as in `otherwise`."""
    columns = chosen(params.getlist(COLUMN), allowed) if COLUMN in params else otherwise.columns
    return Choice(
        columns=in_their_places(columns, params),
        sheets=SHEETS_WORDS.get(params.get(SHEETS, ""), otherwise.sheets),
        format=FORMATS.get(params.get(FORMAT, ""), otherwise.format),
    )


def of_layout(layout: ExportLayout, allowed: Sequence[Column]) -> Choice:
    """Return what a layout, or the trace of an export, chose, less what does not exist for whoever asks."""
    return Choice(chosen(layout.columns, allowed), Sheets(layout.sheets), FileFormat(layout.format))


def in_their_places(columns: Sequence[Column], params: QueryDict) -> list[Column]:
    """Move each column to the place typed beside it; the others keep their order around it.

    A column typed at the place of another comes before it when it moves up, after it when it moves down: it is then
    where its number says.
    """
    if SHOWN not in params:
        return list(columns)
    shown = {key: place for place, key in enumerate(params[SHOWN].split(","), start=1)}

    def place(column: Column) -> float:
        typed, before = params.get(RANK + column.key, "").strip(), shown.get(column.key, LAST_RANK + 1)
        rank = before if not typed or _rank_error(typed) else int(typed)
        return rank + (rank > before) / 2 - (rank < before) / 2

    return sorted(columns, key=place)


def lines(choice: Choice, allowed: Sequence[Column]) -> list[Line]:
    """List every column for the screen: those chosen in their order and numbered, then the others."""
    picked = [Line(column, True, str(place)) for place, column in enumerate(choice.columns, start=1)]
    return picked + [Line(column, False, "") for column in allowed if column not in choice.columns]


def typed_lines(params: QueryDict, allowed: Sequence[Column]) -> list[Line]:
    """List the columns as the form was sent, with what is wrong beside the number concerned."""
    order = {key: place for place, key in enumerate(params.get(SHOWN, "").split(","))}
    picked = set(params.getlist(COLUMN))
    found = []
    for column in sorted(allowed, key=lambda each: order.get(each.key, LAST_RANK)):
        typed = params.get(RANK + column.key, "").strip()
        wanted = column.key in picked or column.stays_in_sight
        found.append(Line(column, wanted, typed, _rank_error(typed) if wanted else ""))
    return found


def _rank_error(typed: str) -> str:
    if not typed or (typed.isascii() and typed.isdigit() and 1 <= int(typed) <= LAST_RANK):
        return ""
    return _("Écrivez un nombre de 1 à %(last)d.") % {"last": LAST_RANK}


def list_params(params: QueryDict) -> QueryDict:
    """Keep the parameters of the list, without its page and without the choice."""
    kept = params.copy()
    for name in (PAGE, COLUMN, SHEETS, FORMAT, LAYOUT):
        kept.pop(name, None)
    return kept


def address_of(route: str, listed: QueryDict, choice: Choice, *, layout: int | None = None) -> str:
    """Return an address that holds the list and the choice, so that both can be kept and sent."""
    return _address(route, listed, choice.keys, choice.sheets, choice.format, layout)


def address_of_layout(layout: ExportLayout) -> str:
    """Return the address that uses a layout, whole: what no longer exists is left out, and said, where it leads."""
    sheets, file_format = Sheets(layout.sheets), FileFormat(layout.format)
    return _address("intake_export:choose", list_of_layout(layout), layout.columns, sheets, file_format, layout.pk)


def _address(
    route: str, listed: QueryDict, keys: Iterable[str], sheets: Sheets, file_format: FileFormat, layout: int | None
) -> str:
    params = listed.copy()
    params.setlist(COLUMN, list(keys))
    params[SHEETS], params[FORMAT] = WORD_OF[sheets], file_format.value
    if layout is not None:
        params[LAYOUT] = str(layout)
    return f"{reverse(route)}?{params.urlencode()}"


def layout_query(listing: Listing) -> str:
    """Return the address of the list for a layout: what is in force, nothing that is ignored, no searched words."""
    params = QueryDict(mutable=True)
    params[TAB] = listing.tab.key
    params.update(listing.filters.chosen)
    if listing.sort:
        params[SORT] = listing.sort
    return params.urlencode()


def list_of_layout(layout: ExportLayout) -> QueryDict:
    """Return the address of the list that a layout is taken from, its searched words included."""
    params = QueryDict(layout.query, mutable=True)
    if layout.search:
        params[SEARCH] = layout.search
    return params


def left_out(params: QueryDict, keys: Iterable[str], listing: Listing, allowed: Sequence[Column]) -> list[str]:
    """Say, one sentence each, what was asked for and this person does not have, or that exists no more.

    `params` is the address of the list, `keys` the columns asked for.
    """
    said = []
    known, offered = {column.key: column for column in COLUMNS}, {column.key for column in allowed}
    asked = dict.fromkeys(keys)
    kept_back = ", ".join(str(known[key].heading) for key in asked if key in known and key not in offered)
    gone = [key for key in asked if key not in known]
    if kept_back:
        said.append(_("Colonnes réservées à d'autres rôles : %(names)s.") % {"names": kept_back})
    if gone:
        words = ngettext("Une colonne n'existe plus.", "%(number)d colonnes n'existent plus.", len(gone))
        said.append(words % {"number": len(gone)})
    if params.get(TAB) and params[TAB] != listing.tab.key:
        said.append(_("La vue demandée n'existe pas pour vous. Voici « %(name)s ».") % {"name": listing.tab.label})
    if params.get(SORT) and not listing.sort:
        said.append(_("Le tri demandé n'existe pas pour vous."))
    said += [_("Filtre inconnu : %(name)s.") % {"name": name} for name in listing.filters.ignored()]
    return said


def in_words(listing: Listing) -> list[str]:
    """Say in words which list this is: the view, each filter in force, the words searched."""
    searched = [_("Recherche : « %(text)s »") % {"text": listing.search}] if listing.search else []
    if reference_in(listing.search) is not None:
        return searched  # a number is found whatever the view and the filters
    words = [_("Vue : %(name)s") % {"name": listing.tab.label}]
    return words + [listing.filters.words_of(name) for name in listing.filters.chosen] + searched


def labelled(words: Mapping[str, Any], labels: Mapping[str, Any], current: Any) -> list[dict[str, Any]]:
    """List the radio buttons of a choice: the word of the address, its label, whether it is the one in force."""
    return [{"word": word, "label": labels[each.value], "picked": each is current} for word, each in words.items()]
