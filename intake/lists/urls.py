"""Addresses of the monthly lists, under /admin/listes/."""

from django.urls import re_path

from .list_page import ListView

app_name = "intake_lists"

urlpatterns = [
    re_path(r"^(?P<month>\d{4}-\d{2})/(?P<code>[A-Z]{2,8})/$", ListView.as_view(), name="list"),
]
