"""« Documents à fournir » in the admin's menu, for those of whose service something was asked."""

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from intake.models import DocumentTask, actor_for


class TasksMenuItem(MenuItem):
    """« Documents à fournir »."""

    def __init__(self) -> None:
        super().__init__(
            _("Documents à fournir"),
            reverse_lazy("intake_documents:tasks"),
            name="documents-a-fournir",
            icon_name="doc-full",
            order=4,
        )

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to the Responsable and to the director of a service that has tasks."""
        return DocumentTask.objects.for_actor(actor_for(request.user)).exists()
