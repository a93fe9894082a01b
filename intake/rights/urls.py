"""Addresses of the management of rights, under /admin/droits/."""

from django.urls import path

from .screens import AccountView, EmployeeView, LogView, PeopleView

app_name = "intake_rights"

urlpatterns = [
    path("", PeopleView.as_view(), name="index"),
    path("journal/", LogView.as_view(), name="log"),
    path("employe/<int:pk>/", EmployeeView.as_view(), name="employee"),
    path("compte/<int:pk>/", AccountView.as_view(), name="account"),
]
