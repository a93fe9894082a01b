"""Art. 3, 4.1, 4.2: naming who executes, planning, noting and flagging from the page; what each then reads first."""

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from intake.models import Case
from intake.policy.roles import Role
from intake.policy.vocabulary import Kind
from intake.process import assign, complete, flag, plan
from intake.process.completion import Completion
from intake.queue.desk import desk_for
from intake.queue.home import figures
from intake.queue.listing import listing_for
from intake.queue.rows import show
from snippets.models import Department
from tests.factories import TECHNICIAN, EmployeeFactory, NatureFactory, user_with
from tests.intake.queue.steps import received, routed, taken, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def works(db):
    """Public works, of the infrastructures (schema B)."""
    return Department.objects.create(code="TP", name="Travaux publics", process_schema_id="b")


@pytest.fixture
def superintendent(roles, works):
    user = user_with(Role.EXECUTOR, username="surintendant")
    EmployeeFactory(department=works, user=user, first_name="Daniel", last_name="Ouellet", job_title="Surintendant")
    return user


def send(client, case, verb: str, **data):
    address = reverse("intake_queue:gesture", args=[case.reference, verb])
    return client.post(address, {"seen_version": case.version, **data})


def fresh(case) -> Case:
    return Case.objects.get(pk=case.pk)


def given_to(user, case) -> Case:
    return assign(pk=case.pk, executor=user.employee, by=TECHNICIAN, now=timezone.now())


def to_do(user, query: str = "") -> list[tuple[str, str]]:
    rows = list(listing_for(user, QueryDict(query)))
    show(rows, desk_for(user))
    return [(case.reference, case.shown.need) for case in rows]


def flagged(case, **changes) -> Case:
    values = {"is_complex": False, "call_back_on": None, "internal_note": "Raison.", **changes}
    return flag(pk=case.pk, by=TECHNICIAN, now=timezone.now(), **values)


def test_art_4_2_given_works_when_the_secretary_assigns_from_the_page_then_both_see_it(
    enter, recipient, superintendent, nature
):
    case = routed(nature)
    assert enter(superintendent).get(reverse("intake_queue:case", args=[case.reference])).status_code == 404

    send(enter(recipient), case, "assign", executor=superintendent.employee.pk, internal_note="Avant vendredi.")

    assert fresh(case).executor == superintendent.employee
    page = words(enter(superintendent).get(reverse("intake_queue:case", args=[case.reference])))
    assert "Avant vendredi." in page
    assert "B – Infrastructures" in page
    assert "Daniel Ouellet, poste" in words(enter(recipient).get(reverse("intake_queue:case", args=[case.reference])))


def test_art_4_2_the_usual_executor_is_proposed_and_the_form_is_open(enter, recipient, superintendent, works, nature):
    works.default_executor = superintendent.employee
    works.save()
    without = EmployeeFactory(department=works, first_name="Luc", last_name="Roy")
    EmployeeFactory(department=works, is_active=False)
    EmployeeFactory()
    page = enter(recipient).get(reverse("intake_queue:case", args=[routed(nature).reference]))
    form = next(offer.form for offer in page.context["offers"] if offer.gesture.verb.value == "assign")

    assert page.context["unfolded"] == "assign"
    assert form["executor"].value() == superintendent.employee.pk
    shown = [str(label) for _, label in form.fields["executor"].choices]
    assert "Daniel Ouellet – Surintendant" in shown
    assert f"{without} (courriel seulement)" in shown
    assert len(shown) == 4  # an empty one, the secretary, Daniel, Luc


@pytest.mark.parametrize("value", ["", "999999", "abc"])
def test_art_4_2_nobody_when_sent_is_refused_beside_the_field(enter, recipient, works, nature, value):
    response = send(enter(recipient), routed(nature), "assign", executor=value, internal_note="Ma note.")

    assert response.status_code == 422
    assert "guichet-field--error" in response.content.decode()
    assert "Ma note." in response.content.decode()


def test_art_4_2_1_given_leisure_then_no_executor_is_asked_for_and_the_page_says_why(enter, recipient, works, nature):
    Department.objects.update(process_schema="a")
    case = routed(nature)
    page = enter(recipient).get(reverse("intake_queue:case", args=[case.reference]))
    refused = send(enter(recipient), case, "assign", executor=recipient.employee.pk)

    assert "Nommer qui exécute – Dans le processus de ce service, le Responsable agit lui-même" in words(page)
    assert refused.status_code == 422
    assert fresh(case).executor is None


def test_art_4_2_plan_when_previewed_then_validated_tells_the_citizen_the_day(enter, recipient, works, nature):
    case, client = taken(nature), enter(recipient)
    day = timezone.localdate() + timedelta(days=3)

    preview = send(client, case, "plan", planned_on=day.isoformat())
    send(client, case, "plan", planned_on=day.isoformat(), etape="valider")

    assert preview.context["letter"].code == "T4"
    assert (fresh(case).status, fresh(case).planned_on) == ("scheduled", day)
    assert fresh(case).messages.get(code="T4").mail.message == preview.context["letter"].body


@pytest.mark.parametrize(
    ("verb", "data", "message"),
    [
        ("plan", {"planned_on": ""}, "Indiquez la date prévue."),
        ("plan", {"planned_on": "2020-01-01"}, "La date prévue ne peut pas être dans le passé."),
        ("note", {"internal_note": " "}, "Écrivez la note."),
        ("flag", {"is_complex": "on"}, "Écrivez pourquoi : la direction lit cette raison."),
        ("flag", {"call_back_on": "2020-01-01"}, "Le rappel ne peut pas être dans le passé."),
        ("flag", {"internal_note": "Sans rien changer."}, "Rien ne change"),
    ],
)
def test_art_4_2_what_is_missing_when_sent_is_said_and_nothing_changes(
    enter, recipient, works, nature, verb, data, message
):
    case = taken(nature)

    response = send(enter(recipient), case, verb, **data)

    assert response.status_code == 422
    assert message in words(response)
    assert fresh(case).version == case.version


@pytest.mark.parametrize(
    ("verb", "data"),
    [
        ("assign", {"executor": "1", "internal_note": "Mon texte à moi."}),
        ("plan", {"planned_on": "2099-01-01", "internal_note": "Mon texte à moi.", "etape": "valider"}),
        ("note", {"internal_note": "Mon texte à moi."}),
        ("flag", {"is_complex": "on", "internal_note": "Mon texte à moi."}),
        ("complete", {"internal_note": "Mon texte à moi.", "code": "238", "etape": "valider"}),
    ],
)
def test_two_persons_on_one_file_the_second_sees_what_changed_and_overwrites_nothing(
    enter, recipient, works, nature, verb, data
):
    case = taken(nature)
    if "executor" in data:
        data = {**data, "executor": recipient.employee.pk}
    flagged(case, is_complex=True, internal_note="Vu par la technicienne.")

    response = send(enter(recipient), case, verb, **data)

    assert response.status_code == 409
    assert "Vu par la technicienne." in words(response)
    assert "Mon texte à moi." in response.content.decode()
    assert fresh(case).version == case.version + 1


def test_art_4_2_executor_when_the_queue_opens_reads_what_is_his(superintendent, recipient, nature):
    slow = NatureFactory(department=nature.department, target_working_days=100)
    given = given_to(superintendent, routed(slow))
    at_work = given_to(superintendent, taken(slow))
    today = given_to(superintendent, taken(slow))
    plan(pk=today.pk, planned_on=timezone.localdate(), by=TECHNICIAN, now=timezone.now())
    routed(nature)  # nobody's yet
    danger = given_to(superintendent, routed(NatureFactory(department=nature.department, priority="p1")))

    assert to_do(superintendent) == [
        (danger.reference, "Danger : à prendre en charge"),
        (given.reference, "À prendre en charge"),
        (today.reference, "Intervention prévue"),
        (at_work.reference, "À compléter"),
    ]
    assert {reference for reference, _ in to_do(superintendent, "vue=a-moi")} == {
        case.reference for case in (given, at_work, today, danger)
    }
    assert figures(desk_for(superintendent))[0].number == 4


def test_art_4_2_secretary_reads_what_to_assign_and_leaves_the_rest_to_whoever_executes(
    superintendent, recipient, nature
):
    alone, given = routed(nature), given_to(superintendent, routed(nature))

    assert (alone.reference, "Exécution à confier") in to_do(recipient)
    assert given.reference not in [reference for reference, _ in to_do(recipient)]
    left = superintendent.employee
    left.is_active = False
    left.save()
    assert (given.reference, "Exécution à confier") in to_do(recipient)


def test_art_3_given_a_call_back_for_today_when_the_technician_opens_the_queue_then_it_is_on_top(
    technician, recipient, works, nature
):
    received(NatureFactory(department=works, priority="p1"))
    today = timezone.localdate()
    call, tomorrow = taken(nature), taken(nature)
    question = received(kind=Kind.INQUIRY)
    flagged(call, call_back_on=today)
    flagged(question, call_back_on=today)
    flagged(tomorrow, call_back_on=today + timedelta(days=1))

    assert [row for row in to_do(technician) if "rappeler" in row[1]] == to_do(technician)[:2]
    assert {reference for reference, _ in to_do(technician)[:2]} == {call.reference, question.reference}
    assert to_do(recipient)[0] == (call.reference, "À rappeler aujourd'hui")


def test_art_4_1_given_a_case_flagged_complex_when_the_director_opens_the_board_then_it_is_listed_first(
    technician, recipient, works, nature
):
    director = user_with(Role.DIRECTOR)
    received(kind=Kind.COMPLAINT)
    taken(nature, days=60)  # late
    complex_ = flagged(taken(nature), is_complex=True)

    assert to_do(director)[0] == (complex_.reference, "Cas complexe")
    assert any(figure.words == "cas complexes" for figure in figures(desk_for(director)))


def test_annexe_a_given_a_text_to_read_over_when_the_technician_opens_the_queue_then_it_is_on_top(
    technician, recipient, works, nature
):
    received(NatureFactory(department=works, priority="p1"))
    case = taken(nature)
    completion = Completion(timezone.localdate(), "2201", "Fait.", "Un mot.", asks_proofreading=True)
    complete(pk=case.pk, completion=completion, by=TECHNICIAN, now=timezone.now())

    assert to_do(technician)[0] == (case.reference, "À relire")


def test_art_4_2_list_when_shown_names_who_executes(enter, recipient, superintendent, nature):
    given_to(superintendent, routed(nature))

    assert "exécution : Daniel Ouellet" in words(enter(recipient).get("/admin/demandes/?vue=toutes"))


def test_art_4_5_whoever_executes_is_not_offered_the_export(enter, superintendent, technician, recipient, nature):
    given_to(superintendent, routed(nature))

    assert "/admin/exportations/" not in enter(superintendent).get("/admin/demandes/").content.decode()
    assert "/admin/exportations/" in enter(technician).get("/admin/demandes/").content.decode()
