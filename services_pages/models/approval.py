"""The step of a workflow in which a service approves its guide."""

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Page, Task, TaskState, WorkflowState

from services_pages.approval import answers_for, has_nobody, under_review, waiting_for

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


class ServiceApproval(AbstractGroupApprovalTask):
    """A guide is live once its service accepted it (art. 2.3: « des renseignements exacts et complets »).

    The Responsable in force or the head of the service approves. `groups` approve in their place while nobody with an
    account answers for the service: a guide must not wait for ever.
    """

    class Meta:
        verbose_name = _("approbation par le service")
        verbose_name_plural = _("approbations par le service")

    def may_approve(self, page: Page, user: "AbstractBaseUser") -> bool:
        """Say whether this person decides about this page, as it is given."""
        if user.is_superuser:
            return True
        department_id = page.owner_department_id() if hasattr(page, "owner_department_id") else None
        if answers_for(user, department_id):
            return True
        return has_nobody(department_id) and user.is_active and self._user_in_groups(user)

    def start(self, workflow_state: WorkflowState, user: "AbstractBaseUser | None" = None) -> TaskState:
        """Begin to wait; a lock that someone put on the page stays his."""
        return Task.start(self, workflow_state, user=user)

    def user_can_access_editor(self, obj: Page, user: "AbstractBaseUser") -> bool:
        """Open the page to who decides about it, while it waits."""
        return self.may_approve(under_review(obj), user)

    def locked_for_user(self, obj: Page, user: "AbstractBaseUser") -> bool:
        """Keep the words still while they are read: only who decides may change them."""
        return not self.may_approve(under_review(obj), user)

    def user_can_lock(self, obj: Page, user: "AbstractBaseUser") -> bool:
        """Leave locks to who edits pages."""
        return False

    def get_actions(self, obj: Page, user: "AbstractBaseUser") -> list[tuple[str, Any, bool]]:
        """Name what this person may do: send back with a word, approve, approve with a word."""
        if not self.may_approve(under_review(obj), user):
            return []
        return [
            ("reject", _("Demander une correction"), True),
            ("approve", _("Approuver"), False),
            ("approve", _("Approuver avec un commentaire"), True),
        ]

    def get_task_states_user_can_moderate(self, user: "AbstractBaseUser", **kwargs: Any) -> QuerySet:
        """Return what waits for this person."""
        return self.task_states.filter(pk__in=waiting_for(self, user))

    @classmethod
    def get_description(cls) -> str:
        """Say in Wagtail's screens what the step is."""
        return _("Le Responsable ou la direction du service approuve le guide avant qu'il soit publié (art. 2.3).")
