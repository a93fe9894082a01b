"""The first page of the admin: what waits for this person, then where to go.

Other rooms add their panels with Wagtail's own hook, which runs after ours:
`hooks.register("construct_homepage_panels", lambda request, panels: panels.append(...))`. A panel's `order` says where
it stands: below 200 what needs the person first, 200 to 300 the pages, 900 the shortcuts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.models import Page
from wagtail.permissions import policy_registry

from intake.counter.menu import notes, registers
from intake.models import actor_for
from intake.policy.rights import manages_rights
from services_pages.reviews import to_review

SHOWN_AT_MOST = 10


class DraftsPanel(Component):
    """Pages changed and not yet published, newest first."""

    name = "drafts"
    order = 230
    template_name = "cms/home/drafts.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Give the template the pages that the person may change."""
        user = parent_context["request"].user
        mine = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "change")
        drafts = mine.filter(has_unpublished_changes=True).select_related("latest_revision__user")
        return {"pages": drafts.order_by("-latest_revision_created_at", "pk")[:SHOWN_AT_MOST]}


class GuidesToReviewPanel(Component):
    """Published guides that their service must read again within a month, or should have."""

    name = "guides_to_review"
    order = 220
    template_name = "cms/home/guides_to_review.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Give the template the guides, the most overdue first, and how many are late (art. 2.3: « à jour »)."""
        today = timezone.localdate()
        guides = list(to_review(today))
        late = sum(guide.review_due_on < today for guide in guides)
        return {"guides": guides[:SHOWN_AT_MOST], "today": today, "late": late}


@dataclass(frozen=True)
class Shortcut:
    """A door of the admin, shown to who may open it."""

    label: Promise
    url_name: str
    permission: str = ""
    arguments: tuple[str, ...] = ()
    # For what no permission of Django says: the policy's own rule.
    rule: Callable[[AbstractBaseUser], bool] | None = None

    @property
    def url(self) -> str:
        """Where it leads."""
        return reverse(self.url_name, args=self.arguments)

    def opens_for(self, user: AbstractBaseUser) -> bool:
        """Say whether this person may open it."""
        return self.rule(user) if self.rule else user.has_perm(self.permission)


SHORTCUTS = (
    Shortcut(_("Inscrire une demande : comptoir, téléphone"), "intake_counter:register", rule=registers),
    Shortcut(_("Noter une demande sur le terrain"), "intake_counter:field_note", rule=notes),
    Shortcut(
        _("Grille : natures de requête"), "wagtailsnippets_snippets_requestnature:list", "snippets.change_requestnature"
    ),
    Shortcut(_("Désignations des Responsables"), "intake_designations:all", "snippets.view_designation"),
    Shortcut(_("Fermetures des bureaux"), "wagtailsnippets_snippets_closure:list", "snippets.change_closure"),
    Shortcut(_("Textes des messages"), "wagtailsnippets_snippets_messagetext:list", "snippets.change_messagetext"),
    Shortcut(
        _("Nom, couleurs et coordonnées de la Ville"),
        "wagtailsettings:edit",
        "snippets.change_townsettings",
        ("snippets", "townsettings"),
    ),
    Shortcut(_("Droits"), "intake_rights:index", rule=lambda user: manages_rights(actor_for(user))),
    Shortcut(_("Comptes du personnel"), "wagtailusers_users:index", "auth.change_user"),
)


def shortcuts_for(user: AbstractBaseUser) -> list[Shortcut]:
    """List the doors that this person may open."""
    return [shortcut for shortcut in SHORTCUTS if shortcut.opens_for(user)]


class ShortcutsPanel(Component):
    """Where this person usually goes."""

    name = "shortcuts"
    order = 900
    template_name = "cms/home/shortcuts.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Give the template the doors, and the pages first for who writes them."""
        user = parent_context["request"].user
        return {"shortcuts": shortcuts_for(user), "writes_pages": user_has_any_page_permission(user)}


def arrange_home(request: HttpRequest, panels: list[Component]) -> None:
    """Wagtail's `construct_homepage_panels` hook: its panels are about pages, and stay for who writes them.

    What waits for a person's approval stays for everyone: a Responsable approves guides and writes none (art. 2.3).
    """
    if user_has_any_page_permission(request.user):
        panels += [GuidesToReviewPanel(), DraftsPanel()]
    else:
        panels[:] = [panel for panel in panels if isinstance(panel, WorkflowObjectsToModeratePanel)]
    panels.append(ShortcutsPanel())
