"""Invented photos for a few files: a grey road, a dark hole; nobody's street, nobody's face."""

import hashlib
import io
from random import Random
from uuid import UUID

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw, ImageFilter

from intake.models import private_storage
from intake.process import GivenFile

SIZE = (960, 720)
SKY, ROAD, LINE, HOLE = (176, 196, 214), (112, 114, 117), (226, 205, 120), (44, 42, 40)
HORIZON = 230


def photo(rng: Random) -> GivenFile:
    """Draw a photo, keep it privately and return it as a door would hand it over."""
    content = _jpeg(rng)
    name = private_storage().save(f"demonstration/{UUID(int=rng.getrandbits(128))}.jpg", ContentFile(content))
    return GivenFile(
        name=name,
        original_name=f"IMG_{rng.randrange(1000, 9999)}.jpg",
        content_type="image/jpeg",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def _jpeg(rng: Random) -> bytes:
    width, height = SIZE
    image = Image.new("RGB", SIZE, SKY)
    draw = ImageDraw.Draw(image)
    middle = width // 2
    draw.polygon([(middle - 60, HORIZON), (middle + 60, HORIZON), (width + 200, height), (-200, height)], fill=ROAD)
    draw.polygon(
        [(middle - 3, HORIZON), (middle + 3, HORIZON), (middle + 26, height), (middle - 26, height)], fill=LINE
    )
    x, y = rng.randrange(180, 620), rng.randrange(400, 560)
    draw.ellipse([x, y, x + rng.randrange(120, 260), y + rng.randrange(40, 110)], fill=HOLE)
    written = io.BytesIO()
    image.filter(ImageFilter.GaussianBlur(3)).save(written, "JPEG", quality=80)
    return written.getvalue()
