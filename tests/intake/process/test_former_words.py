"""Art. 4.5: a confidential file that opens to a service says what was written for it; what the citizen wrote stays sealed."""

import re
from io import BytesIO
from urllib.parse import quote

import openpyxl
import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from intake.excel.columns import columns_for
from intake.models import AccessRecord, Answer, Attachment, Case, FormerWords, actor_for
from intake.policy.redaction import plain
from intake.policy.roles import Actor, Role
from intake.policy.sorting import opens_to_services, reclassifying_refusals
from intake.policy.vocabulary import Kind
from intake.process import GivenAnswer, Refused, reclassify, route
from intake.process.claims import ClaimDetails, transmit
from intake.process.export import Asked, record_export, write_export
from intake.queue.listing import listing_for
from tests.factories import DIRECTOR, TECHNICIAN, DepartmentFactory, NatureFactory, a_case, user_with
from tests.intake.complaints.steps import a_complaint, under_review
from tests.intake.complaints.test_erasure import every_text
from tests.intake.queue.conftest import roles  # noqa: F401
from tests.intake.queue.steps import words

pytestmark = pytest.mark.django_db

SAID = "Zéphyrine Quévillon-Brûlé du garage m'a insulté devant ma fille; mon auto vaut 12345 $ chez Zorbassur."
# The amount as a number of its own, with its sign or without: a mail's identifier draws long numbers by chance.
SECRET = re.compile(r"zephyrine|quevillon|brule|zorbassur|\b12345\b", re.IGNORECASE)
REWRITTEN = "Une clôture du garage est à réparer."
CLERK = Actor(label="Greffière", roles=frozenset({Role.CLERK}))
CONFIDENTIAL, OPEN_KINDS = (Kind.COMPLAINT, Kind.CLAIM, Kind.ACCESS_REQUEST), (Kind.REQUEST, Kind.INQUIRY)


@pytest.fixture
def nature(town, roles):  # noqa: F811
    return NatureFactory(department=DepartmentFactory(code="TP", name="Travaux publics"))


@pytest.fixture
def recipient(nature):
    return user_with(Role.RECIPIENT, username="responsable", department=nature.department)


def confidential(kind: Kind) -> Case:
    answers = (
        GivenAnswer(key="temoins", label="Témoins?", display="Zéphyrine Quévillon", value="", question_type="line"),
    )
    if kind is Kind.COMPLAINT:
        return a_complaint(facts=SAID, concerned="Zéphyrine Quévillon, garage", answers=answers)
    details = ClaimDetails(insurer="Zorbassur", damage="Pare-chocs de 12345 $") if kind is Kind.CLAIM else None
    return a_case(kind=kind, facts=SAID, location="Garage Zorbassur", details=details, answers=answers)


def opened(case: Case, *, kind=Kind.REQUEST, by=TECHNICIAN, nature=None, **changes) -> Case:
    given = {"facts": REWRITTEN, "location": "12, rue du Garage", "reason": "C'est une requête."}
    return reclassify(pk=case.pk, kind=kind, nature=nature, by=by, now=timezone.now(), **{**given, **changes})


def in_clear() -> list[tuple[str, str, str]]:
    """Every text of every table that holds a secret word, the index of the site's search included."""
    return [found for found in every_text() if SECRET.search(plain(found[2]))]


def page(client, case, name: str = "case"):
    return client.get(reverse(f"intake_queue:{name}", args=[case.reference]))


@pytest.mark.parametrize("source", CONFIDENTIAL)
@pytest.mark.parametrize("target", OPEN_KINDS)
@pytest.mark.parametrize("facts", ["", "   ", SAID, f"Relu :\n{SAID.upper()}"])
def test_art_4_5_a_confidential_file_opens_to_a_service_only_with_facts_written_for_it(nature, source, target, facts):
    case = confidential(source)
    with pytest.raises(Refused) as refused:
        opened(case, kind=target, facts=facts)
    assert [(refusal.article, refusal.field) for refusal in refused.value.refusals] == [("4.5", "facts")]
    assert Case.objects.get(pk=case.pk).kind_ is source
    assert not FormerWords.objects.exists()


@pytest.mark.parametrize("source", CONFIDENTIAL)
@pytest.mark.parametrize("target", OPEN_KINDS)
def test_art_4_5_no_table_holds_in_clear_what_the_citizen_wrote_once_a_service_reads_the_file(nature, source, target):
    case = opened(confidential(source), kind=target, nature=nature if target is Kind.REQUEST else None)
    assert (case.facts, case.location) == (REWRITTEN, "12, rue du Garage")
    assert in_clear() == []
    assert not Answer.objects.filter(case=case).exists()
    kept = FormerWords.objects.get(case=case)
    assert kept.facts == SAID
    assert "Zéphyrine Quévillon" in kept.details
    assert kept.event == case.events.get(verb="reclassify")


@pytest.mark.parametrize("source", [Kind.COMPLAINT, Kind.CLAIM])
def test_art_4_5_the_service_reads_searches_and_exports_only_what_was_written_for_it(nature, recipient, enter, source):
    case = opened(confidential(source), nature=nature)
    route(pk=case.pk, by=TECHNICIAN, now=timezone.now())
    shown = words(page(enter(recipient), case))
    assert REWRITTEN in shown
    assert not SECRET.search(plain(shown))
    assert "Lire ce que le citoyen avait écrit" not in shown
    for word in ("Quevillon", "Zorbassur", "12345", "insulté"):
        assert not listing_for(recipient, QueryDict(f"vue=toutes&q={quote(word)}")).exists()
    assert list(listing_for(recipient, QueryDict("vue=toutes&q=cloture"))) == [case]
    assert not SECRET.search(plain(_workbook(recipient, case)))


def _workbook(user, case: Case) -> str:
    actor, out = actor_for(user), BytesIO()
    asked = Asked(columns=[column.key for column in columns_for(actor)], cases=[case.pk])
    write_export(export=record_export(asked=asked, by=actor, now=timezone.now()), out=out, clock=timezone.now)
    sheets = openpyxl.load_workbook(out).worksheets
    text = "\n".join(str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row)
    assert REWRITTEN in text
    return text


def test_art_4_5_whoever_could_read_it_then_still_does_on_a_page_that_leaves_a_trace(nature, recipient, enter):
    case = opened(confidential(Kind.CLAIM), nature=nature)
    route(pk=case.pk, by=TECHNICIAN, now=timezone.now())
    technician = user_with(Role.TECHNICIAN, username="technicienne")
    shown = page(enter(technician), case)
    assert "Lire ce que le citoyen avait écrit" in words(shown)
    assert not SECRET.search(plain(words(shown)))
    assert not AccessRecord.objects.exists()
    former = page(enter(technician), case, "former_words")
    for kept in (SAID, "Assureur Zorbassur", "Garage Zorbassur", "Témoins? Zéphyrine Quévillon"):
        assert kept in words(former)
    assert "no-store" in former.headers["Cache-Control"]
    assert page(enter(recipient), case, "former_words").status_code == 404
    traces = AccessRecord.objects.order_by("pk").values_list("user__username", "what", "allowed")
    assert list(traces) == [("technicienne", "former", True), ("responsable", "former", False)]


def test_art_4_5_what_the_technician_never_read_of_a_complaint_stays_the_director_s(nature, enter):
    complaint = under_review(facts=SAID)
    case = opened(complaint, by=DIRECTOR, nature=nature)
    technician = user_with(Role.TECHNICIAN, username="technicienne")
    director = user_with(Role.DIRECTOR, username="directrice")
    assert page(enter(technician), case, "former_words").status_code == 404
    assert SAID in words(page(enter(director), case, "former_words"))
    assert page(enter(director), a_case(nature), "former_words").status_code == 404


def test_art_4_5_the_clerk_who_sees_no_request_still_reads_the_claim_that_became_one(nature, recipient, enter):
    claim = transmit(pk=confidential(Kind.CLAIM).pk, by=CLERK, now=timezone.now())
    case = opened(claim, by=CLERK, nature=nature)
    client = enter(user_with(Role.CLERK, username="greffe"))
    assert page(client, case).url == reverse("intake_queue:former_words", args=[case.reference])
    assert SAID in words(page(client, case, "former_words"))
    for user in (recipient, user_with(Role.TECHNICIAN, username="technicienne")):
        assert page(enter(user), case, "former_words").status_code == 404


def test_art_4_4_the_technician_stops_reading_a_complaint_that_he_made_a_claim_and_handed_over(nature, enter):
    claim = opened(confidential(Kind.COMPLAINT), kind=Kind.CLAIM, facts="")
    client = enter(user_with(Role.TECHNICIAN, username="technicienne"))
    assert page(client, claim, "former_words").status_code == 200
    transmit(pk=claim.pk, by=CLERK, now=timezone.now())
    assert page(client, claim, "former_words").status_code == 404
    assert page(client, claim).status_code == 404


def test_art_4_4_1_the_names_of_the_files_of_a_complaint_and_whom_it_designated_are_not_kept(nature):
    case = a_complaint(facts=SAID)
    file = Attachment.objects.create(
        case=case,
        original_name="Document 1.jpg",
        content_type="image/jpeg",
        size=1,
        sha256="x",
        added_at=timezone.now(),
    )
    case.complaint.file_names = '[["Document 1.jpg", "quevillon.jpg"]]'
    case.complaint.concerned = "La personne du comptoir"
    case.complaint.save()
    opened(case, nature=nature)
    file.refresh_from_db()
    assert file.original_name == "Document 1.jpg"
    assert "quevillon" not in FormerWords.objects.get().details
    assert "comptoir" not in FormerWords.objects.get().details


def test_art_4_1_a_claim_that_goes_to_the_clerk_keeps_the_citizen_s_own_words(nature):
    """The notice of the law is the citizen's: from one confidential kind to another nobody writes it anew."""
    claim = opened(confidential(Kind.COMPLAINT), kind=Kind.CLAIM, facts="", location="")
    assert claim.facts == SAID
    assert FormerWords.objects.get(case=claim).facts == SAID


def test_art_4_5_the_form_asks_the_facts_anew_and_shows_none_of_the_old_ones(nature, enter):
    clerk = user_with(Role.CLERK, username="greffe")
    claim = transmit(pk=confidential(Kind.CLAIM).pk, by=CLERK, now=timezone.now())
    client, address = enter(clerk), reverse("intake_queue:gesture", args=[claim.reference, "reclassify"])
    sent = {"kind": "request", "internal_note": "Réparation.", "etape": "valider", "seen_version": claim.version}
    form = next(
        offer.form for offer in page(client, claim).context["offers"] if offer.gesture.verb.value == "reclassify"
    )
    assert form["facts"].value() is None
    refused = client.post(address, sent)
    assert refused.status_code == 422
    assert "Écrivez les faits pour le service" in words(refused)
    assert client.post(address, sent | {"facts": REWRITTEN, "location": "12, rue du Garage"}).status_code == 302
    assert Case.objects.get(pk=claim.pk).facts == REWRITTEN


def test_art_4_5_a_request_is_reclassified_as_before(nature, enter):
    technician = user_with(Role.TECHNICIAN, username="technicienne")
    offers = page(enter(technician), a_case(nature)).context["offers"]
    form = next(offer.form for offer in offers if offer.gesture.verb.value == "reclassify")
    assert "facts" not in form.fields
    assert not opens_to_services(source=Kind.REQUEST, target=Kind.CLAIM)
    assert reclassifying_refusals(source=Kind.REQUEST, target=Kind.INQUIRY, reason="Relu.") == []


def test_art_4_5_a_few_words_of_the_citizen_may_be_all_there_is_to_say():
    common = {"source": Kind.COMPLAINT, "target": Kind.REQUEST, "reason": "Relu."}
    assert reclassifying_refusals(facts="Trou rue Principale.", words="trou rue principale.", **common) == []
