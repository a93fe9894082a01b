"""Addresses of the officials' page, under /admin/elus/."""

from django.urls import path, re_path

from .pages import FileView, MonthsView, MonthView

app_name = "intake_council"

MONTH = r"(?P<month>\d{4}-(?:0[1-9]|1[0-2]))"

urlpatterns = [
    path("", MonthsView.as_view(), name="months"),
    re_path(rf"^{MONTH}/$", MonthView.as_view(), name="month"),
    re_path(rf"^{MONTH}\.(?P<kind>xlsx|pdf)$", FileView.as_view(), name="file"),
]
