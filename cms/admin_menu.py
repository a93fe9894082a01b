"""The menu of the admin without what leads elsewhere or nowhere."""

from typing import NamedTuple

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

# They lead to another site, or describe the software rather than the town's work.
_HELP_ELSEWHERE = ("whats-new-in-wagtail", "editor-guide")
_REPORTS_OF_ENGINEERS = ("workflows", "workflow-tasks", "page-types-usage")
# Beyond, a laptop must scroll.
LONGEST_MENU = 14


class Fold(NamedTuple):
    """Words of the menu that go together, used once a week rather than all day."""

    name: str
    label: Promise
    icon: str
    order: int
    inside: tuple[str, ...]


FOLDS = (
    Fold("suivi", _("Suivi"), "history", 125, ("performance", "year", "council", "surveys")),
    Fold("equipe", _("Équipe"), "group", 126, ("own-status", "availability", "designations", "droits")),
)


def keep_help_at_home(request: HttpRequest, items: list[MenuItem]) -> None:
    """Wagtail's `construct_help_menu` hook."""
    items[:] = [item for item in items if not item.name.startswith(_HELP_ELSEWHERE)]


def keep_plain_reports(request: HttpRequest, items: list[MenuItem]) -> None:
    """Wagtail's `construct_reports_menu` hook."""
    if not request.user.is_superuser:
        items[:] = [item for item in items if item.name not in _REPORTS_OF_ENGINEERS]


def keep_versions_quiet(request: HttpRequest, items: list[MenuItem]) -> None:
    """Wagtail's `construct_main_menu` hook: the settings menu without the version of the software under it."""
    for position, item in enumerate(items):
        if item.name == "settings" and isinstance(item, SubmenuMenuItem):
            items[position] = SubmenuMenuItem(
                item.label, item.menu, name=item.name, icon_name=item.icon_name, order=item.order
            )


def fold_long_menu(request: HttpRequest, items: list[MenuItem]) -> None:
    """Wagtail's `construct_main_menu` hook: who has more words than the screen keeps the daily ones in sight.

    A menu that fits is left as it is: nobody clicks twice to reach one of five words.
    """
    if len(items) <= LONGEST_MENU:
        return
    for fold in FOLDS:
        inside = [item for item in items if item.name in fold.inside]
        if len(inside) > 1:
            menu = SubmenuMenuItem(
                fold.label, Menu(items=inside), name=fold.name, icon_name=fold.icon, order=fold.order
            )
            items[:] = [*(item for item in items if item not in inside), menu]
