"""Addresses of what staff file: /admin/demandes/nouvelle/ for the technician, /admin/terrain/ for every employee."""

from django.urls import path, re_path

from intake.queue.urls import REFERENCE

from .add_files import AddFilesView
from .field_note import FieldNoteView
from .register import QuestionsView, ReceiptView, RegisterView
from .signed_letter import SignedLetterView

app_name = "intake_counter"

urlpatterns = [
    path("demandes/nouvelle/", RegisterView.as_view(), name="register"),
    path("demandes/nouvelle/questions/", QuestionsView.as_view(), name="questions"),
    re_path(rf"^demandes/{REFERENCE}/recu/$", ReceiptView.as_view(), name="receipt"),
    re_path(rf"^demandes/{REFERENCE}/lettre-signee/$", SignedLetterView.as_view(), name="signed_letter"),
    re_path(rf"^demandes/{REFERENCE}/pour-le-citoyen/$", AddFilesView.as_view(), name="add_files"),
    path("terrain/", FieldNoteView.as_view(), name="field_note"),
]
