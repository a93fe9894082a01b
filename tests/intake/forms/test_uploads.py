"""Files are known by their content (issue 3, « Bad input »; domain case 24)."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from intake.forms import uploads
from intake.forms.models import Draft, DraftFile
from intake.models import private_storage
from intake.policy.vocabulary import Kind

from .citizen import GOOD, errors_of, text_of, url_of
from .pictures import GPS_IFD, PDF, a_pdf, a_photo, a_photo_with_its_place

pytestmark = pytest.mark.django_db


def sent(name, content):
    return SimpleUploadedFile(name, content)


def a_png_bomb() -> bytes:
    """A few kilobytes that unfold to 72 million points: fewer than those of which Pillow warns."""
    return a_photo("PNG", size=(8_500, 8_500), colour=0, compress_level=9)


@pytest.mark.parametrize(
    ("image_format", "name", "content_type", "kept_name"),
    [
        ("JPEG", "trou.JPG", "image/jpeg", "trou.JPG"),
        ("PNG", "trou.png", "image/png", "trou.png"),
        ("WEBP", "trou.webp", "image/jpeg", "trou.jpg"),
        ("GIF", "trou.gif", "image/png", "trou.png"),
        ("HEIF", "IMG_0001.HEIC", "image/jpeg", "IMG_0001.jpg"),
        # A photo whose suffix lies is still a photo: it takes the suffix of its true type.
        ("PNG", "trou.exe", "image/png", "trou.png"),
        ("JPEG", "trou", "image/jpeg", "trou.jpg"),
    ],
)
def test_a_photo_is_made_anew_in_a_form_that_opens_everywhere(image_format, name, content_type, kept_name):
    checked = uploads.check(sent(name, a_photo(image_format)))
    assert (checked.content_type, checked.name) == (content_type, kept_name)
    with Image.open(io.BytesIO(checked.content)) as image:
        assert Image.MIME[image.format] == content_type
        assert image.size == (60, 40)


def test_case_24_a_photo_loses_its_place_and_keeps_its_sense():
    original = a_photo_with_its_place()
    with Image.open(io.BytesIO(original)) as image:
        assert image.getexif().get_ifd(GPS_IFD)
    checked = uploads.check(sent("photo.jpg", original))
    with Image.open(io.BytesIO(checked.content)) as image:
        assert dict(image.getexif()) == {}
        assert dict(image.getexif().get_ifd(GPS_IFD)) == {}
        assert image.size == (40, 60), "turned upright, as it was held"
    for trace in (b"Exif", b"Telephone", b"secret"):
        assert trace in original
        assert trace not in checked.content


def test_a_png_loses_its_hidden_texts_and_keeps_what_shows_through():
    from PIL.PngImagePlugin import PngInfo

    hidden = PngInfo()
    hidden.add_text("Comment", "45.8675, -74.0847")
    written = io.BytesIO()
    Image.new("RGBA", (20, 20), (255, 0, 0, 128)).save(written, "PNG", pnginfo=hidden)
    checked = uploads.check(sent("a.png", written.getvalue()))
    assert b"74.0847" not in checked.content
    with Image.open(io.BytesIO(checked.content)) as image:
        assert image.getpixel((0, 0)) == (255, 0, 0, 128)


def test_a_very_large_photo_is_reduced():
    checked = uploads.check(sent("a.jpg", a_photo(size=(6000, 3000), quality=30)))
    with Image.open(io.BytesIO(checked.content)) as image:
        assert image.size == (4096, 2048)


def test_a_pdf_is_kept_as_it_is():
    checked = uploads.check(a_pdf("Plan 1.PDF"))
    assert (checked.content, checked.content_type, checked.name) == (PDF, "application/pdf", "Plan 1.PDF")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("vide.jpg", b"", "« vide.jpg » est vide"),
        ("gros.pdf", PDF + b"x" * (10 * 1024 * 1024), "« gros.pdf » dépasse 10 Mo"),
        ("virus.jpg", b"MZ\x90\x00" + b"\x00" * 200, "« virus.jpg » n'est ni une photo"),
        ("page.pdf", b"<html><script>alert(1)</script></html>", "« page.pdf » n'est ni une photo"),
        ("dessin.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "« dessin.png » n'est ni une photo"),
        ("archive.pdf", b"PK\x03\x04" + b"\x00" * 100, "« archive.pdf » n'est ni une photo"),
        ("coupe.jpg", a_photo(size=(400, 400))[:900], "« coupe.jpg » est une image abîmée ou incomplète"),
        ("coupe.png", a_photo("PNG", size=(400, 400))[:90], "« coupe.png » est une image abîmée ou incomplète"),
        ("entete.jpg", b"\xff\xd8\xff\xe0" + b"<?php system($_GET[0]); ?>" * 9, "« entete.jpg » est une image abîmée"),
        ("coupe.pdf", PDF[:40], "« coupe.pdf » est incomplet ou abîmé"),
        ("bombe.png", a_png_bomb(), "« bombe.png » est une image trop grande"),
        ("../../etc/passwd", b"root:x:0", "« passwd » n'est ni une photo"),
    ],
)
def test_a_bad_file_is_refused_by_its_name(name, content, message):
    with pytest.raises(uploads.Unacceptable, match=f"^{message}"):
        uploads.check(sent(name, content))


@given(st.binary(max_size=300), st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"%PDF-"]))
def test_whatever_a_file_holds_it_is_taken_or_refused_in_words(content, start):
    outcome = ""
    try:
        outcome = uploads.check(sent("a.jpg", start + content)).content_type
    except uploads.Unacceptable as refusal:
        outcome = str(refusal)
    assert outcome in ("image/jpeg", "image/png", "application/pdf") or outcome.startswith("« a.jpg » ")


@given(st.text(max_size=300))
def test_whatever_a_file_is_called_its_name_can_be_shown_and_saved(name):
    kept = uploads.clean_name(name)
    assert 0 < len(kept) <= 120
    assert not set(kept) & set('/\\\x00\n<>:"|?*')
    assert kept not in (".", "..")


def test_good_files_are_kept_while_bad_ones_are_named(citizen):
    draft = citizen.begin()
    files = [sent("bon.jpg", a_photo()), sent("faux.jpg", b"rien"), a_pdf("bon.pdf"), sent("vide.png", b"")]
    response = citizen.post(url_of(draft, "demande"), {**GOOD[Kind.REQUEST]["demande"], "files": files})
    assert response.status_code == 422
    said = errors_of(response)
    assert [line.split(" »")[0] for line in said] == ["« faux.jpg", "« vide.png"]
    assert [file.original_name for file in draft.files.all()] == ["bon.jpg", "bon.pdf"]
    assert "bon.pdf" in text_of(response)
    # The others being kept, the next « Continuer » goes on.
    assert citizen.post(url_of(draft, "demande"), GOOD[Kind.REQUEST]["demande"]).status_code == 303


def test_ten_files_and_no_more(citizen):
    draft = citizen.begin()
    files = [sent(f"{n}.jpg", a_photo(size=(10 + n, 10))) for n in range(12)]
    response = citizen.post(url_of(draft, "demande"), {**GOOD[Kind.REQUEST]["demande"], "files": files})
    assert errors_of(response) == [f"« {n}.jpg » n'a pas été ajouté : 10 fichiers au plus." for n in (10, 11)]
    assert draft.files.count() == 10


def test_the_same_file_sent_again_is_kept_once(citizen):
    draft = citizen.begin()
    for _ in range(2):
        citizen.post(url_of(draft, "demande"), {"files": [sent("a.jpg", a_photo())]})
    assert draft.files.count() == 1


def test_files_are_added_and_removed_without_leaving_the_page_nor_losing_a_word(citizen):
    draft = citizen.begin()
    step = url_of(draft, "demande")
    added = citizen.post(step, {"facts": "début", "files": [sent("a.jpg", a_photo())], "add_files": "1"})
    assert added.url == f"{step}#fichiers"
    file = draft.files.get()
    stored = file.file.name
    assert private_storage().exists(stored)
    removed = citizen.post(step, {"facts": "début", "location": "ici", "remove_file": str(file.pk)})
    assert removed.url == f"{step}#fichiers"
    assert not draft.files.exists()
    assert not private_storage().exists(stored)
    body = citizen.get(step).content.decode()
    assert "début" in body
    assert 'value="ici"' in body


def test_no_one_removes_the_file_of_another_draft(citizen):
    mine, other = citizen.begin(), citizen.begin()
    uploads.add(other, [sent("a.jpg", a_photo())], now=timezone.now())
    for number in (str(other.files.get().pk), "abc", "9" * 30, "-1", "٣"):
        citizen.post(url_of(mine, "demande"), {"remove_file": number})
    assert other.files.count() == 1


def test_stored_names_tell_nothing_and_are_not_public(citizen, settings):
    draft = citizen.begin()
    uploads.add(draft, [sent("marie tremblay.jpg", a_photo())], now=timezone.now())
    name = draft.files.get().file.name
    assert "marie" not in name
    assert citizen.client.get(f"/media/{name}").status_code == 404
    assert not private_storage().path(name).startswith(str(settings.MEDIA_ROOT))


def test_when_storing_breaks_then_the_row_still_names_the_file_for_the_purge(citizen, settings, tmp_path):
    draft = citizen.begin()
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder should be")
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {**settings.STORAGES["private"], "OPTIONS": {"location": str(blocked), "base_url": None}},
    }
    with pytest.raises(OSError, match="blocked"):
        uploads.add(draft, [sent("a.jpg", a_photo())], now=timezone.now())
    row = DraftFile.objects.get()
    assert (row.is_stored, row.file.name.startswith("citizens/")) == (False, True)
    assert Draft.objects.filter(pk=draft.pk).exists()
