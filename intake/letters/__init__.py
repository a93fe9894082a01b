"""From words to paper: a letter in the town's letterhead, as PDF or DOCX; who writes it, and when, is not its business."""

from .address import Addressee, address_lines
from .messages import addressee_of, letter_for_message, sheet_of
from .pdf import as_one_pdf, as_pdf
from .sheet import Facts, Items, LetterSheet, Paper, Signature, dateline
from .word import as_docx

__all__ = [
    "Addressee",
    "Facts",
    "Items",
    "LetterSheet",
    "Paper",
    "Signature",
    "address_lines",
    "addressee_of",
    "as_docx",
    "as_one_pdf",
    "as_pdf",
    "dateline",
    "letter_for_message",
    "sheet_of",
]
