"""One gesture on several files: shown first, then done one by one; what fails holds nothing back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from intake.models import Case
from intake.policy.vocabulary import Kind
from intake.process import route
from tests.factories import TECHNICIAN, NatureFactory
from tests.intake.queue.steps import completed, received, routed, words

pytestmark = pytest.mark.django_db
BULK = "/admin/demandes/lot/"


def choose(client, gesture: str, cases, **data):
    return client.post(BULK, {"geste": gesture, "demande": [case.reference for case in cases], **data})


def confirm(client, gesture: str, cases, **data):
    versions = {f"version-{case.reference}": case.version for case in cases}
    response = choose(client, gesture, cases, etape="confirmer", **versions, **data)
    assert response.status_code == 302
    return client.get(response.url)


def statuses(cases) -> list[str]:
    return [Case.objects.get(pk=case.pk).status for case in cases]


def test_route_of_several_when_chosen_shows_each_proposal_and_writes_nothing(enter, technician, recipient, nature):
    good, orphan, done = received(nature), received(NatureFactory(name="Arbre tombé")), completed(nature)
    unclassified = received(nature)
    unclassified.nature = None
    unclassified.save()
    cases = [good, orphan, done, unclassified]

    response = choose(enter(technician), "route", cases)

    text = words(response)
    assert [row.proposal.case for row in response.context["possible"]] == [good]
    assert str(recipient.employee) in text
    assert good.due_on.isoformat() in text
    reasons = {row.proposal.case.reference: row.refusal for row in response.context["refused"]}
    assert "n'a pas de Responsable désigné" in reasons[orphan.reference]
    assert reasons[done.reference] == "Cette action n'est pas possible à cette étape du dossier."
    assert reasons[unclassified.reference] == "Choisissez d'abord la nature de la requête."
    assert "Confier 1 demande" in text
    assert statuses(cases) == ["received", "received", "completed", "received"]


def test_route_of_several_when_confirmed_does_what_can_be_and_says_why_for_the_rest(
    enter, technician, recipient, nature
):
    good, orphan, changed = received(nature), received(), received(nature)
    other = received(nature)
    Case.objects.filter(pk=changed.pk).update(version=5)

    result = confirm(enter(technician), "route", [good, orphan, changed, other])

    assert statuses([good, orphan, changed, other]) == ["routed", "received", "received", "routed"]
    assert result.context["result"]["done"] == [good.reference, other.reference]
    failed = dict(result.context["result"]["failed"])
    assert "n'a pas de Responsable désigné" in failed[orphan.reference]
    assert "Quelqu'un a agi sur cette demande entre-temps." in failed[changed.reference]
    assert "2 demandes : c'est fait" in words(result)
    assert "2 demandes sont restées comme elles étaient" in words(result)
    assert [good.messages.filter(code=code).count() for code in ("R1", "T2")] == [1, 1]


def test_result_when_reloaded_does_nothing_again(enter, technician, recipient, nature):
    case = received(nature)
    client = enter(technician)
    confirm(client, "route", [case])

    assert client.get(f"{BULK}resultat/").status_code == 200
    assert case.events.count() == 2


def test_confirmation_when_sent_twice_acts_once(enter, technician, recipient, nature):
    case = received(nature)
    client = enter(technician)
    confirm(client, "route", [case])

    again = confirm(client, "route", [case])

    assert again.context["result"]["done"] == []
    assert case.events.filter(verb="route").count() == 1


def test_classify_of_several_when_a_nature_is_chosen_shows_what_follows_then_does_it(
    enter, technician, recipient, nature
):
    cases = [received(NatureFactory(target_working_days=90)), received()]
    client = enter(technician)

    first = choose(client, "classify", cases)
    second = choose(client, "classify", cases, nature=nature.pk, etape="voir")
    shown = [(row.proposal.department.code, row.proposal.due_on) for row in second.context["possible"]]
    confirm(client, "classify", cases, nature=nature.pk)

    assert "Classer 2 demandes" not in words(first)
    assert "Classer 2 demandes" in words(second)
    after = [Case.objects.get(pk=case.pk) for case in cases]
    assert [case.nature for case in after] == [nature, nature]
    assert shown == [(case.department.code, case.due_on) for case in after]


def test_classify_without_nature_when_confirmed_asks_for_it_and_changes_nothing(enter, technician, nature):
    case = received(nature)

    response = choose(enter(technician), "classify", [case], etape="confirmer")

    assert response.status_code == 200
    assert case.events.count() == 1


def test_classify_of_several_when_a_service_has_nobody_is_allowed_with_a_warning(enter, technician, nature):
    case = received()

    response = choose(enter(technician), "classify", [case], nature=nature.pk, etape="voir")

    assert [row.proposal.warning[:24] for row in response.context["possible"]] == ["Le service Travaux publi"]
    assert not response.context["refused"]


def test_gesture_on_several_when_nothing_is_chosen_says_so(enter, technician):
    assert "Vous n'avez choisi aucune demande." in words(choose(enter(technician), "route", []))


def test_gesture_on_several_when_unknown_or_forged_is_missing(enter, technician, nature):
    client = enter(technician)

    assert client.post(BULK, {"geste": "complete", "demande": received(nature).reference}).status_code == 404
    assert client.post(BULK, {}).status_code == 404
    assert client.get(BULK).url == "/admin/demandes/"
    assert client.get(f"{BULK}resultat/").url == "/admin/demandes/"


def test_unseen_file_when_chosen_by_hand_is_left_out(enter, recipient, nature):
    complaint, own = received(kind=Kind.COMPLAINT), routed(nature)

    response = choose(enter(recipient), "route", [complaint, own])

    assert complaint.reference not in response.content.decode()
    assert [row.proposal.case for row in response.context["refused"]] == [own]


def test_recipient_when_he_forges_the_confirmation_is_refused_by_the_policy(enter, recipient, nature):
    case = received(nature)

    result = confirm(enter(recipient), "route", [case])

    assert dict(result.context["result"]["failed"])[case.reference].startswith("Seul peut le faire : le Technicien")
    assert statuses([case]) == ["received"]


def test_confirmation_when_many_are_chosen_asks_the_same_number_of_questions(enter, technician, recipient, nature):
    client = enter(technician)
    few, many = [received(nature)], [received(nature) for _ in range(30)]
    choose(client, "route", few)

    counts = []
    for cases in (few, many):
        with CaptureQueriesContext(connection) as queries:
            choose(client, "route", cases)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_way_back_when_of_another_site_is_not_followed(enter, technician, recipient, nature):
    client = enter(technician)

    assert choose(client, "route", [], retour="https://ailleurs.example/").context["back"] == "/admin/demandes/"
    assert choose(client, "route", [], retour="/admin/demandes/?etat=received").context["back"].endswith("received")


def test_retired_nature_when_chosen_by_hand_is_not_taken(enter, technician, nature):
    nature.is_active = False
    nature.save()
    case = received()

    choose(enter(technician), "classify", [case], nature=nature.pk, etape="confirmer")

    assert case.events.count() == 1


def test_proposal_when_shown_in_bulk_is_what_the_verb_does(enter, technician, recipient, nature):
    case = received(nature)
    shown = choose(enter(technician), "route", [case]).context["possible"][0].proposal

    done = route(pk=case.pk, by=TECHNICIAN, now=timezone.now())

    assert (shown.designation, shown.due_on, shown.department) == (done.designation, done.due_on, done.department)


@pytest.mark.parametrize("version", ["", "abc", "9" * 5000])
def test_a_file_whose_version_was_not_said_is_left_as_it_was(enter, technician, recipient, nature, version):
    case = received(nature)

    response = choose(enter(technician), "route", [case], etape="confirmer", **{f"version-{case.reference}": version})

    assert response.status_code == 302
    assert Case.objects.get(pk=case.pk).status == "received"
