"""Addresses of the register, under /admin/incidents/."""

from django.urls import path

from .screens import IncidentView, RegisterView, ReportView

app_name = "intake_incidents"

urlpatterns = [
    path("", RegisterView.as_view(), name="register"),
    path("signaler/", ReportView.as_view(), name="report"),
    path("<int:pk>/", IncidentView.as_view(), name="incident"),
]
