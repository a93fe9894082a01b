"""Addresses of the exports, under /admin/exportations/."""

from django.urls import path

from .export import ChooseView, FileView, ListView, ProgressView

app_name = "intake_export"

urlpatterns = [
    path("", ListView.as_view(), name="list"),
    path("nouvelle/", ChooseView.as_view(), name="choose"),
    path("<int:pk>/", ProgressView.as_view(), name="progress"),
    path("<int:pk>/fichier/", FileView.as_view(), name="file"),
]
