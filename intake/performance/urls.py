"""Addresses of the figures, under /admin/performance/."""

from django.urls import path

from .pages import BookView, PerformanceView

app_name = "intake_performance"

urlpatterns = [
    path("", PerformanceView.as_view(), name="figures"),
    path("classeur/", BookView.as_view(), name="workbook"),
]
