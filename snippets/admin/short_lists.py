"""The short lists of the daily work: reasons, codes, texts to start from, other bodies, provisions of the law."""

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, UpdatedAtColumn

from snippets.models import CompetentBody, InterventionCode, LegalProvision, ReplyText, WaitingReason

from .stable_code import StableCodeForm
from .viewset import GridViewSet

_OFFERED = BooleanColumn("is_active", label=_("Offert"), sort_key="is_active")


class WaitingReasonViewSet(GridViewSet):
    """Why a request waits (art. 4.2)."""

    model = WaitingReason
    icon = "history"
    menu_label = _("Raisons d'attente")
    edit_handler = ObjectList(WaitingReason.panels, base_form_class=StableCodeForm)
    search_fields = ["label", "code"]
    list_display = [
        "label",
        BooleanColumn("asks_citizen", label=_("Attend le citoyen"), sort_key="asks_citizen"),
        _OFFERED,
        UpdatedAtColumn(),
    ]


class InterventionCodeViewSet(GridViewSet):
    """What was done, as a number (Annexe A)."""

    model = InterventionCode
    icon = "order"
    menu_label = _("Codes d'intervention")
    edit_handler = ObjectList(InterventionCode.panels, base_form_class=StableCodeForm)
    search_fields = ["code", "label"]
    list_display = ["code", Column("label", label=_("Libellé"), sort_key="label"), _OFFERED, UpdatedAtColumn()]


class ReplyTextViewSet(GridViewSet):
    """Texts to start from (Annexe A, point 5)."""

    model = ReplyText
    icon = "edit"
    menu_label = _("Textes de réponse")
    copy_view_enabled = True
    search_fields = ["title", "body", "department__name"]
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            FieldPanel("body"),
            FieldPanel("department", widget=forms.Select),
            FieldPanel("is_active"),
        ]
    )
    list_display = [
        "title",
        Column("department", label=_("Service"), sort_key="department__name"),
        _OFFERED,
        UpdatedAtColumn(),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Everything the columns show, in one query."""
        return ReplyText.objects.select_related("department")


class CompetentBodyViewSet(GridViewSet):
    """Who helps when the town can't."""

    model = CompetentBody
    icon = "site"
    menu_label = _("Organismes compétents")
    search_fields = ["name", "contact"]
    list_display = ["name", _OFFERED, UpdatedAtColumn()]


class LegalProvisionViewSet(GridViewSet):
    """Articles on which a refusal of access relies (art. 4.6)."""

    model = LegalProvision
    icon = "clipboard-list"
    menu_label = _("Dispositions de la Loi sur l'accès")
    search_fields = ["article", "title", "text"]
    list_display = ["article", Column("title", label=_("Sujet"), sort_key="title"), _OFFERED, UpdatedAtColumn()]
