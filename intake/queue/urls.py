"""Addresses of the staff's door, under /admin/demandes/."""

from django.urls import re_path

from .case_page import CaseView

app_name = "intake_queue"

REFERENCE = r"(?P<reference>\d{4}-\d{1,7})"

urlpatterns = [
    re_path(rf"^{REFERENCE}/$", CaseView.as_view(), name="case"),
]
