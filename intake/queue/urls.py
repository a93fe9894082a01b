"""Addresses of the staff's door, under /admin/demandes/."""

from django.urls import path, re_path

from .attachments import AttachmentView
from .bulk import BulkResultView, BulkView
from .case_page import CaseView
from .complaint_views import NoticeView, UndertakingView, WhereIsItView
from .former_page import FormerWordsView
from .gesture_view import GestureView
from .letters import LettersView, PrintLettersView
from .paper import ReceiptLetterView, TaskFileView
from .text_preview import TextPreviewView

app_name = "intake_queue"

REFERENCE = r"(?P<reference>\d{4}-\d{1,7})"

urlpatterns = [
    path("lot/", BulkView.as_view(), name="bulk"),
    path("lot/resultat/", BulkResultView.as_view(), name="bulk_result"),
    path("lettres/", LettersView.as_view(), name="letters"),
    path("lettres/imprimer/", PrintLettersView.as_view(), name="print_letters"),
    path("textes/apercu/", TextPreviewView.as_view(), name="text_preview"),
    path("ou-en-est/", WhereIsItView.as_view(), name="where_is_it"),
    re_path(rf"^{REFERENCE}/engagement/$", UndertakingView.as_view(), name="undertaking"),
    re_path(rf"^{REFERENCE}/avis/$", NoticeView.as_view(), name="notice"),
    re_path(rf"^{REFERENCE}/avant/$", FormerWordsView.as_view(), name="former_words"),
    re_path(rf"^{REFERENCE}/$", CaseView.as_view(), name="case"),
    re_path(rf"^{REFERENCE}/avis\.(?P<kind>pdf|docx)$", ReceiptLetterView.as_view(), name="receipt_letter"),
    re_path(rf"^{REFERENCE}/documents/(?P<pk>\d{{1,18}})/$", TaskFileView.as_view(), name="task_file"),
    re_path(rf"^{REFERENCE}/geste/(?P<verb>[a-z_]+)/$", GestureView.as_view(), name="gesture"),
    re_path(rf"^{REFERENCE}/fichiers/(?P<pk>\d{{1,18}})/$", AttachmentView.as_view(), name="attachment"),
]
