"""Addresses of the citizens' door that are not pages; the forms themselves are pages of the tree."""

from django.urls import path

from intake.forms.tracking import follow

urlpatterns = [
    path("suivi/", follow, name="tracking"),
]
