"""Addresses outside the admin: the page of one's own status, and the telephone system's door (Annexe B)."""

from django.urls import path, re_path

from .availability.api import telephone_system
from .availability.screens import own_status

urlpatterns = [
    path("mon-statut/", own_status, name="own_status"),
    # With or without the last slash: a redirection would lose what a telephone system posts.
    re_path(r"^api/availability/?$", telephone_system, name="telephone_system"),
    re_path(r"^api/availability/(?P<extension>[^/]{1,40})/?$", telephone_system, name="telephone_extension"),
]
