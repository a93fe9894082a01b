"""Keeping, renaming, sharing and deleting the layouts of exports; they hold choices, never rights (art. 4.5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from intake.models import ExportLayout, fold
from intake.models.exports import LONGEST_NAME, LONGEST_SEARCH, ExportLayoutQuerySet
from intake.policy.exports import FileFormat, Sheets, may_change_layout, may_delete_layout, may_share_layouts
from intake.policy.refusal import Refusal
from intake.policy.roles import EXPORTING_ROLES, Actor

from .steps import NotVisible, Refused

NAME, SHARED = "name", "shared"  # the fields that a refusal may concern


@dataclass(frozen=True)
class Draft:
    """What someone wants to keep: columns by key in their order, the address of the list, sheets and format.

    `search` holds the words searched, left out of a shared layout: they may name someone (art. 4.5).
    """

    columns: Sequence[str]
    query: str
    search: str = ""
    sheets: Sheets = Sheets.ONE
    format: FileFormat = FileFormat.XLSX


@transaction.atomic
def save_layout(*, draft: Draft, name: str, shared: bool, by: Actor, now: datetime) -> ExportLayout:
    """Keep a choice under a new name. Raises Refused for a name that is taken, or a role that may not share."""
    if by.user_id is None or not by.has_any(EXPORTING_ROLES):
        raise Refused(Refusal("4.5", _("Votre rôle ne permet pas d'exporter des demandes.")))
    layout = ExportLayout(owner_id=by.user_id, owner_label=by.label)
    _name(layout, name, shared=shared, by=by)
    return _keep(layout, draft, now)


@transaction.atomic
def replace_layout(*, pk: int, draft: Draft, by: Actor, now: datetime) -> ExportLayout:
    """Keep another choice under the name of one's own layout. Raises NotVisible for someone else's."""
    return _keep(_own(pk, by), draft, now)


@transaction.atomic
def rename_layout(*, pk: int, name: str, shared: bool, by: Actor, now: datetime) -> ExportLayout:
    """Give one's own layout another name, share it or stop. Raises NotVisible or Refused."""
    layout = _own(pk, by)
    _name(layout, name, shared=shared, by=by)
    if shared:
        layout.search = ""
    layout.changed_at = now
    layout.save()
    return layout


@transaction.atomic
def delete_layout(*, pk: int, by: Actor) -> None:
    """Delete one's own layout or, for the technician, a shared one; exports keep its name. Raises NotVisible."""
    layout = ExportLayout.objects.select_for_update().filter(pk=pk).first()
    if layout is None or not may_delete_layout(by, layout.owner_id, shared=layout.shared):
        raise NotVisible(str(pk))
    layout.delete()


def _own(pk: int, by: Actor) -> ExportLayout:
    layout = ExportLayout.objects.select_for_update().filter(pk=pk).first()
    if layout is None or not may_change_layout(by, layout.owner_id):
        raise NotVisible(str(pk))
    return layout


def _name(layout: ExportLayout, name: str, *, shared: bool, by: Actor) -> None:
    """Give it a name that people will not mistake for another one's: capitals and accents do not tell two apart."""
    layout.name, layout.shared = " ".join(name.split()), shared
    if not layout.name:
        raise Refused(Refusal("4.1", _("Donnez un nom à cette présentation."), NAME))
    if len(layout.name) > LONGEST_NAME:
        words = _("Ce nom est trop long : %(most)d caractères au plus.") % {"most": LONGEST_NAME}
        raise Refused(Refusal("4.1", words, NAME))
    if shared and not may_share_layouts(by):
        raise Refused(Refusal("4.5", _("Votre rôle ne permet pas de partager une présentation."), SHARED))
    others = ExportLayout.objects.exclude(pk=layout.pk)
    if _is_taken(layout.name, others.filter(owner_id=layout.owner_id)):
        raise Refused(Refusal("4.1", _("Vous avez déjà une présentation de ce nom. Choisissez-en un autre."), NAME))
    if shared and _is_taken(layout.name, others.filter(shared=True)):
        words = _("Une présentation partagée porte déjà ce nom. Choisissez-en un autre.")
        raise Refused(Refusal("4.1", words, NAME))


def _is_taken(name: str, layouts: ExportLayoutQuerySet) -> bool:
    return fold(name) in {fold(taken) for taken in layouts.values_list("name", flat=True)}


def _keep(layout: ExportLayout, draft: Draft, now: datetime) -> ExportLayout:
    layout.columns, layout.query = list(draft.columns), draft.query
    layout.search = "" if layout.shared else draft.search[:LONGEST_SEARCH]
    layout.sheets, layout.format, layout.changed_at = draft.sheets.value, draft.format.value, now
    layout.save()
    return layout
