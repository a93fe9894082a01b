"""Addresses of the designations, under /admin/designations/."""

from django.urls import path, re_path

from .pages import (
    AskView,
    DesignationsView,
    DesignationView,
    PaperView,
    PrintView,
    ReplaceView,
    ScanView,
    SignView,
)
from .writing import CorrectView, EndView, NewView, WithdrawView

app_name = "intake_designations"

ONE = r"^(?P<pk>\d{1,9})"

urlpatterns = [
    path("", DesignationsView.as_view(), name="all"),
    path("nouvelle/", NewView.as_view(), name="new"),
    re_path(rf"{ONE}/corriger/$", CorrectView.as_view(), name="correct"),
    re_path(rf"{ONE}/fin/$", EndView.as_view(), name="end"),
    re_path(rf"{ONE}/retirer/$", WithdrawView.as_view(), name="withdraw"),
    re_path(rf"{ONE}/$", DesignationView.as_view(), name="one"),
    re_path(rf"{ONE}/annexe-c\.(?P<kind>pdf|docx)$", PrintView.as_view(), name="print"),
    re_path(rf"{ONE}/signer/(?P<part>recipient|head)/$", SignView.as_view(), name="sign"),
    re_path(rf"{ONE}/demander/$", AskView.as_view(), name="ask"),
    re_path(rf"{ONE}/papier/$", PaperView.as_view(), name="paper"),
    re_path(rf"{ONE}/papier/(?P<form>\d{{1,9}})/$", ScanView.as_view(), name="scan"),
    re_path(rf"{ONE}/remplacement/$", ReplaceView.as_view(), name="replace"),
]
