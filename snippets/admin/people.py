"""The lists and forms of the employees and of the designations of Annexe C."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, StatusTagColumn, UpdatedAtColumn
from wagtail.permission_policies import ModelPermissionPolicy

from snippets.models import Department, Designation, Employee

from .viewset import DayColumn, GridIndexView, GridViewSet

IN_FORCE, COMING, ENDED, UNSIGNED, ABSENT = "in_force", "coming", "ended", "unsigned", "absent"
STATES = {
    IN_FORCE: _("En vigueur"),
    COMING: _("À venir"),
    ENDED: _("Terminée"),
    UNSIGNED: _("Signature manquante"),
    ABSENT: _("Responsable retiré"),
}


def state_of(designation: Designation, *, on: date) -> str:
    """One of STATES: whether requests really go to this person on this day (Annexe C: two signatures)."""
    if designation.effective_until and designation.effective_until < on:
        return ENDED
    if not (designation.signed_by_recipient_on and designation.signed_by_head_on):
        return UNSIGNED
    if not designation.employee.is_active:
        return ABSENT
    return COMING if designation.effective_from > on else IN_FORCE


class EmployeeFilters(WagtailFilterSet):
    """By service, in office or not."""

    department = django_filters.ModelChoiceFilter(queryset=Department.objects.all(), label=_("Service"))

    class Meta:
        model = Employee
        fields = ["department", "is_active"]


class EmployeeViewSet(GridViewSet):
    """Employees."""

    model = Employee
    icon = "user"
    menu_label = _("Employés")
    filterset_class = EmployeeFilters
    search_fields = ["first_name", "last_name", "job_title", "email", "phone_extension", "department__name"]
    ordering = ["last_name", "first_name"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("first_name"), FieldPanel("last_name")]),
            FieldPanel("job_title"),
            FieldPanel("department", widget=forms.Select),
            MultiFieldPanel([FieldPanel("email"), FieldPanel("phone_extension")], heading=_("Coordonnées au travail")),
            # The account, and whether the person is in office, are changed by the management of rights alone (art. 4.1):
            # it refuses a departure that would leave files without anyone.
            FieldPanel(
                "is_active",
                read_only=True,
                help_text=_("Arrivées, départs et comptes se font à l'écran « Droits »."),
            ),
        ]
    )
    list_display = [
        "last_name",
        Column("first_name", label=_("Prénom"), sort_key="first_name"),
        Column("job_title", label=_("Fonction"), sort_key="job_title"),
        Column("department", label=_("Service"), sort_key="department__name"),
        Column("phone_extension", label=_("Poste"), sort_key="phone_extension"),
        Column("email", label=_("Courriel"), sort_key="email"),
        BooleanColumn("is_active", label=_("En fonction"), sort_key="is_active"),
        UpdatedAtColumn(),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Everything the columns show, in one query."""
        return Employee.objects.select_related("department")


class DesignationFilters(WagtailFilterSet):
    """By service, and whether it holds today."""

    department = django_filters.ModelChoiceFilter(queryset=Department.objects.all(), label=_("Service"))
    state = django_filters.ChoiceFilter(
        choices=list(STATES.items()),
        label=_("État"),
        method="in_state",
        widget=forms.RadioSelect,
        empty_label=_("Tous"),
    )

    class Meta:
        model = Designation
        fields = ["department", "state"]

    def in_state(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep the designations in this state today: a service has a handful, they are read and asked."""
        today = timezone.localdate()
        wanted = [row.pk for row in rows.select_related("employee") if state_of(row, on=today) == value]
        return rows.filter(pk__in=wanted)


class ReadPolicy(ModelPermissionPolicy):
    """Rows that Wagtail's screens show and never write, whoever asks: verbs write them."""

    def user_has_permission(self, user: AbstractBaseUser, action: str) -> bool:
        """Allow reading, to who holds the right; nothing else, to anyone."""
        return action == "view" and super().user_has_permission(user, action)


class DesignationIndexView(GridIndexView):
    """The list; a row leads to where the designation is signed and changed, for who may go there."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Look up addresses for this person."""
        super().setup(request, *args, **kwargs)
        self._finder = AdminURLFinder(request.user)

    def get_edit_url(self, instance: Designation) -> str | None:
        """Return the address of the designation, or None."""
        return self._finder.get_edit_url(instance)


class DesignationViewSet(GridViewSet):
    """Who receives the requests of each service: a list to read, search and filter.

    Designations are written, signed and ended by verbs (Annexe C: two signatures), at « Désignations ».
    """

    index_view_class = DesignationIndexView

    model = Designation
    icon = "calendar-check"
    menu_label = _("Désignations des Responsables")
    filterset_class = DesignationFilters
    search_fields = [
        "department__name",
        "department__code",
        "employee__first_name",
        "employee__last_name",
        "position_email",
        "phone_extension",
    ]
    ordering = ["department__sort_order", "-effective_from"]
    edit_handler = ObjectList([FieldPanel("department", widget=forms.Select), *Designation.panels[1:]])
    list_display = [
        "employee",
        Column("department", label=_("Service"), sort_key="department__sort_order"),
        DayColumn("effective_from", label=_("À partir du"), sort_key="effective_from"),
        DayColumn("effective_until", label=_("Jusqu'au"), sort_key="effective_until"),
        StatusTagColumn(
            "state",
            label=_("État"),
            accessor=lambda d: STATES[state_of(d, on=timezone.localdate())],
            primary=lambda d: state_of(d, on=timezone.localdate()) == IN_FORCE,
        ),
        Column("position_email", label=_("Courriel du poste"), sort_key="position_email"),
        Column("phone_extension", label=_("Poste"), sort_key="phone_extension"),
        UpdatedAtColumn(),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Everything the columns show, in one query."""
        return Designation.objects.select_related("department", "employee")
