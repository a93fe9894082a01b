"""The groups of the admin and exactly what each may do (§3 of the domain notes: least privilege).

Which files a person sees is not said here: it comes from `Case.objects.visible_to(user)`, row by row (art. 4.5).
"""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowTask,
)

from intake.policy.roles import GROUP_NAMES, Role
from services_pages.models import ServiceApproval

_ENTER = frozenset({"wagtailadmin.access_admin"})
_GRID_MODELS = (
    "department",
    "processschema",
    "requestnature",
    "question",
    "employee",
    "closure",
    "messagetext",
    "waitingreason",
    "interventioncode",
    "replytext",
    "competentbody",
)
_GRID = frozenset(f"snippets.{verb}_{model}" for model in _GRID_MODELS for verb in ("add", "change", "delete", "view"))
# To read: designations are written and signed by verbs, which ask the policy (Annexe C; intake/process/designating.py).
_DESIGNATIONS = frozenset({"snippets.view_designation"})
_PROVISIONS = frozenset(f"snippets.{verb}_legalprovision" for verb in ("add", "change", "delete", "view"))
_TOWN = frozenset({"snippets.change_townsettings", "snippets.view_townsettings"})
_ACCOUNTS = frozenset({"auth.add_user", "auth.change_user", "auth.delete_user", "auth.view_user"})
_SITES = frozenset({"wagtailcore.add_site", "wagtailcore.change_site", "wagtailcore.delete_site"})

# Annexe B: who sees the availability board, that is everyone but the elected officials; each says his own status only.
_STAFF = _ENTER | {"snippets.view_availability"}
_TELEPHONE_KEYS = frozenset({"snippets.view_telephonekey", "snippets.change_telephonekey"})

# A row of §3; what is not here is not allowed. Nobody holds a right of Django on files: `visible_to` decides row by row,
# and Wagtail's own screens (the history of the site, the search) would take one right for a right on all of them.
MODEL_PERMISSIONS: dict[Role, frozenset[str]] = {
    Role.COMMUNICATIONS: _STAFF | _GRID | _TOWN,
    Role.TECHNICIAN: _STAFF | _GRID | _DESIGNATIONS | _TOWN | _TELEPHONE_KEYS,
    Role.RECIPIENT: _STAFF,
    Role.EXECUTOR: _STAFF,
    Role.DIRECTOR: _STAFF,
    Role.GENERAL_DIRECTOR: _STAFF,
    Role.CLERK: _STAFF | _PROVISIONS,
    Role.EXPERIENCE: _STAFF,
    Role.COUNCIL: _ENTER,
    Role.EMPLOYEE: _STAFF,
    # Accounts and addresses of the site, no file: whom an administrator may make is in cms/accounts.py.
    Role.ADMINISTRATOR: _STAFF | _TELEPHONE_KEYS | _ACCOUNTS | _SITES,
}

# On the root page and the root collection.
PAGE_PERMISSIONS: dict[Role, tuple[str, ...]] = {
    Role.COMMUNICATIONS: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
}
COLLECTION_PERMISSIONS: dict[Role, tuple[str, ...]] = {
    Role.COMMUNICATIONS: (
        "add_image",
        "change_image",
        "choose_image",
        "add_document",
        "change_document",
        "choose_document",
    ),
    # To choose the town's logo.
    Role.TECHNICIAN: ("choose_image",),
}

# Wagtail's own examples, created by its migrations.
_SAMPLE_GROUPS = ("Editors", "Moderators")
_SAMPLE_WORKFLOW = "Moderators approval"
_WORKFLOW_NAME = "Relecture par les Communications"
_APPROVAL_NAME = "Approbation par le service"


@transaction.atomic
def ensure_roles() -> dict[Role, Group]:
    """Create the groups and give each exactly its permissions; safe to run again, returns the groups.

    On models the table above is the whole truth: what a group holds beside it is taken away. On pages and collections
    it is a minimum: a section of the site that a town opened to a group by hand stays open. Raises LookupError when a
    permission of the table does not exist (the migrations have not run).
    """
    groups = {role: Group.objects.get_or_create(name=name)[0] for role, name in GROUP_NAMES.items()}
    for role, group in groups.items():
        group.permissions.set(_permissions(MODEL_PERMISSIONS[role]))
    root_page, root_collection = Page.get_first_root_node(), Collection.get_first_root_node()
    for role, names in PAGE_PERMISSIONS.items():
        for permission in _permissions(f"wagtailcore.{name}" for name in names):
            GroupPagePermission.objects.get_or_create(group=groups[role], page=root_page, permission=permission)
    for role, names in COLLECTION_PERMISSIONS.items():
        for permission in _permissions(f"{_app_of(name)}.{name}" for name in names):
            GroupCollectionPermission.objects.get_or_create(
                group=groups[role], collection=root_collection, permission=permission
            )
    _replace_samples(groups[Role.COMMUNICATIONS])
    _ensure_approval(groups[Role.TECHNICIAN])
    return groups


def _ensure_approval(technicians: Group) -> None:
    """Make the workflow in which a service approves its guides, once; one that a person changed stays as it is.

    The citizen service stands in for a service that nobody answers for, as it does for its requests (art. 4.1).
    """
    if ServiceApproval.objects.exists():
        return
    step = ServiceApproval.objects.create(name=_APPROVAL_NAME)
    step.groups.set([technicians])
    workflow = Workflow.objects.create(name=_APPROVAL_NAME)
    WorkflowTask.objects.create(workflow=workflow, task=step, sort_order=0)


def _app_of(codename: str) -> str:
    return "wagtailimages" if codename.endswith("_image") else "wagtaildocs"


def _permissions(names: Iterable[str]) -> list[Permission]:
    wanted = {tuple(name.split(".", 1)) for name in names}
    condition = Q(pk__in=[])
    for app, codename in wanted:
        condition |= Q(content_type__app_label=app, codename=codename)
    found = list(Permission.objects.filter(condition).select_related("content_type"))
    missing = wanted - {(permission.content_type.app_label, permission.codename) for permission in found}
    if missing:
        names = ", ".join(sorted(f"{app}.{codename}" for app, codename in missing))
        raise LookupError(f"Unknown permissions (run the migrations first): {names}")
    return found


def _replace_samples(communications: Group) -> None:
    """Remove Wagtail's sample groups when nobody is in them, and send pages to be read to people who exist."""
    unused = Group.objects.filter(name__in=_SAMPLE_GROUPS, user__isnull=True)
    for task in GroupApprovalTask.objects.filter(name=_SAMPLE_WORKFLOW, groups__in=unused).distinct():
        task.groups.set([communications])
        task.name = _WORKFLOW_NAME
        task.save()
    Workflow.objects.filter(name=_SAMPLE_WORKFLOW).update(name=_WORKFLOW_NAME)
    unused.delete()
