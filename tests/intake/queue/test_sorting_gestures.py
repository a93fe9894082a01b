"""Art. 4.1: the technician sorts from the page of a file: duplicates, other bodies, withdrawals, other kinds, precisions."""

import pytest
from django.utils import timezone

from intake.models import Case
from intake.policy.roles import Role
from intake.policy.vocabulary import Charge, Kind
from intake.process import merge, open_linked_request, reclassify, route
from snippets.models import CompetentBody
from tests.factories import DIRECTOR, TECHNICIAN, DepartmentFactory, a_case, user_with

from .steps import received, routed, waiting, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(technician, enter):
    return enter(technician)


def page(client, case):
    return client.get(f"/admin/demandes/{case.reference}/")


def do(client, case, verb, **data):
    data = {"etape": "valider", "seen_version": case.version, **data}
    return client.post(f"/admin/demandes/{case.reference}/geste/{verb}/", data)


def test_art_4_1_likely_duplicates_are_shown_and_one_click_attaches(desk, nature, recipient):
    master = routed(nature, location="1, rue des Érables")
    case = received(nature, location="40, rue des Erables")
    shown = words(page(desk, case))
    assert "Doublons possibles" in shown
    assert master.reference in shown
    assert do(desk, case, "merge", likely=master.reference).status_code == 302
    case.refresh_from_db()
    assert case.merged_into == master
    assert f"Rattachée à {master.reference}" in words(page(desk, case))


def test_art_4_1_the_letter_to_the_second_citizen_is_read_before_it_leaves(desk, nature, recipient):
    master = routed(nature)
    case = received(nature)
    shown = words(do(desk, case, "merge", master=master.reference, etape="apercu"))
    assert "Une autre personne nous avait prévenus" in shown
    assert Case.objects.get(pk=case.pk).status == "received"


def test_art_4_1_a_typed_number_counts_before_a_chosen_one_and_a_wrong_one_is_said_beside_the_field(
    desk, nature, recipient
):
    routed(nature)
    case = received(nature)
    response = do(desk, case, "merge", master="2026-99999")
    assert response.status_code == 422
    assert "Aucune requête ne porte ce numéro" in words(response)
    assert 'value="2026-99999"' in response.content.decode()


def test_art_4_1_the_responsable_reads_how_many_voices_wait(nature, recipient, enter):
    master = routed(nature)
    second = received(nature)
    merge(pk=second.pk, into=master.reference, by=TECHNICIAN, now=timezone.now())
    shown = words(page(enter(recipient), master))
    assert "2 voix" in shown
    assert second.reference in shown


def test_art_4_5_a_linked_file_is_named_only_to_those_who_see_it(nature, recipient, technician, enter):
    claim = a_case(kind=Kind.CLAIM)
    Case.objects.filter(pk=claim.pk).update(status="transmitted")
    repair = open_linked_request(
        origin=claim, facts="À boucher.", location="rue X", nature_id=nature.pk, by=TECHNICIAN, now=timezone.now()
    )
    route(pk=repair.pk, by=TECHNICIAN, now=timezone.now())
    for user in (recipient, technician):
        assert claim.reference not in page(enter(user), repair).content.decode()
    assert repair.origin == claim


def test_art_2_3_out_of_scope_names_the_body(desk, nature):
    body = CompetentBody.objects.create(name="Hydro des Érables", contact="450 555-0177")
    case = received(nature)
    assert "Choisissez l'organisme" in words(do(desk, case, "out_of_scope"))
    assert do(desk, case, "out_of_scope", body=body.pk).status_code == 302
    assert "Hydro des Érables" in words(page(desk, case))


def test_art_4_1_a_withdrawal_says_who_asked(desk, nature):
    case = received(nature)
    assert "qui demande le retrait" in words(do(desk, case, "withdraw"))
    assert do(desk, case, "withdraw", asked_by="Marie, au téléphone").status_code == 302
    assert "Demandé par : Marie, au téléphone" in words(page(desk, case))


def test_art_4_1_reclassifying_from_the_page(desk, nature):
    DepartmentFactory(code="EXP", is_front_line=True)
    case = received(nature)
    assert "Choisissez la nouvelle sorte" in words(do(desk, case, "reclassify", internal_note="x"))
    preview = do(desk, case, "reclassify", kind="claim", internal_note="Pneu crevé.", etape="apercu")
    assert "avis de réclamation" in words(preview)
    assert do(desk, case, "reclassify", kind="claim", internal_note="Pneu crevé.").status_code == 302
    assert "Requête → Réclamation" in words(page(desk, case))


def test_art_4_4_reclassified_as_a_complaint_about_the_director_it_goes_to_the_general_director(desk, nature):
    DepartmentFactory(code="EXP", is_front_line=True)
    case = received(nature)
    do(desk, case, "reclassify", kind="complaint", internal_note="Relu.", targets_director="on")
    assert Case.objects.get(pk=case.pk).charge == Charge.GENERAL_DIRECTOR.value


def test_a_kind_made_up_by_hand_is_refused(desk, nature):
    case = received(nature)
    response = do(desk, case, "reclassify", kind="secret", internal_note="x")
    assert response.status_code == 422
    assert Case.objects.get(pk=case.pk).kind == "request"


def test_art_2_3_the_technician_writes_down_what_the_citizen_says(desk, nature, recipient):
    case = waiting(nature)
    assert do(desk, case, "supply", supplied="Le bac est bleu.").status_code == 302
    case.refresh_from_db()
    assert case.status == "in_progress"
    assert "« Le bac est bleu. »" in words(page(desk, case))


def test_art_4_5_what_was_written_while_it_was_a_complaint_stays_unread_by_the_service(
    nature, recipient, technician, enter
):
    complaint = a_case(kind=Kind.COMPLAINT, facts="Ma rue n'est jamais déneigée.")
    event = complaint.events.get()
    event.pk, event.verb, event.internal_note = None, "note", "NOTE-DE-LA-DIRECTION"
    event.save(force_insert=True)
    Case.objects.filter(pk=complaint.pk).update(status="under_review")
    now = timezone.now()
    case = reclassify(
        pk=complaint.pk,
        kind=Kind.REQUEST,
        nature=nature,
        reason="RAISON-INTERNE",
        facts="Une rue à déneiger.",
        by=DIRECTOR,
        now=now,
    )
    route(pk=case.pk, by=TECHNICIAN, now=now)
    for user in (recipient, technician):
        shown = words(page(enter(user), case))
        assert "Une rue à déneiger." in shown
        assert "jamais déneigée" not in shown
        assert "votre rôle ne le lit pas" in shown
        assert "NOTE-DE-LA-DIRECTION" not in shown
        assert "RAISON-INTERNE" not in shown
        assert "Plainte reçue" not in shown
    director = user_with(Role.DIRECTOR, username="directrice")
    assert "NOTE-DE-LA-DIRECTION" in words(page(enter(director), case))


def test_art_4_5_the_technician_who_reclassified_a_complaint_he_had_read_still_reads_it(nature, desk):
    case = a_case(kind=Kind.COMPLAINT)
    case = reclassify(
        pk=case.pk,
        kind=Kind.REQUEST,
        nature=nature,
        reason="RAISON",
        facts="Une rue à déneiger.",
        by=TECHNICIAN,
        now=timezone.now(),
    )
    assert "RAISON" in words(page(desk, case))
