"""The form pages that staff edit, and the drafts of citizens; one file each."""

from .draft import Draft, DraftFile
from .page import FormQuestion, RequestFormPage

__all__ = ["Draft", "DraftFile", "FormQuestion", "RequestFormPage"]
