"""Communications staff see no file anywhere (art. 4.5): not in a menu, a search, a document, a history or the API."""

import re

import pytest
from django.core.files.base import ContentFile
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from post_office.models import Email
from wagtail.log_actions import log
from wagtail.models import APIToken, ModelLogEntry

from cms.roles import ensure_roles
from intake.models import Answer, Attachment, Case, CaseEvent, CaseMessage, Requester
from intake.policy.roles import Role
from tests.factories import NatureFactory, QuestionFactory, user_with

# What no page may hold; searched for as « Zorglu », which a page may repeat.
SECRETS = ("2026-0907", "Zorglubinette", "Zorglubite", "zorglub-photo", "Zorglubmail", "Zorglubréponse")
# One ends the session, the other fails on purpose.
LEFT_OUT = ("logout", "failwhale")


@pytest.fixture
def case(db):
    """A file with a secret in each place."""
    moment = timezone.now()
    nature = NatureFactory()
    case = Case.objects.create(
        reference="2026-0907",
        year=2026,
        number=907,
        kind="request",
        department=nature.department,
        nature=nature,
        facts="Zorglubite",
        location="1, rue Zorglubite",
        received_at=moment,
        last_event_at=moment,
        tracking_hash="x",
    )
    Requester.objects.create(case=case, last_name="Zorglubinette", email="zorglubinette@exemple.example")
    question = QuestionFactory(nature=nature)
    Answer.objects.create(
        case=case, position=1, key=question.key, label=question.label, display="Zorglubréponse", question=question
    )
    event = CaseEvent.objects.create(
        case=case, verb="receive", at=moment, by_label="Zorglubinette", to_status="received"
    )
    attachment = Attachment(case=case, original_name="zorglub-photo.jpg", content_type="image/jpeg", size=3, sha256="x")
    attachment.added_at = moment
    attachment.file.save("zorglub-photo.jpg", ContentFile(b"abc"))
    mail = Email.objects.create(from_email="a@b.example", to="zorglubinette@exemple.example", subject="Zorglubmail")
    CaseMessage.objects.create(case=case, event=event, code="T1", audience="citizen", recipient=mail.to[0], mail=mail)
    return case


@pytest.fixture
def staff(client, db):
    ensure_roles()
    client.user = user_with(Role.COMMUNICATIONS, username="comm")
    client.force_login(client.user)
    return client


def addresses(patterns=None, prefix="") -> list[str]:
    """Every address under /admin/ and /api/, its parameters filled with 1 or a word."""
    found = []
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            if prefix or route.startswith(("admin/", "api/")):
                found += addresses(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern) and prefix:
            found.append("/" + filled(route))
    return [address for address in found if not any(word in address for word in LEFT_OUT)]


def filled(route: str) -> str:
    route = re.sub(r"\(\?P<reference>.*?\}\)", "2026-0907", route)
    route = re.sub(r"<int:[^>]+>|<[^:>]*pk>|<str:[^>]+>", "1", route)
    route = re.sub(r"<(?:slug:|path:|uuid:)?[^>]+>", "1", route)
    route = re.sub(r"\(\?P<[^>]+>[^)]*\)|\(\?P1[^)]*\)|\([^)]*\)", "1", route)
    return re.sub(r"[\^$?\\]", "", route)


def text_of(response) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode("utf-8", "replace")


def test_the_walk_meets_the_whole_admin():
    walked = addresses()

    assert len(walked) > 250
    for name in (
        "wagtailadmin_home",
        "wagtailadmin_reports:site_history",
        "wagtailsnippets_snippets_requestnature:list",
    ):
        assert reverse(name) in walked


@pytest.mark.parametrize("query", ["", "?q=Zorglu", "?q=2026-09"])
def test_communications_walk_the_whole_admin_and_meet_no_file(staff, case, query):
    staff.raise_request_exception = False
    for address in addresses():
        response = staff.get(address + query)
        page = text_of(response)
        assert response.status_code < 500, address
        for secret in SECRETS:
            assert secret not in page, (address, secret)


def test_the_same_walk_shows_the_file_to_the_emergency_account(admin_client, case):
    admin_client.raise_request_exception = False
    pages = "".join(text_of(admin_client.get(address)) for address in addresses() if "/demandes/" in address)

    assert "2026-0907" in pages  # so that the walk of communications staff could have met it


def test_what_was_logged_about_a_file_is_in_no_history_of_theirs(staff, case):
    technician = user_with(Role.TECHNICIAN, username="tec")
    log(case, "wagtail.edit", user=technician, title="2026-0907")
    assert ModelLogEntry.objects.filter(label="2026-0907").exists()

    page = staff.get(reverse("wagtailadmin_reports:site_history")).content.decode()

    assert "2026-0907" not in page


def test_their_menu_has_no_door_to_the_files(staff):
    page = staff.get(reverse("wagtailadmin_home")).content.decode()

    assert "/admin/demandes/" not in page


def test_the_api_of_the_site_opens_no_file_to_their_key(client, staff, case):
    token = APIToken.generate_token()
    APIToken.objects.create(user=staff.user, name="Essai", key_hash=APIToken.hash_token(token), prefix=token[:16])
    key = {"authorization": f"Bearer {token}"}
    kinds = ("intake.Case", "intake.Requester", "intake.CaseEvent", "intake.Attachment", "snippets.RequestNature")
    walked = [address for address in addresses() if address.startswith("/api/")]
    walked += [f"/api/v3/{part}/{kind}/" for part in ("snippets", "schema") for kind in kinds]

    pages = {address: text_of(client.get(address, headers=key)) for address in walked}

    assert '"comm"' in pages["/api/v3/whoami/"].replace(" ", "")  # the key does open the door
    assert not [address for address, page in pages.items() for secret in SECRETS if secret in page]


@pytest.mark.parametrize("view", ["usage", "history", "delete", "edit"])
def test_the_pages_of_a_nature_in_use_show_no_file(staff, case, view):
    page = text_of(staff.get(reverse(f"wagtailsnippets_snippets_requestnature:{view}", args=[case.nature_id])))

    assert not [secret for secret in SECRETS if secret in page]


def test_a_private_document_is_no_document_of_the_site(staff, case):
    attachment = case.attachments.get()

    for address in ("/documents/1/zorglub-photo.jpg", f"/media/{attachment.file.name}"):
        assert staff.get(address).status_code == 404
