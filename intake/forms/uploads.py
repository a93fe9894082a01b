"""Citizens' files: known by their content, photos made anew without their place, kept under a name nobody can guess."""

import hashlib
import io
import logging
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

import filetype
import pillow_heif
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from intake.models import private_storage
from intake.policy import cleaning

from .models.draft import Draft, DraftFile

logger = logging.getLogger(__name__)
pillow_heif.register_heif_opener()

PDF = "application/pdf"
# What a photo may be, by content; to what it is made anew, with its suffix. A HEIC does not open everywhere: JPEG does.
PHOTOS = {
    "image/jpeg": ("JPEG", "JPEG", "image/jpeg", ".jpg"),
    "image/png": ("PNG", "PNG", "image/png", ".png"),
    "image/webp": ("WEBP", "JPEG", "image/jpeg", ".jpg"),
    "image/gif": ("GIF", "PNG", "image/png", ".png"),
    "image/heic": ("HEIF", "JPEG", "image/jpeg", ".jpg"),
    "image/heif": ("HEIF", "JPEG", "image/jpeg", ".jpg"),
}
# A photo of a telephone has 12 to 50 million points; a small file that unfolds to more is a bomb.
MAX_POINTS = 64_000_000
# Enough to read a licence or a meter; more only fills the disk.
LONGEST_SIDE = 4096
JPEG_QUALITY = 88
NAME_LENGTH = 120
PDF_END_WITHIN = 2048


class Unacceptable(Exception):
    """A file can't be taken; the message says why in French and names it."""


class TooManyPoints(Exception):
    """The image would unfold to more than the machine should hold."""


@dataclass(frozen=True)
class Checked:
    """A file ready to be kept: its bytes, true type, suffix and cleaned name."""

    content: bytes
    content_type: str
    suffix: str
    name: str


def check(upload: UploadedFile) -> Checked:
    """Return the file as it will be kept. Raises Unacceptable."""
    name = clean_name(upload.name or "")
    if not upload.size:
        raise Unacceptable(_("« %(name)s » est vide. Choisissez un autre fichier.") % {"name": name})
    if upload.size > settings.ATTACHMENT_MAX_BYTES:
        raise Unacceptable(
            _("« %(name)s » dépasse %(limit)d Mo. Réduisez-le ou envoyez-le autrement.")
            % {"name": name, "limit": settings.ATTACHMENT_MAX_BYTES // (1024 * 1024)}
        )
    content = upload.read()
    kind = filetype.guess_mime(content)
    if kind == PDF:
        return Checked(_whole_pdf(content, name), PDF, ".pdf", with_suffix(name, ".pdf"))
    if kind in PHOTOS:
        return _photo(content, kind, name)
    raise Unacceptable(_("« %(name)s » n'est ni une photo (JPEG, PNG, WebP, GIF, HEIC) ni un PDF.") % {"name": name})


def _whole_pdf(content: bytes, name: str) -> bytes:
    """A PDF ends with its mark: without it, it did not arrive whole."""
    if b"%%EOF" not in content[-PDF_END_WITHIN:]:
        raise Unacceptable(_("« %(name)s » est incomplet ou abîmé. Enregistrez-le de nouveau en PDF.") % {"name": name})
    return content


def _photo(content: bytes, kind: str, name: str) -> Checked:
    """Decode the photo, which proves that it is one, and write it anew: no position, no camera, nothing hidden."""
    source, target, content_type, suffix = PHOTOS[kind]
    try:
        made = _made_anew(content, source, target)
    except (TooManyPoints, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        message = _("« %(name)s » est une image trop grande. Réduisez-la avant de l'envoyer.") % {"name": name}
        raise Unacceptable(message) from error
    except Exception as error:  # a decoder may fail in any way on a hostile file
        logger.info("photo_unreadable", extra={"error": type(error).__name__})
        message = _("« %(name)s » est une image abîmée ou incomplète. Choisissez-en une autre.") % {"name": name}
        raise Unacceptable(message) from error
    return Checked(made, content_type, suffix, with_suffix(name, suffix))


def _made_anew(content: bytes, source: str, target: str) -> bytes:
    with Image.open(io.BytesIO(content), formats=[source]) as probe:
        if probe.width * probe.height > MAX_POINTS:
            raise TooManyPoints
        if source != "HEIF":  # its reader has nothing to verify before decoding
            probe.verify()
    with Image.open(io.BytesIO(content), formats=[source]) as image:
        if source == "JPEG":
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        image.load()
        # Domain case 24: turned as it was held, then without the data that says where and with what.
        upright = ImageOps.exif_transpose(image)
        profile = upright.info.get("icc_profile")
        plain = _in_mode_of(target, upright)
        plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    plain.info = {}
    written = io.BytesIO()
    options = {"quality": JPEG_QUALITY} if target == "JPEG" else {}
    if profile and plain.mode in ("RGB", "RGBA", "L"):
        options["icc_profile"] = profile
    plain.save(written, target, **options)
    return written.getvalue()


def _in_mode_of(target: str, image: Image.Image) -> Image.Image:
    """JPEG knows no transparency: what shows through becomes white."""
    if target == "PNG":
        return image if image.mode in ("RGB", "RGBA", "L", "LA") else image.convert("RGBA")
    if "A" in image.mode or "transparency" in image.info:
        layer = image.convert("RGBA")
        white = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(white, layer).convert("RGB")
    return image if image.mode in ("RGB", "L") else image.convert("RGB")


def clean_name(name: str) -> str:
    """Return a file name that can be shown and saved: no path, no control, not too long."""
    line = cleaning.clean_line(name.replace("\\", "/").rsplit("/", 1)[-1]).strip(". ")
    kept = "".join("_" if character in '<>:"|?*' else character for character in line)
    path = PurePosixPath(kept or _("fichier"))
    return path.stem[: NAME_LENGTH - len(path.suffix[:10])] + path.suffix[:10]


def with_suffix(name: str, suffix: str) -> str:
    """Give the name the suffix of its true type: a browser and a person then agree on what it is."""
    same = {".jpg": (".jpg", ".jpeg")}.get(suffix, (suffix,))
    path = PurePosixPath(name)
    return name if path.suffix.lower() in same else f"{path.stem}{suffix}"


# --- Keeping -------------------------------------------------------------------------------------


def add(draft: Draft, uploads: Iterable[UploadedFile], *, now: datetime) -> list[str]:
    """Check each file and keep the good ones with the draft; return what is wrong with the others, in French."""
    errors = []
    for upload in uploads:
        if draft.files.count() >= settings.ATTACHMENT_MAX_COUNT:
            errors.append(
                _("« %(name)s » n'a pas été ajouté : %(limit)d fichiers au plus.")
                % {"name": clean_name(upload.name or ""), "limit": settings.ATTACHMENT_MAX_COUNT}
            )
            continue
        try:
            _keep(draft, check(upload), now)
        except Unacceptable as refusal:
            errors.append(str(refusal))
    return errors


def _keep(draft: Draft, checked: Checked, now: datetime) -> None:
    """Write the row, then the file: whatever breaks in between, the purge knows the name."""
    sha256 = hashlib.sha256(checked.content).hexdigest()
    if draft.files.filter(sha256=sha256, is_stored=True).exists():
        return  # the same file sent again, by a page shown again after an error
    day = timezone.localtime(now)
    row = DraftFile.objects.create(
        draft=draft,
        file=f"citizens/{day:%Y/%m}/{uuid.uuid4().hex}{checked.suffix}",
        original_name=checked.name,
        content_type=checked.content_type,
        size=len(checked.content),
        sha256=sha256,
    )
    row.file.name = private_storage().save(row.file.name, ContentFile(checked.content))
    row.is_stored = True
    row.save(update_fields=["file", "is_stored"])


def remove(draft: Draft, file_id: int) -> None:
    """Remove one file of a draft; a file already given to a case is no longer the draft's and stays."""
    with transaction.atomic():
        # The draft's lock: filing holds it while it hands the files over.
        Draft.objects.select_for_update().filter(pk=draft.pk).first()
        row = DraftFile.objects.filter(draft=draft, pk=file_id).first()
        if row is not None:
            row.delete()
            private_storage().delete(row.file.name)
