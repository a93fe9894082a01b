"""What a citizen brings after filing (art. 2.3, 4.1): files for his request, the signed letter of a complaint."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from intake.models import AccessRecord, Attachment, Case
from intake.policy.complaint_target import Target
from intake.policy.roles import Role
from intake.policy.vocabulary import Kind, Status
from intake.process import NotVisible, route, supply
from intake.process.complaint_filing import ComplaintDetails
from intake.process.complaint_signing import bring_letter
from snippets.models import TownSettings
from tests.factories import CLERK, DIRECTOR, TECHNICIAN, a_case, user_with

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def photo(name="trou.png") -> SimpleUploadedFile:
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), "grey").save(stream, "PNG")
    return SimpleUploadedFile(name, stream.getvalue(), "image/png")


def unsigned(target=Target.SERVICE) -> Case:
    """A complaint sent without a signature, its author told to sign it later."""
    details = ComplaintDetails(target=target, to_be_signed=True)
    return a_case(kind=Kind.COMPLAINT, details=details, now=NOW - timedelta(days=1))


def add(client, case, **data):
    return client.post(reverse("intake_counter:add_files", args=[case.reference]), {"channel": "counter", **data})


def letter(client, case, **data):
    return client.post(reverse("intake_counter:signed_letter", args=[case.reference]), data)


# --- Files for a request --------------------------------------------------------------------------


def test_art_2_3_a_photo_brought_to_the_counter_is_added_with_its_event_and_the_recipient_is_told(
    technician, enter, nature
):
    nature.department.designations.update(position_email="poste@ville.example")
    case = route(pk=a_case(nature).pk, by=TECHNICIAN, now=NOW)
    add(enter(technician), case, files=photo(), text="C'est plus large.", channel="phone")
    attachment = case.attachments.get()
    assert attachment.file.name.startswith("citizens/")
    event = case.events.last()
    assert (event.verb, event.by, event.changes["channel"]) == ("supply", technician, "phone")
    assert (event.changes["supplied"], event.changes["supplied_files"]) == ("C'est plus large.", ["trou.png"])
    assert list(event.messages.values_list("code", "recipient")) == [("R30", "poste@ville.example")]


@pytest.mark.parametrize(
    "wrong", [SimpleUploadedFile("virus.exe", b"MZ\x90\x00" * 50), SimpleUploadedFile("vide.png", b""), None]
)
def test_a_file_that_citizens_could_not_send_is_refused_here_too_and_the_words_stay(technician, enter, nature, wrong):
    case = a_case(nature)
    page = add(enter(technician), case, text="Voici.", **({"files": wrong} if wrong else {}))
    assert page.status_code == 422
    assert "Voici." in page.content.decode()
    assert (Attachment.objects.count(), case.events.count()) == (0, 1)


def test_one_bad_file_loses_no_good_one(technician, enter, nature):
    case, client = a_case(nature), enter(technician)
    page = add(client, case, files=[photo(), SimpleUploadedFile("virus.exe", b"MZ\x90\x00" * 50)])
    assert page.status_code == 422
    add(client, case, brouillon=page.context["form"]["brouillon"].value())
    assert case.attachments.get().original_name == "trou.png"


def test_the_same_key_twice_adds_once(nature):
    case = a_case(nature)
    key = "5d0c7a2e-3b1f-4f0a-9c55-2f1d0c9f0a11"
    for _ in range(2):
        supply(pk=case.pk, text="Voici.", submission_key=key, by=TECHNICIAN, now=NOW)
    assert case.events.filter(verb="supply").count() == 1


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.COMMUNICATIONS, Role.COUNCIL, Role.CLERK])
def test_art_4_1_whoever_may_not_add_for_a_citizen_has_no_such_page(enter, technician, nature, role):
    assert add(enter(user_with(role)), a_case(nature), files=photo()).status_code == 404


def test_the_page_of_the_file_leads_there_while_something_may_be_added(technician, enter, nature):
    case = a_case(nature)
    address = reverse("intake_counter:add_files", args=[case.reference])
    client, page = enter(technician), reverse("intake_queue:case", args=[case.reference])
    assert address in client.get(page).content.decode()
    Case.objects.filter(pk=case.pk).update(status="withdrawn", closed_at=NOW)
    assert address not in client.get(page).content.decode()
    assert client.get(address).status_code == 404


# --- The signed letter of a complaint -------------------------------------------------------------


def test_art_4_1_the_technician_brings_the_signed_letter_of_a_complaint_that_he_does_not_read(technician, enter):
    TownSettings.objects.update(director_email="direction@ville.example")
    case, client = unsigned(), enter(technician)
    assert client.get(reverse("intake_queue:case", args=[case.reference])).status_code == 404
    board = client.get(reverse("intake_queue:where_is_it"), {"numero": case.reference}).content.decode()
    assert reverse("intake_counter:signed_letter", args=[case.reference]) in board
    response = letter(client, case, signer="Marie Tremblay", files=photo("lettre.png"))
    assert response.status_code == 302
    assert response.url == f"/admin/demandes/ou-en-est/?numero={case.reference}"
    case = Case.objects.get(pk=case.pk)
    assert (case.status_, case.complaint.is_signed) == (Status.UNDER_REVIEW, True)
    assert case.complaint.signer_name == "Marie Tremblay"
    assert case.attachments.get().original_name == "Document 1.png"  # art. 4.5: a name names nobody
    assert case.events.last().by == technician
    assert [message.code for message in case.events.last().messages.all()] == ["R32"]
    assert AccessRecord.objects.filter(case=case, user=technician, what="metadata", allowed=True).exists()


def test_art_4_5_the_page_where_the_letter_is_brought_says_nothing_of_the_complaint(technician, enter):
    case = unsigned()
    page = enter(technician).get(reverse("intake_counter:signed_letter", args=[case.reference])).content.decode()
    assert "Tremblay" not in page
    assert f'href="{reverse("intake_queue:case", args=[case.reference])}"' not in page


def test_a_letter_without_its_name_or_its_scan_is_asked_again(technician, enter):
    case, client = unsigned(), enter(technician)
    assert letter(client, case, signer="Marie Tremblay").status_code == 422
    assert letter(client, case, signer="", files=photo()).status_code == 422
    assert Case.objects.get(pk=case.pk).complaint.is_signed is False


@pytest.mark.parametrize("target", [Target.DIRECTOR, Target.TECHNICIAN])
def test_art_4_4_only_a_complaint_that_the_technician_may_know_of_takes_his_letter(technician, enter, target):
    case = unsigned(target)
    kept = case.complaint.kept_from_technician
    response = letter(enter(technician), case, signer="Marie Tremblay", files=photo())
    assert (response.status_code == 404) is kept


@pytest.mark.parametrize("by", [CLERK, DIRECTOR])
def test_art_4_1_nobody_else_brings_a_letter_to_a_complaint_that_he_does_not_read(town, by):
    with pytest.raises(NotVisible):
        bring_letter(reference=unsigned().reference, signer_name="Marie", files=(), by=by, now=NOW)


def test_a_signed_complaint_takes_no_second_letter(technician, enter):
    case, client = unsigned(), enter(technician)
    letter(client, case, signer="Marie Tremblay", files=photo())
    assert letter(client, case, signer="Marie Tremblay", files=photo()).status_code == 404
    assert case.attachments.count() == 1
