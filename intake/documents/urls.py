"""Addresses of what services are asked for, under /admin/documents-a-fournir/ (process/document_tasks.py names it in its mail)."""

from django.urls import path

from .screens import TasksView, TaskView

app_name = "intake_documents"

urlpatterns = [
    path("", TasksView.as_view(), name="tasks"),
    path("<int:pk>/", TaskView.as_view(), name="task"),
]
