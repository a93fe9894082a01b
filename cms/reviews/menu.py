"""The editor's menu for a page that its service approves, in the town's words rather than the software's."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import (
    ActionMenuItem,
    CancelWorkflowMenuItem,
    RestartWorkflowMenuItem,
    SubmitForModerationMenuItem,
    WorkflowMenuItem,
)

from services_pages.approval import ApprovedByService, approval_workflow
from services_pages.models import GuideIndexPage


class AskApprovalItem(SubmitForModerationMenuItem):
    """Submit, or submit again after a correction: said the same way both times."""

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """Give the button its words."""
        return {**super().get_context_data(parent_context), "label": _("Soumettre à l'approbation du service")}


class TakeBackItem(CancelWorkflowMenuItem):
    """Stop waiting, to go on writing."""

    label = _("Retirer de l'approbation")


def speak_of_approval(items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """Wagtail's `construct_page_action_menu` hook: our words, and no « restart », which is to take back and submit.

    A page that its service does not approve keeps Wagtail's menu, for a town that chose a workflow of its own.
    """
    page = context.get("page") or context["parent_page"].specific
    if isinstance(page, ApprovedByService | GuideIndexPage) and approval_workflow():
        kept = [_ours(item) for item in items if not isinstance(item, RestartWorkflowMenuItem)]
        # Who opens a page that waits came to approve it: the first button says so.
        items[:] = sorted(kept, key=lambda item: not _approves(item))


def _approves(item: ActionMenuItem) -> bool:
    return isinstance(item, WorkflowMenuItem) and item.name == "approve" and not item.launch_modal


def _ours(item: ActionMenuItem) -> ActionMenuItem:
    if type(item) is SubmitForModerationMenuItem:
        return AskApprovalItem(order=item.order)
    if type(item) is CancelWorkflowMenuItem:
        return TakeBackItem(order=item.order)
    return item
