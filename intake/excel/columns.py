"""The columns of the queue. Words instead of stored codes; what identifies the requester is marked as such (art. 4.5)."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from intake.models.choices import CHANNEL_LABELS, INQUIRY_TYPE_LABELS, KIND_LABELS, PRIORITY_LABELS, STATUS_LABELS
from intake.policy.roles import IDENTITY_EXPORTING_ROLES, Actor
from intake.policy.vocabulary import Kind

from .answers import answers_text
from .cells import Cell
from .column import Column
from .old_numbers import old_numbers_text
from .today import Today


def _in_words(labels: Mapping[Any, Promise]) -> Callable[[Any], str]:
    """Return what turns a stored word into French; an unknown one stays as it is."""

    @cache
    def show(stored: Any) -> str:
        return str(labels.get(stored, stored))

    return show


def _joined_by(separator: str) -> Callable[..., str]:
    def show(*parts: str | None) -> str:
        return separator.join(part for part in parts if part)

    return show


def _first_given(*names: str | None) -> str:
    return next((name for name in names if name), "")


def _waiting(reason: str | None, note: str) -> str:
    return _joined_by(" – ")(reason, note)


def _late(status: str, due_on: date | None, stopped_on: date | None, *, today: Today) -> str:
    return _NO_OR_YES(today.days_late(status, due_on, stopped_on) is not None)


def _days_late(status: str, due_on: date | None, stopped_on: date | None, *, today: Today) -> int | None:
    return today.days_late(status, due_on, stopped_on)


def _recipient(
    kind: str, status: str, department: int, nature: int | None, first: str | None, last: str | None, *, today: Today
) -> str:
    return today.recipient(kind, status, department, nature, _full_name(first, last))


def _priority(kind: str, priority: str) -> str:
    """The priority of a request; the other kinds have none, on the screen neither."""
    return _PRIORITY(priority) if kind == Kind.REQUEST.value else ""


_PRIORITY = _in_words(PRIORITY_LABELS)
_NO_OR_YES = _in_words({False: _("Non"), True: _("Oui")})
_full_name = _joined_by(" ")
_CLOCK = ("status", "due_on", "clock_stopped_on")
_IN_HAND = (
    "kind",
    "status",
    "department_id",
    "nature_id",
    "designation__employee__first_name",
    "designation__employee__last_name",
)

COLUMNS = (
    Column("reference", _("Numéro"), Cell.TEXT, 13, ("reference",), stays_in_sight=True),
    Column("kind", _("Sorte"), Cell.TEXT, 30, ("kind",), _in_words(KIND_LABELS)),
    Column(
        "inquiry_type",
        _("Sorte de message"),
        Cell.TEXT,
        16,
        ("inquiry_type",),
        _in_words(INQUIRY_TYPE_LABELS),
        by_default=False,
    ),
    Column("status", _("État"), Cell.TEXT, 18, ("status",), _in_words(STATUS_LABELS)),
    Column("priority", _("Priorité"), Cell.TEXT, 14, ("kind", "priority"), _priority),
    Column("department", _("Service"), Cell.TEXT, 37, ("department__name",)),
    Column("nature_code", _("Code de nature"), Cell.TEXT, 10, ("nature__code",), by_default=False),
    Column("nature", _("Nature"), Cell.TEXT, 44, ("nature_name", "nature__name"), _first_given),
    Column("recipient", _("Responsable"), Cell.TEXT, 32, _IN_HAND, _recipient, asks_today=True),
    Column("channel", _("Canal"), Cell.TEXT, 14, ("channel",), _in_words(CHANNEL_LABELS), by_default=False),
    Column("received_at", _("Reçue le"), Cell.MOMENT, 17, ("received_at",)),
    Column(
        "target",
        _("Délai cible (jours ouvrés)"),
        Cell.INTEGER,
        12,
        ("target_working_days",),
        by_default=False,
    ),
    Column("due_on", _("Échéance"), Cell.DATE, 12, ("due_on",)),
    Column("stopped_on", _("Suspendue depuis le"), Cell.DATE, 12, ("clock_stopped_on",), by_default=False),
    Column("late", _("En retard"), Cell.TEXT, 9, _CLOCK, _late, asks_today=True),
    Column("days_late", _("Retard (jours)"), Cell.INTEGER, 10, _CLOCK, _days_late, asks_today=True),
    Column(
        "waiting", _("Raison de l'attente"), Cell.LONG_TEXT, 34, ("waiting_reason__label", "waiting_note"), _waiting
    ),
    Column("next_action_on", _("Prochaine action le"), Cell.DATE, 12, ("next_action_on",)),
    Column("done_on", _("Faite le"), Cell.DATE, 12, ("done_on",), by_default=False),
    Column("completed_at", _("Complétée le"), Cell.MOMENT, 17, ("completed_at",), by_default=False),
    Column("closed_at", _("Fermée le"), Cell.MOMENT, 17, ("closed_at",), by_default=False),
    Column("location", _("Lieu"), Cell.TEXT, 44, ("location",)),
    Column("facts", _("Exposé des faits"), Cell.LONG_TEXT, 54, ("facts",)),
    Column("answers", _("Réponses aux questions"), Cell.LONG_TEXT, 45, ("answers_given",), answers_text),
    Column(
        "requester",
        _("Demandeur"),
        Cell.TEXT,
        24,
        ("requester__first_name", "requester__last_name"),
        _full_name,
        identity=True,
    ),
    Column("phone", _("Téléphone"), Cell.TEXT, 16, ("requester__phone",), identity=True),
    Column("email", _("Courriel"), Cell.TEXT, 28, ("requester__email",), identity=True, by_default=False),
    Column(
        "address",
        _("Adresse du demandeur"),
        Cell.TEXT,
        36,
        ("requester__address", "requester__city", "requester__postal_code"),
        _joined_by(", "),
        identity=True,
        by_default=False,
    ),
    Column("old_numbers", _("Ancien numéro"), Cell.TEXT, 24, ("old_numbers",), old_numbers_text, by_default=False),
    Column("last_event_at", _("Dernière action"), Cell.MOMENT, 17, ("last_event_at",), by_default=False),
)


def columns_for(actor: Actor) -> list[Column]:
    """List the columns that exist for this actor; identities only for the roles that may take them out (art. 4.5)."""
    sees_identities = actor.has_any(IDENTITY_EXPORTING_ROLES)
    return [column for column in COLUMNS if sees_identities or not column.identity]


def without_identity() -> list[Column]:
    """List the columns that say nothing of the requester."""
    return [column for column in COLUMNS if not column.identity]


def chosen(keys: Iterable[str], allowed: Iterable[Column]) -> list[Column]:
    """Return the allowed columns named by `keys`, in the order of `keys`; the default ones when none is left.

    The number always comes, first unless it was put elsewhere: a row that can't be found again is of no use.
    """
    offered = {column.key: column for column in allowed}
    picked = [offered[key] for key in dict.fromkeys(keys) if key in offered]
    if not picked:
        return [column for column in offered.values() if column.by_default]
    return [column for column in offered.values() if column.stays_in_sight and column not in picked] + picked
