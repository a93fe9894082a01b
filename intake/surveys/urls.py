"""Addresses of the results of the survey, under /admin/sondages/."""

from django.urls import path

from .pages import ResultsView, WorkbookView

app_name = "intake_surveys"

urlpatterns = [
    path("", ResultsView.as_view(), name="results"),
    path("sondages.xlsx", WorkbookView.as_view(), name="workbook"),
]
