"""The processes of art. 4.2, where the town corrects our reading of the lost drawings."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, UpdatedAtColumn

from snippets.models import ProcessSchema

from .stable_code import StableCodeForm
from .viewset import GridViewSet


class ProcessSchemaViewSet(GridViewSet):
    """Who executes, who completes."""

    model = ProcessSchema
    icon = "tasks"
    menu_label = _("Processus")
    edit_handler = ObjectList(ProcessSchema.panels, base_form_class=StableCodeForm)
    search_fields = ["code", "name", "explanation"]
    ordering = ["code"]
    list_display = [
        "__str__",
        Column("execution", label=_("Exécution"), accessor="get_execution_display"),
        BooleanColumn("recipient_completes", label=_("Responsable complète")),
        BooleanColumn("executor_completes", label=_("Exécution complète")),
        Column(
            "services", label=_("Services"), accessor=lambda schema: ", ".join(d.code for d in schema.departments.all())
        ),
        UpdatedAtColumn(),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Everything the columns show, in two queries."""
        return ProcessSchema.objects.prefetch_related("departments")
