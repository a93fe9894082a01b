"""The grid and the availability board in the admin's menu, and what is refused before it is deleted."""

from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from snippets.admin.availability_menu import board_item, keys_item, own_item, scripts, styles
from snippets.admin.closures import ClosureViewSet
from snippets.admin.deletion import KeepingDeleteBulkAction, keep_what_is_used, refuse_when_in_use
from snippets.admin.departments import DepartmentViewSet
from snippets.admin.messages import MessageTextViewSet
from snippets.admin.natures import NatureViewSet
from snippets.admin.people import DesignationViewSet, EmployeeViewSet, ReadPolicy
from snippets.admin.process_schemas import ProcessSchemaViewSet
from snippets.admin.short_lists import (
    CompetentBodyViewSet,
    InterventionCodeViewSet,
    LegalProvisionViewSet,
    ReplyTextViewSet,
    WaitingReasonViewSet,
)
from snippets.models import Designation

# Before the list is registered: Wagtail takes the policy it finds then.
register_permission_policy(Designation, ReadPolicy(Designation), exact_class=True)


class GridViewSetGroup(SnippetViewSetGroup):
    """« Grille d'intervention »: what staff decide and everyone reads."""

    menu_label = _("Grille d'intervention")
    menu_name = "grid"
    menu_icon = "table"
    menu_order = 200
    items = (
        NatureViewSet,
        DepartmentViewSet,
        ProcessSchemaViewSet,
        EmployeeViewSet,
        DesignationViewSet,
        ClosureViewSet,
        MessageTextViewSet,
    )


class ShortListViewSetGroup(SnippetViewSetGroup):
    """« Listes de travail »: what staff choose from while they work on a file."""

    menu_label = _("Listes de travail")
    menu_name = "short-lists"
    menu_icon = "list-ul"
    menu_order = 210
    items = (
        WaitingReasonViewSet,
        InterventionCodeViewSet,
        ReplyTextViewSet,
        CompetentBodyViewSet,
        LegalProvisionViewSet,
    )


register_snippet(GridViewSetGroup)
register_snippet(ShortListViewSetGroup)
hooks.register("register_actions", keep_what_is_used)
hooks.register("before_delete_snippet", refuse_when_in_use)
# After Wagtail's own, so that ours takes its place.
hooks.register("register_bulk_action", KeepingDeleteBulkAction, order=10)
hooks.register("register_admin_urls", lambda: [path("", include("snippets.admin.availability_urls"))])
hooks.register("register_admin_menu_item", own_item)
hooks.register("register_admin_menu_item", board_item)
hooks.register("register_settings_menu_item", keys_item)
hooks.register("insert_global_admin_css", styles)
hooks.register("insert_global_admin_js", scripts)
