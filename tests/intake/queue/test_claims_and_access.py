"""Art. 4.1 and 4.6 on the screen: the clerk's and the general director's room, papers, tasks of services, rights."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils import timezone
from docx import Document
from pypdf import PdfReader

from intake.models import AccessRecord, Case, ClaimFile, DocumentTask, TaskFile, actor_for
from intake.policy.claim import DamageType
from intake.policy.roles import Role
from intake.policy.vocabulary import Kind
from intake.process import access_requests, claims
from intake.process.document_tasks import ask_documents
from intake.queue.listing import listing_for
from snippets.models import LegalProvision
from tests.factories import CLERK, DepartmentFactory, EmployeeFactory, user_with
from tests.intake.queue.steps import long_ago, received, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(roles):
    return user_with(Role.CLERK, username="greffe")


@pytest.fixture
def general_director(roles):
    return user_with(Role.GENERAL_DIRECTOR, username="dg")


@pytest.fixture
def claim(town):
    details = claims.ClaimDetails(
        event_on=timezone.localdate() - timedelta(days=30),
        event_place="rue du Moulin",
        damage_type=DamageType.PROPERTY,
        damage="Jante et pneu.",
        insurer="Assurances Boréales",
    )
    return received(kind=Kind.CLAIM, details=details)


@pytest.fixture
def access(town):
    case = received(kind=Kind.ACCESS_REQUEST, facts="Les relevés de vitesse.", location="")
    return access_requests.search(pk=case.pk, by=CLERK, now=timezone.now())


def page(client, case) -> str:
    return words(client.get(f"/admin/demandes/{case.reference}/"))


def act(client, case, verb, **data):
    version = Case.objects.get(pk=case.pk).version
    url = f"/admin/demandes/{case.reference}/geste/{verb}/"
    return client.post(url, {"seen_version": version, "etape": "valider", **data})


# --- Claims ---


def test_art_4_1_the_clerk_reads_what_was_claimed_what_is_missing_and_the_delay_as_information(enter, clerk, claim):
    said = page(enter(clerk), claim)
    assert "Assurances Boréales" in said
    assert "Reçu après le délai" in said
    assert "rien n'est refusé d'avance" in said
    assert "Il manque encore" not in said


def test_art_4_1_the_clerk_decides_after_reading_the_letter(enter, clerk, claim):
    claims.transmit(pk=claim.pk, by=CLERK, now=timezone.now())
    client = enter(clerk)
    typed = {"outcome": "denied", "reply": "La Ville n'avait pas été avisée du trou."}
    preview = act(client, claim, "decide", **{**typed, "etape": "apercu"})
    assert "n'admet aucune responsabilité" in words(preview)
    assert act(client, claim, "decide", **typed).status_code == 302
    assert Case.objects.get(pk=claim.pk).status == "denied"
    assert claim.letters.filter(code="T12B").exists()


def test_bad_input_a_claim_decided_without_words_is_refused_beside_the_field_and_nothing_is_lost(enter, clerk, claim):
    claims.transmit(pk=claim.pk, by=CLERK, now=timezone.now())
    response = act(enter(clerk), claim, "decide", internal_note="Note gardée")
    assert response.status_code == 422
    said = words(response)
    assert "Choisissez la décision." in said
    assert "Note gardée" in response.content.decode()
    assert Case.objects.get(pk=claim.pk).status == "transmitted"


def test_case_6_the_clerk_completes_a_notice(enter, clerk, town):
    case = received(kind=Kind.CLAIM)
    client = enter(clerk)
    assert "La date de l'événement" in page(client, case)
    assert act(client, case, "supply", event_on="2026-03-02", amount="1 234,50", damage="Pneu.").status_code == 302
    record = ClaimFile.objects.get(case=case)
    assert (str(record.event_on), str(record.amount)) == ("2026-03-02", "1234.50")


def test_matrix_a_claim_is_read_by_the_clerk_and_the_general_director_alone_once_handed_over(
    enter, clerk, general_director, technician, recipient, claim
):
    claims.transmit(pk=claim.pk, by=CLERK, now=timezone.now())
    director = user_with(Role.DIRECTOR)
    url = f"/admin/demandes/{claim.reference}/"
    statuses = {
        user.username: enter(user).get(url).status_code
        for user in (clerk, general_director, technician, recipient, director)
    }
    assert statuses.pop(clerk.username) == statuses.pop(general_director.username) == 200
    assert set(statuses.values()) == {404}
    assert AccessRecord.objects.filter(case=claim, allowed=False).count() == 3


# --- Access requests ---


def test_art_4_6_the_clock_of_the_law_is_on_the_page_with_its_days_in_words(enter, clerk, access):
    said = page(enter(clerk), access)
    assert "il reste" in said
    assert "La réponse doit partir d'ici le" in said


def test_a_2_1_art_52_what_is_deemed_refused_comes_first_and_may_still_be_answered(enter, clerk, town):
    old = received(kind=Kind.ACCESS_REQUEST, days=40)
    access_requests.search(pk=old.pk, by=CLERK, now=long_ago(39))
    claim = received(kind=Kind.CLAIM, days=50)
    client = enter(clerk)
    assert [case.pk for case in listing_for(clerk, QueryDict(""))] == [old.pk, claim.pk]
    assert "Réputée refusée" in words(client.get("/admin/demandes/"))
    said = page(client, old)
    assert "Réputée refusée" in said
    assert "Décider" in said


@pytest.mark.parametrize("role", [Role.CLERK, Role.GENERAL_DIRECTOR])
def test_art_4_6_the_clerk_and_the_general_director_have_the_view_of_the_delays(enter, roles, access, role):
    said = words(enter(user_with(role)).get("/admin/demandes/?vue=delais-acces"))
    assert access.reference in said
    assert "Délais d'accès" in said


def test_art_4_6_others_have_no_view_of_the_delays(enter, technician, access):
    said = words(enter(technician).get("/admin/demandes/?vue=delais-acces"))
    assert "Délais d'accès" not in said
    assert access.reference not in said


def test_art_4_6_a_refusal_is_previewed_with_the_text_of_the_law_then_posted(enter, general_director, access):
    provision = LegalProvision.objects.create(article="31", title="Opinion juridique", text="Texte officiel.")
    client = enter(general_director)
    typed = {
        "outcome": "refused",
        "withheld": "L'avis de l'avocate",
        "explanation": "C'est une opinion juridique.",
        "provisions": [provision.pk],
    }
    preview = words(act(client, access, "decide", **{**typed, "etape": "apercu"}))
    assert "Texte officiel." in preview
    assert "l'article 31" in preview
    assert act(client, access, "decide", **typed).status_code == 302
    assert "Réponse à poster" in page(client, access)
    assert act(client, access, "send", posted_on=str(timezone.localdate())).status_code == 302
    assert Case.objects.get(pk=access.pk).status == "sent"


def test_art_4_6_a_refusal_without_provision_is_refused_beside_the_field(enter, clerk, access):
    response = act(enter(clerk), access, "decide", outcome="refused", withheld="Tout", explanation="Parce que.")
    assert response.status_code == 422
    assert "Choisissez la disposition de la loi" in words(response)


def test_art_4_6_the_notice_of_receipt_is_taken_out_as_pdf_and_docx_and_its_reading_is_traced(enter, clerk, access):
    client = enter(clerk)
    pdf = client.get(f"/admin/demandes/{access.reference}/avis.pdf")
    said = " ".join(PdfReader(BytesIO(pdf.content)).pages[0].extract_text().split())
    assert access.reference in said
    assert "Marie Tremblay" in said
    assert "20 jours" in said
    docx = client.get(f"/admin/demandes/{access.reference}/avis.docx")
    text = " ".join(paragraph.text for paragraph in Document(BytesIO(docx.content)).paragraphs)
    assert "20 jours" in text
    assert AccessRecord.objects.filter(case=access, what="letter", allowed=True).count() == 2


def test_matrix_no_paper_leaves_for_those_who_do_not_see_the_file(enter, technician, recipient, access):
    for user in (technician, recipient):
        assert enter(user).get(f"/admin/demandes/{access.reference}/avis.pdf").status_code == 404


def test_matrix_the_clerk_exports_claims_and_access_requests_the_general_director_nothing(
    enter, clerk, general_director, technician, access
):
    claim, url = received(kind=Kind.CLAIM), "/admin/exportations/nouvelle/?vue=toutes"
    assert "2 demandes" in words(enter(clerk).get(url))
    assert enter(general_director).get(url).status_code == 404
    # The technician reads a claim until it is handed over; he takes none out.
    assert Case.objects.visible_to(technician).filter(pk=claim.pk).exists()
    assert not Case.objects.visible_to(technician).exportable_by(actor_for(technician)).exists()


# --- « fournir le document » ---


@pytest.fixture
def task(access, works):
    works.head = EmployeeFactory(department=works, user=user_with(Role.EMPLOYEE, username="tete"))
    works.save()
    ask_documents(
        pk=access.pk,
        department=works,
        wanted="Les relevés de la rue du Moulin.",
        due_on=timezone.localdate() + timedelta(days=5),
        by=CLERK,
        now=timezone.now(),
    )
    return DocumentTask.objects.get()


@pytest.mark.parametrize("who", ["recipient", "head"])
def test_matrix_the_service_reads_the_task_and_nothing_of_the_file(enter, recipient, task, works, access, who):
    client = enter(recipient if who == "recipient" else works.head.user)
    pages = [client.get("/admin/documents-a-fournir/"), client.get(f"/admin/documents-a-fournir/{task.pk}/")]
    for response in pages:
        said = response.content.decode()
        assert "rue du Moulin" in said
        for secret in ("Tremblay", access.reference, "marie@", access.facts):
            assert secret not in said
    assert client.get(f"/admin/demandes/{access.reference}/").status_code == 404
    assert "documents-a-fournir" in client.get("/admin/").content.decode()


def test_matrix_another_service_has_no_such_task_nor_page(enter, roles, task):
    client = enter(user_with(Role.RECIPIENT, username="autre", department=DepartmentFactory(code="URB")))
    assert client.get("/admin/documents-a-fournir/").status_code == 404
    assert client.get(f"/admin/documents-a-fournir/{task.pk}/").status_code == 404
    assert client.post(f"/admin/documents-a-fournir/{task.pk}/", {"held": "yes"}).status_code == 404
    assert "documents-a-fournir" not in client.get("/admin/").content.decode()


def test_the_service_hands_a_document_over_and_the_clerk_alone_reads_it(enter, recipient, clerk, task, access):
    pdf = SimpleUploadedFile("releves.pdf", b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n")
    client = enter(recipient)
    response = client.post(f"/admin/documents-a-fournir/{task.pk}/", {"held": "yes", "note": "Voici.", "files": [pdf]})
    assert response.status_code == 302
    file = TaskFile.objects.get()
    url = f"/admin/demandes/{access.reference}/documents/{file.pk}/"
    assert client.get(url).status_code == 404
    assert b"".join(enter(clerk).get(url).streaming_content).startswith(b"%PDF")
    assert "releves.pdf" in page(enter(clerk), access)


def test_bad_input_a_service_that_says_nothing_is_told_what_is_missing(enter, recipient, task):
    client, url = enter(recipient), f"/admin/documents-a-fournir/{task.pk}/"
    assert "Dites si le service a ces documents." in words(client.post(url, {"note": "Je cherche"}))
    assert "Dites où vous avez cherché." in words(client.post(url, {"held": "no"}))
    bad = SimpleUploadedFile("x.pdf", b"pas un pdf")
    refused = client.post(url, {"held": "yes", "note": "Gardée", "files": [bad]})
    assert refused.status_code == 422
    assert "Gardée" in refused.content.decode()
    assert not TaskFile.objects.exists()


@pytest.mark.parametrize("path", ["documents-a-fournir/999999/", "demandes/2020-9999/avis.pdf"])
def test_direct_url_to_what_does_not_exist_is_404(enter, clerk, path):
    assert enter(clerk).get(f"/admin/{path}").status_code == 404


def test_pages_of_the_two_kinds_cost_a_bounded_number_of_queries(
    enter, clerk, task, access, claim, django_assert_max_num_queries
):
    client = enter(clerk)
    for case in (access, claim):
        with django_assert_max_num_queries(60):
            client.get(f"/admin/demandes/{case.reference}/")
