"""The list of the days on which the offices are closed."""

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, UpdatedAtColumn

from snippets.models import Closure

from .viewset import DayColumn, GridViewSet


class ClosureFilters(WagtailFilterSet):
    """Past or still to come."""

    when = django_filters.ChoiceFilter(
        choices=[("coming", _("À venir ou en cours")), ("past", _("Passées"))],
        label=_("Quand"),
        method="on_this_side",
        widget=forms.RadioSelect,
        empty_label=_("Toutes"),
    )

    class Meta:
        model = Closure
        fields = ["when"]

    def on_this_side(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep the closures on one side of today."""
        today = timezone.localdate()
        return rows.filter(last_on__lt=today) if value == "past" else rows.filter(last_on__gte=today)


class ClosureViewSet(GridViewSet):
    """Closures of the offices; copied from one year to the next."""

    model = Closure
    icon = "date"
    menu_label = _("Fermetures des bureaux")
    copy_view_enabled = True
    filterset_class = ClosureFilters
    search_fields = ["label"]
    ordering = ["-first_on"]
    list_display = [
        "label",
        DayColumn("first_on", label=_("Premier jour"), sort_key="first_on"),
        DayColumn("last_on", label=_("Dernier jour"), sort_key="last_on"),
        Column("closes_at", label=_("Ferme à"), accessor=lambda c: f"{c.closes_at:%H h %M}" if c.closes_at else ""),
        Column("days", label=_("Jours"), accessor=lambda c: (c.last_on - c.first_on).days + 1),
        UpdatedAtColumn(),
    ]
