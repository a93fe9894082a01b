"""Who may make a guide public: its service, once the Communications submitted it (art. 2.3: « exacts et complets »)."""

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.models import Page, PagePermissionTester, Workflow

from snippets.models import Department, Designation, TownSettings

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

    from .models import ServiceApproval


def approval_workflow() -> Workflow | None:
    """Return the workflow in force; None when the town publishes without it, or before `ensure_roles` made it."""
    if not TownSettings.load().guides_are_approved:
        return None
    steps = Q(workflow_tasks__task__content_type__model="serviceapproval", workflow_tasks__task__active=True)
    return Workflow.objects.active().filter(steps).order_by("pk").first()


def answers_for(user: "AbstractBaseUser", department_id: int | None) -> bool:
    """Say whether this account is that of the Responsable in force (Annexe C) or of the head of a service, today."""
    if not user.is_active or department_id is None:
        return False
    receives = Designation.objects.effective_on(timezone.localdate()).filter(department=department_id)
    heads = Department.objects.filter(pk=department_id, head__is_active=True)
    return receives.filter(employee__user=user.pk).exists() or heads.filter(head__user=user.pk).exists()


def has_nobody(department_id: int | None) -> bool:
    """Say whether no account answers for a service today: its guides must then be approved by someone else."""
    receives = Designation.objects.effective_on(timezone.localdate()).filter(department=department_id)
    heads = Department.objects.filter(pk=department_id, head__is_active=True, head__user__is_active=True)
    return not receives.filter(employee__user__is_active=True).exists() and not heads.exists()


class ApprovedPageTester(PagePermissionTester):
    """What a person may do with a page that its service approves: publish it at once only if she answers for it."""

    @cached_property
    def _may_skip_approval(self) -> bool:
        return approval_workflow() is None or answers_for(self.user, self.page.owner_department_id())

    def can_publish(self) -> bool:
        """Refuse who would go past the service (art. 2.3)."""
        return super().can_publish() and (self.user.is_superuser or self._may_skip_approval)

    def can_publish_subpage(self) -> bool:
        """Refuse it for the parts of a guide as for the guide."""
        return super().can_publish_subpage() and (self.user.is_superuser or self._may_skip_approval)

    def can_set_view_restrictions(self) -> bool:
        """Keep it for who publishes pages: a right on words is no right on who reads them."""
        return super().can_publish()


class GuideListTester(PagePermissionTester):
    """What a person may do with the list of guides: a new guide begins as a draft, whoever writes it."""

    def can_publish_subpage(self) -> bool:
        """Refuse to publish a guide in the gesture that creates it, since its service has not read it."""
        return super().can_publish_subpage() and (self.user.is_superuser or approval_workflow() is None)

    def can_submit_for_moderation(self) -> bool:
        """Refuse: the list itself belongs to no service."""
        return False


class ApprovedByService:
    """A page that its service approves before citizens read it; mixed into guides and their parts."""

    def owner_department_id(self) -> int | None:
        """Return the service that answers for the words of this page, None in a draft that names none."""
        return self.department_id

    def permissions_for_user(self, user: "AbstractBaseUser") -> PagePermissionTester:
        """Wagtail's own question."""
        return ApprovedPageTester(user, self)

    @property
    def has_workflow(self) -> bool:
        """Wagtail's own question."""
        return self.get_workflow() is not None

    def get_workflow(self) -> Workflow | None:
        """Return the approval of the service, else what an administrator chose for this part of the site."""
        return approval_workflow() or super().get_workflow()


def waiting_for(step: "ServiceApproval", user: "AbstractBaseUser") -> list[int]:
    """Return the identifiers of the approvals in progress that this person may give."""
    waiting = step.task_states.filter(status="in_progress").select_related("revision")
    return [state.pk for state in waiting if step.may_approve(state.revision.as_object(), user)]


def under_review(page: Page) -> Page:
    """Return the words that wait: a draft may have changed service since the page that citizens read."""
    revision = page.get_latest_revision()
    return revision.as_object() if revision else page
