"""Addresses of the imports, under /admin/importer/."""

from django.urls import path, re_path

from .columns import ColumnsView
from .screens import AllView, ApplyView, OneView, RefusedView, ReportView
from .words import WordsView

app_name = "intake_imports"

ONE = r"^(?P<pk>\d{1,18})"

urlpatterns = [
    path("", AllView.as_view(), name="all"),
    re_path(rf"{ONE}/$", OneView.as_view(), name="one"),
    re_path(rf"{ONE}/colonnes/$", ColumnsView.as_view(), name="columns"),
    re_path(rf"{ONE}/mots/$", WordsView.as_view(), name="words"),
    re_path(rf"{ONE}/verification/$", ReportView.as_view(), name="report"),
    re_path(rf"{ONE}/importer/$", ApplyView.as_view(), name="apply"),
    re_path(rf"{ONE}/refusees/$", RefusedView.as_view(), name="refused"),
]
