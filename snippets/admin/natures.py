"""The list and the form of the grid's lines, with their questions."""

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count, ProtectedError, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, UpdatedAtColumn
from wagtail.admin.views.generic import RevisionsRevertMixin

from snippets.models import Department, Question, RequestNature

from .questions import ANSWERED, QuestionsPanel, is_answered
from .viewset import GridCopyView, GridEditView, GridViewSet


class NatureForm(WagtailAdminModelForm):
    """Refuses to offer a nature whose service is retired: no form could send it anywhere."""

    def clean(self) -> dict[str, Any]:
        """Check the service of an offered nature."""
        cleaned = super().clean()
        department = cleaned.get("department")
        if department and cleaned.get("is_active") and not department.is_active:
            message = _("Ce service est retiré. Choisissez un service actif, ou décochez « Offerte » plus bas.")
            self.add_error("department", ValidationError(message))
        return cleaned


class NatureEditView(GridEditView):
    """Change a nature; a question answered at this very moment is kept, and the person told."""

    def form_valid(self, form: forms.ModelForm) -> HttpResponse:
        """Save, or show the form again."""
        try:
            return super().form_valid(form)
        except ProtectedError:
            form.add_error(None, ValidationError(ANSWERED))
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)


class NatureRevertView(RevisionsRevertMixin, NatureEditView):
    """Go back to an older version of a nature without losing what citizens answered since."""

    view_name = "revisions_revert"

    def get_object(self, queryset: QuerySet | None = None) -> RequestNature:
        """The older version; questions answered since are kept, retired; those erased since come back as new."""
        nature = super().get_object(queryset)
        today = {question.pk: question for question in Question.objects.filter(nature_id=nature.pk)}
        asked_then = list(nature.questions.all())
        for question in asked_then:
            if question.pk not in today:
                question.pk = None
                question._state.adding = True
        added_since = [question for pk, question in today.items() if pk not in {q.pk for q in asked_then}]
        for question in filter(is_answered, added_since):
            question.is_active = False
            asked_then.append(question)
        nature.questions = asked_then
        return nature


class NatureCopyView(GridCopyView):
    """Begin a nature from another one."""

    def get_initial_form_instance(self) -> RequestNature:
        """A new nature with the same questions; its code is to be chosen."""
        original = self.get_object()
        left_out = {"id", "code", "latest_revision"}
        names = [field.name for field in original._meta.concrete_fields if field.name not in left_out]
        copy = RequestNature(**{name: getattr(original, name) for name in names})
        asked = [field.name for field in Question._meta.concrete_fields if field.name not in {"id", "nature"}]
        copy.questions = [
            Question(**{name: getattr(question, name) for name in asked}) for question in original.questions.all()
        ]
        return copy


class NatureFilters(WagtailFilterSet):
    """By service, priority, offered or not, with or without a guide."""

    department = django_filters.ModelChoiceFilter(queryset=Department.objects.all(), label=_("Service"))
    has_guide = django_filters.BooleanFilter(
        field_name="guide_page", lookup_expr="isnull", exclude=True, label=_("Avec un guide")
    )

    class Meta:
        model = RequestNature
        fields = ["department", "priority", "is_active", "has_guide"]


class NatureViewSet(GridViewSet):
    """Natures of request."""

    model = RequestNature
    icon = "clipboard-list"
    menu_label = _("Natures de requête")
    edit_view_class = NatureEditView
    copy_view_class = NatureCopyView
    revisions_revert_view_class = NatureRevertView
    copy_view_enabled = True
    filterset_class = NatureFilters
    search_fields = ["code", "name", "synonyms", "department__name"]
    ordering = ["department__sort_order", "code"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("code"), FieldPanel("department", widget=forms.Select)]),
            FieldPanel("name"),
            FieldPanel("synonyms"),
            MultiFieldPanel(
                [FieldPanel("priority"), FieldPanel("target_working_days")], heading=_("Engagement envers le citoyen")
            ),
            FieldPanel("guide_page"),
            FieldPanel("asks_location"),
            FieldPanel("is_active"),
            QuestionsPanel("questions", heading=_("Questions complémentaires"), label=_("Question")),
        ],
        base_form_class=NatureForm,
    )
    list_display = [
        "name",
        Column("code", label=_("Code"), sort_key="code"),
        Column("department", label=_("Service"), sort_key="department__name"),
        Column("priority", label=_("Priorité"), accessor=lambda n: n.priority.upper(), sort_key="priority"),
        Column(
            "target", label=_("Délai (jours ouvrés)"), accessor="target_working_days", sort_key="target_working_days"
        ),
        Column("asked", label=_("Questions posées"), sort_key="asked"),
        BooleanColumn("is_active", label=_("Offerte"), sort_key="is_active"),
        UpdatedAtColumn(),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Everything the columns show, in a fixed number of queries."""
        asked = Count("questions", filter=Q(questions__is_active=True))
        return RequestNature.objects.select_related("department").annotate(asked=asked)
