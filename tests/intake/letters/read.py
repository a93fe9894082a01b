"""What a letter says, read back from its file by other libraries than those that wrote it."""

import re
import shutil
import subprocess
from io import BytesIO

import pytest
from docx import Document
from pypdf import PdfReader


def on_one_line(text: str) -> str:
    return " ".join(re.sub(r"[\s\u00a0]+", " ", text).split())


def pdf_words(pdf: bytes) -> str:
    """Every word of the file, in the order of its content."""
    return on_one_line(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages))


def words_of_pdftotext(pdf: bytes) -> str:
    """The same by poppler, which knows nothing of the library that wrote the file."""
    if not shutil.which("pdftotext"):
        pytest.skip("no pdftotext on this machine")
    made = subprocess.run(["pdftotext", "-enc", "UTF-8", "-", "-"], input=pdf, capture_output=True, check=True)
    return on_one_line(made.stdout.decode())


def docx_words(docx: bytes) -> str:
    document = Document(BytesIO(docx))
    header = [paragraph.text for paragraph in document.sections[0].first_page_header.paragraphs]
    return on_one_line(" ".join(header + [paragraph.text for paragraph in document.paragraphs]))
