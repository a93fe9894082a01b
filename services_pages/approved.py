"""What an approval does, apart from the models: Wagtail imports it while it defines its own."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser
    from wagtail.models import WorkflowState


def publish_approved(workflow_state: "WorkflowState", user: "AbstractBaseUser | None" = None) -> None:
    """Publish what was approved, whatever other rights the person has (setting WAGTAIL_FINISH_WORKFLOW_ACTION).

    A Responsable may not publish pages: his approval is what makes the guide public (art. 2.3). The step of the
    workflow checked that he may approve.
    """
    workflow_state.content_object.get_latest_revision().publish(user=user, skip_permission_checks=True)
