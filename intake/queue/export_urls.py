"""Addresses of the exports, under /admin/exportations/."""

from django.urls import path

from .export import ChooseView, FileView, ListView, ProgressView
from .export_layouts import LayoutView, NewLayoutView

app_name = "intake_export"

urlpatterns = [
    path("", ListView.as_view(), name="list"),
    path("nouvelle/", ChooseView.as_view(), name="choose"),
    path("presentations/nouvelle/", NewLayoutView.as_view(), name="new_layout"),
    path("presentations/<int:pk>/", LayoutView.as_view(), name="layout"),
    path("<int:pk>/", ProgressView.as_view(), name="progress"),
    path("<int:pk>/fichier/", FileView.as_view(), name="file"),
]
