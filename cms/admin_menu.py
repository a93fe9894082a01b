"""The menu of the admin without what leads elsewhere or nowhere."""

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem, SubmenuMenuItem

# They lead to another site, or describe the software rather than the town's work.
_HELP_ELSEWHERE = ("whats-new-in-wagtail", "editor-guide")
_REPORTS_OF_ENGINEERS = ("workflows", "workflow-tasks", "page-types-usage")


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
