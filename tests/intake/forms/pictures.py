"""Small real files."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
GPS_IFD, ORIENTATION, MAKE = 0x8825, 0x0112, 0x010F


def a_photo(image_format: str = "JPEG", *, size=(60, 40), colour="navy", **save) -> bytes:
    """A photo's bytes."""
    written = io.BytesIO()
    Image.new("RGB", size, colour).save(written, image_format, **save)
    return written.getvalue()


def a_photo_with_its_place() -> bytes:
    """As a telephone held upright makes it: turned on its side, with the place and the maker in its data."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE] = 6, "Telephone"
    exif.get_ifd(GPS_IFD).update({1: "N", 2: (45.0, 52.0, 3.0), 3: "W", 4: (74.0, 5.0, 1.0)})
    return a_photo(exif=exif, comment=b"secret")


def a_pdf(name: str = "document.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    """A PDF on its way."""
    return SimpleUploadedFile(name, content, content_type="application/pdf")
