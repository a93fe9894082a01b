"""« Guides à réviser »: what must be read again, when, by which service (art. 2.3: « à jour et fiables »)."""

from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permissions import policy_registry

from intake.mail.values import day
from intake.models import actor_for
from intake.policy.clocks import local_day
from services_pages.models import GuidePage, ReviewNotice
from services_pages.reviews import to_review

from .owners import reads_all_reviews, reads_reviews

HEADINGS = {
    "title": gettext_lazy("Guide"),
    "service": gettext_lazy("Service"),
    "review_due_on": gettext_lazy("À réviser le"),
    "lateness": gettext_lazy("Retard"),
    "latest_revision_created_at": gettext_lazy("Modifié le"),
    "told_on": gettext_lazy("Rappel envoyé le"),
}


class ReviewMenuItem(MenuItem):
    """Shown to whoever reads the list."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the rule that the list itself asks."""
        return reads_reviews(actor_for(request.user))


class ReviewReport(ReportView):
    """The guides of the whole town, or of his own services for a Responsable; the most overdue first."""

    page_title = gettext_lazy("Guides à réviser")
    header_icon = "date"
    index_url_name = "review_report"
    index_results_url_name = "review_report_results"
    model = GuidePage
    default_ordering = "review_due_on"
    is_searchable = False
    columns = [
        TitleColumn("title", label=HEADINGS["title"], get_url=lambda guide: guide.opens_at, classname="guichet-title"),
        Column("service", label=HEADINGS["service"]),
        Column("review_day", label=HEADINGS["review_due_on"], sort_key="review_due_on"),
        Column("lateness", label=HEADINGS["lateness"]),
        DateColumn("latest_revision_created_at", label=HEADINGS["latest_revision_created_at"]),
        Column("told_day", label=HEADINGS["told_on"]),
    ]
    list_export = list(HEADINGS)
    export_headings = HEADINGS

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse who answers for no guide."""
        if not reads_reviews(actor_for(request.user)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet:
        """List what this person reads: everything, or the guides of the services he is Responsable of today."""
        actor, guides = actor_for(self.request.user), to_review(timezone.localdate())
        return guides if reads_all_reviews(actor) else guides.filter(department__in=actor.departments)

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        """Add what each row says, in two queries for all of them; the rows stay the same objects, as Wagtail wants."""
        guides, today = list(object_list), timezone.localdate()
        may_change = _changed_by(self.request.user, guides)
        told = _told(guides)
        for guide in guides:
            guide.service = guide.department.name if guide.department else ""
            guide.review_day = day(guide.review_due_on)
            guide.lateness = lateness(guide.review_due_on, today)
            guide.told_on = told.get((guide.pk, guide.review_due_on))
            guide.told_day = day(guide.told_on)
            # A door that does not open is worse than none: who can't edit reads the page as citizens do.
            editor = reverse("wagtailadmin_pages:edit", args=[guide.pk])
            guide.opens_at = editor if guide.pk in may_change else guide.get_url(self.request)
        return object_list


def lateness(due_on: date, today: date) -> str:
    """Say how late a guide is, or in how many days its review comes."""
    days = (today - due_on).days
    if days == 0:
        return _("aujourd'hui")
    if days < 0:
        return ngettext("dans %(days)d jour", "dans %(days)d jours", -days) % {"days": -days}
    return ngettext("%(days)d jour de retard", "%(days)d jours de retard", days) % {"days": days}


def _changed_by(user: AbstractBaseUser, guides: list[GuidePage]) -> set[int]:
    """Which of these pages this person may edit."""
    mine = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "change")
    return set(mine.filter(pk__in=[guide.pk for guide in guides]).values_list("pk", flat=True))


def _told(guides: list[GuidePage]) -> dict[tuple[int, date], date]:
    """On which day the review date of each of these guides was told."""
    rows = ReviewNotice.objects.filter(page__in=guides).values_list("page_id", "review_due_on", "told_at")
    return {(page, due_on): local_day(told_at) for page, due_on, told_at in rows}
