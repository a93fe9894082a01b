"""What stands at the top of every letter: the town's name, logo, address and numbers, from its settings."""

import logging
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, UnidentifiedImageError

from snippets.models import TownSettings

logger = logging.getLogger(__name__)

# Twice what is printed at 300 dots an inch would be waste: a logo is 16 mm high.
LOGO_PIXELS = (900, 300)


@dataclass(frozen=True)
class Letterhead:
    """`logo` is a PNG, or None; `lines` are the town's address and numbers."""

    name: str
    colour: str
    logo: bytes | None
    lines: tuple[str, ...]


def letterhead(town: TownSettings) -> Letterhead:
    """Read the letterhead from the town's settings."""
    reach = " · ".join(part for part in (town.phone, town.email) if part)
    return Letterhead(
        name=town.name,
        colour=town.brand_colour,
        logo=_logo(town),
        lines=tuple(line.strip() for line in (*town.address.splitlines(), reach) if line.strip()),
    )


def _logo(town: TownSettings) -> bytes | None:
    """The logo as a small PNG. Without its file, or if it is no picture, the letter leaves all the same."""
    if town.logo is None:
        return None
    try:
        with town.logo.file.storage.open(town.logo.file.name, "rb") as stream, Image.open(stream) as picture:
            picture.thumbnail(LOGO_PIXELS)
            png = BytesIO()
            picture.convert("RGBA").save(png, "PNG")
    except (OSError, UnidentifiedImageError):
        logger.exception("logo_unreadable", extra={"image_id": town.logo_id})
        return None
    return png.getvalue()
