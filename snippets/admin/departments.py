"""The list and the form of the municipal services."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, UpdatedAtColumn

from snippets.models import Department, Designation, Employee

from .viewset import GridViewSet


class DepartmentForm(WagtailAdminModelForm):
    """Refuses to retire a service on which forms still depend, and to have its work done by someone of another."""

    def clean(self) -> dict[str, Any]:
        """Check who executes, and what depends on the service before it is retired."""
        cleaned = super().clean()
        executor = cleaned.get("default_executor")
        if executor and not (executor.is_active and executor.department_id == self.instance.pk):
            message = _("Choisissez une personne en fonction de ce service.")
            self.add_error("default_executor", ValidationError(message))
        if cleaned.get("escalate_after_working_days") and not cleaned.get("head"):
            message = _(
                "Choisissez d'abord la directrice ou le directeur du service : c'est à cette personne qu'on écrit."
            )
            self.add_error("escalate_after_working_days", ValidationError(message))
        if cleaned.get("is_active") or self.instance.pk is None:
            return cleaned
        offered = list(self.instance.natures.filter(is_active=True).order_by("code"))
        if offered:
            names = ", ".join(str(nature) for nature in offered)
            message = _("Ce service offre encore : %(names)s. Retirez ces natures ou confiez-les à un autre service.")
            self.add_error("is_active", ValidationError(message, params={"names": names}))
        elif not Department.objects.active().exclude(pk=self.instance.pk).exists():
            message = _("C'est le dernier service actif : sans lui, aucune demande ne peut être reçue.")
            self.add_error("is_active", ValidationError(message))
        return cleaned


class RecipientColumn(Column):
    """Who receives the requests of the service today and whether he can be reached, or a warning."""

    cell_template_name = "snippets/availability/recipient_cell.html"

    def __init__(self) -> None:
        super().__init__("recipient", label=_("Responsable aujourd'hui"))

    def get_value(self, instance: Department) -> Employee | None:
        """The person; None when requests stay with the technician."""
        return instance.in_force[0].employee if instance.in_force else None


class DepartmentViewSet(GridViewSet):
    """Municipal services."""

    model = Department
    icon = "group"
    menu_label = _("Services municipaux")
    edit_handler = ObjectList(Department.panels, base_form_class=DepartmentForm)
    search_fields = ["code", "name", "head__first_name", "head__last_name", "email", "phone"]
    ordering = ["sort_order", "name"]
    list_filter = {"is_active": ["exact"], "process_schema": ["exact"]}
    list_display = [
        "name",
        Column("code", label=_("Code"), sort_key="code"),
        Column(
            "process",
            label=_("Processus"),
            accessor=lambda department: department.process_schema_id.upper(),
            sort_key="process_schema",
        ),
        Column("head", label=_("Direction")),
        RecipientColumn(),
        Column("offered_natures", label=_("Natures offertes"), sort_key="offered_natures"),
        BooleanColumn("is_active", label=_("Actif"), sort_key="is_active"),
        UpdatedAtColumn(),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Everything the columns show, in a fixed number of queries."""
        today = Designation.objects.effective_on(timezone.localdate()).select_related("employee__availability")
        return (
            Department.objects.select_related("head")
            .prefetch_related(Prefetch("designations", queryset=today, to_attr="in_force"))
            .annotate(offered_natures=Count("natures", filter=Q(natures__is_active=True)))
        )
