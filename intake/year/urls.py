"""Addresses of the year, under /admin/calendrier/."""

from django.urls import path

from .pages import RenewView, RevokeView, YearView

app_name = "intake_year"

urlpatterns = [
    path("", YearView.as_view(), name="year"),
    path("adresse/", RenewView.as_view(), name="renew"),
    path("adresse/revoquer/", RevokeView.as_view(), name="revoke"),
]
