"""Addresses of the monthly lists, under /admin/listes/."""

from django.urls import path, re_path

from .board import AGAIN, HOLD, SEND, ActView, MonthView
from .list_page import WorkbookView
from .reading import ListDoor
from .seen import MONTH
from .upload import ReviewView, UploadView

app_name = "intake_lists"

LIST = rf"^{MONTH}/(?P<code>[A-Z]{{2,8}})"

urlpatterns = [
    path("", MonthView.as_view(), name="today"),
    re_path(rf"^{MONTH}/$", MonthView.as_view(), name="month"),
    re_path(rf"{LIST}/$", ListDoor.as_view(), name="list"),
    re_path(rf"{LIST}/classeur/$", WorkbookView.as_view(), name="workbook"),
    re_path(rf"{LIST}/reponses/$", UploadView.as_view(), name="upload"),
    re_path(rf"{LIST}/reponses/(?P<pk>\d{{1,18}})/$", ReviewView.as_view(), name="review"),
    re_path(rf"{LIST}/(?P<act>{HOLD}|{SEND}|{AGAIN})/$", ActView.as_view(), name="act"),
]
