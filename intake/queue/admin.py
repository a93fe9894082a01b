"""The queue as wagtail-modeladmin knows it: declarations only; rows, filters and verbs live elsewhere."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, re_path
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin

from intake.models import Case, actor_for
from intake.policy.roles import identity_sights_of
from intake.policy.transitions import TRANSITIONS
from intake.policy.vocabulary import Verb

from .desk import has_sight
from .index import QueueView
from .rows import CaseColumns

BULK_ROLES = frozenset().union(*(t.roles for t in TRANSITIONS if t.verb in (Verb.CLASSIFY, Verb.ROUTE)))


class SightHelper(PermissionHelper):
    """Who has the queue: those who see some file (art. 4.5). Nobody creates, edits or deletes a file from here."""

    def user_can_list(self, user) -> bool:  # noqa: ANN001 - modeladmin's signature
        """Say whether the menu and the list exist for the account."""
        return has_sight(user)

    def user_can_create(self, user) -> bool:  # noqa: ANN001
        """A file is received by a form or a note, never here."""
        return False

    def user_can_edit_obj(self, user, obj) -> bool:  # noqa: ANN001
        """Only verbs change a file."""
        return False

    def user_can_delete_obj(self, user, obj) -> bool:  # noqa: ANN001
        """History is only added to."""
        return False


class CaseAdmin(CaseColumns, ModelAdmin):
    """« Demandes », first in the menu."""

    model = Case
    base_url_path = "demandes"
    menu_label = _("Demandes")
    menu_icon = "tasks"
    menu_order = 1
    permission_helper_class = SightHelper
    index_view_class = QueueView
    history_view_enabled = False
    list_per_page = 50
    # No column takes modeladmin's buttons: the number leads to our own page.
    list_display_add_buttons = "none"
    list_display = (
        "action_checkbox",
        "number_cell",
        "need_cell",
        "received_cell",
        "nature_cell",
        "place_cell",
        "requester_cell",
        "department_cell",
        "status_cell",
        "due_cell",
        "priority_cell",
    )
    empty_value_display = "–"
    index_view_extra_css = ["intake_queue/queue.css"]
    index_view_extra_js = ["intake_queue/queue.js"]

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        """Leave out what the role may not read or do."""
        actor = actor_for(request.user)
        hidden = set() if actor.everything or identity_sights_of(actor) else {"requester_cell"}
        if not actor.has_any(BULK_ROLES):
            hidden.add("action_checkbox")
        return tuple(name for name in self.list_display if name not in hidden)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Files that exist for the account."""
        return Case.objects.visible_to(request.user)

    def get_extra_attrs_for_field_col(self, obj: Case, field_name: str) -> dict[str, str]:
        """Name the column in each cell: on a telephone a row becomes a card."""
        return {"data-label": str(getattr(self, field_name).short_description)}

    def get_permissions_for_registration(self) -> QuerySet[Permission]:
        """None: roles decide (art. 4.5), no tick box of a group does."""
        return Permission.objects.none()

    def get_admin_urls_for_registration(self) -> tuple[URLPattern, ...]:
        """Only the list; modeladmin's other screens would write a file without a verb."""
        helper = self.url_helper
        return (
            re_path(helper.get_action_url_pattern("index"), self.index_view, name=helper.get_action_url_name("index")),
        )

    def register_admin_url_finders(self) -> None:
        """None: no other screen of the admin leads to a file."""
