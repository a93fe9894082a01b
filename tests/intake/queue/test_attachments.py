"""A citizen's file: read by those who see the case, unable to run anything."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from intake.models import AccessRecord, Attachment
from intake.policy.roles import Role
from intake.policy.vocabulary import Kind
from tests.factories import user_with
from tests.intake.queue.steps import received

pytestmark = pytest.mark.django_db


def picture() -> bytes:
    stream = BytesIO()
    Image.new("RGB", (4, 4), "red").save(stream, "JPEG")
    return stream.getvalue()


def attach(case, *, name="photo.jpg", content_type="image/jpeg", content=None) -> Attachment:
    content = picture() if content is None else content
    attachment = Attachment(
        case=case, original_name=name, content_type=content_type, size=len(content), sha256="x", added_at=timezone.now()
    )
    attachment.file.save(name, ContentFile(content))
    return attachment


def read(client, attachment):
    return client.get(reverse("intake_queue:attachment", args=[attachment.case.reference, attachment.pk]))


def test_photo_when_opened_is_shown_and_can_run_nothing(enter, technician, nature):
    attachment = attach(received(nature))

    response = read(enter(technician), attachment)

    assert b"".join(response.streaming_content) == picture()
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Disposition"] == 'inline; filename="photo.jpg"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    ("name", "content_type", "served"),
    [
        ("facture.pdf", "application/pdf", "application/pdf"),
        ("page.html", "text/html", "application/octet-stream"),
        ("dessin.svg", "image/svg+xml", "application/octet-stream"),
    ],
)
def test_other_file_when_opened_is_downloaded(enter, technician, nature, name, content_type, served):
    attachment = attach(received(nature), name=name, content_type=content_type, content=b"<script>alert(1)</script>")

    response = read(enter(technician), attachment)

    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["Content-Type"] == served


def test_name_with_quotes_and_accents_when_sent_stays_one_name(enter, technician, nature):
    attachment = attach(received(nature), content=picture())
    attachment.original_name = 'été "x"\r\nSet-Cookie: a=b.jpg'
    attachment.save()

    response = read(enter(technician), attachment)

    assert "Set-Cookie" not in response.headers
    assert response["Content-Disposition"].startswith("inline; filename*=utf-8''")


def test_file_of_an_unseen_case_when_asked_is_missing_and_written(enter, recipient):
    attachment = attach(received(kind=Kind.COMPLAINT))

    assert read(enter(recipient), attachment).status_code == 404
    assert list(AccessRecord.objects.values_list("what", "allowed")) == [("attachment", False)]


def test_file_of_a_confidential_case_when_read_is_written(enter, town):
    attachment = attach(received(kind=Kind.COMPLAINT))

    assert read(enter(user_with(Role.DIRECTOR)), attachment).status_code == 200
    assert list(AccessRecord.objects.values_list("what", "allowed")) == [("attachment", True)]


def test_file_when_asked_through_another_case_or_lost_is_missing(enter, technician, nature):
    mine, other = received(nature), received(nature)
    attachment = attach(mine)
    client = enter(technician)

    assert client.get(reverse("intake_queue:attachment", args=[other.reference, attachment.pk])).status_code == 404
    attachment.file.storage.delete(attachment.file.name)
    assert read(client, attachment).status_code == 404


def test_visitor_when_he_asks_for_a_file_is_sent_to_the_login(client, nature):
    assert read(client, attach(received(nature))).url.startswith("/admin/login/")
