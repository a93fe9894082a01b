"""Telling who approves that a page waits, and who submitted it what became of it (art. 2.3: « exacts et complets »).

Wagtail would send its own words inside the click, through the mail server: ours take their place in its signals, in the
staff's texts, and leave from the outbox.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected

from intake.mail.outbox import new_mail
from intake.mail.texts import letter
from intake.mail.values import absolute
from services_pages.approval import has_nobody
from services_pages.models import GuidePage, GuidePartPage, ServiceApproval
from snippets.models import TownSettings

from .owners import addresses

TO_APPROVE, PUBLISHED, TO_CORRECT = "R74", "R75", "R76"


def take_the_place_of_wagtail() -> None:
    """Connect our mails under Wagtail's own names, before it does: a signal keeps the first of a name."""
    task_submitted.connect(
        ask_for_approval, sender=TaskState, dispatch_uid="group_approval_task_submitted_email_notification"
    )
    workflow_approved.connect(
        tell_published, sender=WorkflowState, dispatch_uid="workflow_state_approved_email_notification"
    )
    workflow_rejected.connect(
        tell_to_correct, sender=WorkflowState, dispatch_uid="workflow_state_rejected_email_notification"
    )


def ask_for_approval(instance: TaskState, user: AbstractBaseUser | None = None, **kwargs: Any) -> None:
    """Write one mail to each address that may approve the page that was just submitted."""
    town, page, step = TownSettings.load(), instance.revision.as_object(), instance.task.specific
    told = _service(page, town) if isinstance(step, ServiceApproval) else _members(step, but=user)
    for address in told:
        values = {
            "titre_page": page.title,
            "demande_par": name_of(user),
            "lien_page": _editor(page),
            "ville": town.name,
        }
        new_mail(recipient=address, letter=letter(TO_APPROVE, values), town=town)


def tell_published(instance: WorkflowState, user: AbstractBaseUser | None = None, **kwargs: Any) -> None:
    """Tell who submitted the page that citizens read it now."""
    page = instance.content_object
    parts = page.get_url_parts()
    _tell_submitter(PUBLISHED, instance, user, {"lien_page": absolute(parts[2]) if parts and parts[2] else ""})


def tell_to_correct(instance: WorkflowState, user: AbstractBaseUser | None = None, **kwargs: Any) -> None:
    """Tell who submitted the page what its service asks to correct."""
    comment = instance.current_task_state.specific.get_comment()
    page = instance.content_object
    _tell_submitter(TO_CORRECT, instance, user, {"commentaire": comment, "lien_page": _editor(page)})


def name_of(user: AbstractBaseUser | None) -> str:
    """How colleagues name an account."""
    return (user.get_full_name() or user.get_username()) if user else ""


def _tell_submitter(code: str, state: WorkflowState, by: AbstractBaseUser | None, values: dict[str, str]) -> None:
    asked = state.requested_by
    if asked is None or asked == by or not asked.is_active or not asked.email:
        return
    town = TownSettings.load()
    common = {
        "prenom": asked.first_name or name_of(asked),
        "titre_page": state.content_object.get_latest_revision_as_object().title,
        "demande_par": name_of(by),
        "ville": town.name,
    }
    new_mail(recipient=asked.email, letter=letter(code, {**common, **values}), town=town)


def _service(page: GuidePage | GuidePartPage, town: TownSettings) -> Iterable[str]:
    """The address of the post of the Responsable, else of the service; the citizen service's when it stands in."""
    guide = page if isinstance(page, GuidePage) else page.guide
    if has_nobody(guide.department_id):
        return [town.email] if town.email else []
    return addresses([guide], on=timezone.localdate(), town=town)


def _members(step: Any, but: AbstractBaseUser | None) -> Iterable[str]:
    """The members of the groups that a town chose to read its other pages."""
    accounts = (account for group in step.groups.all() for account in group.user_set.filter(is_active=True))
    return dict.fromkeys(account.email for account in accounts if account.email and account != but)


def _editor(page: Page) -> str:
    return absolute(reverse("wagtailadmin_pages:edit", args=[page.pk]))
