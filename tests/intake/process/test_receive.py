"""Design rule 1, art. 1 and 4.3: a confirmed request exists, once, with everything that was given."""

import threading
import uuid
from datetime import date

import pytest
from django.db import connections
from post_office.models import Email

from intake.models import Answer, Case, CaseEvent, CaseMessage, ReferenceCounter, Requester
from intake.policy.references import tracking_hash
from intake.policy.vocabulary import Channel, Kind
from intake.process import GivenAnswer, Refused, receive
from snippets.models import Department
from tests.factories import (
    CITIZEN,
    DepartmentFactory,
    DesignationFactory,
    NatureFactory,
    QuestionFactory,
    a_case,
    a_filing,
    town_time,
)

NOW = town_time("2026-06-22 10:00")


@pytest.mark.django_db
def test_art_2_3_given_a_five_day_nature_when_received_then_it_is_due_on_the_fifth_working_day():
    case = a_case(NatureFactory(target_working_days=5), now=NOW)
    assert case.due_on == date(2026, 6, 30)
    assert case.reference == "2026-0001"
    assert case.target_working_days == 5


# « un service de qualité, le même pour tout un chacun »: how it reached the town changes nothing to what is promised.
@pytest.mark.django_db
@pytest.mark.parametrize("channel", Channel)
@pytest.mark.parametrize("at", ["2026-06-22 10:00", "2026-06-22 23:59", "2026-06-23 16:45", "2026-06-27 12:00"])
def test_art_2_3_given_equal_requests_by_each_channel_when_due_dates_are_set_then_they_are_equal(channel, at):
    nature = NatureFactory(target_working_days=5)
    web = a_case(nature, now=town_time(at))
    other = a_case(nature, now=town_time(at), channel=channel)
    assert other.channel == channel.value
    promised = [(case.due_on, case.priority, case.target_working_days, case.department) for case in (web, other)]
    assert promised[0] == promised[1]
    assert web.due_on is not None


@pytest.mark.django_db
def test_everything_given_is_kept_in_one_transaction():
    question = QuestionFactory()
    asked = GivenAnswer(question.key, question.label, "short_text", "20 cm", "20 cm", question.pk)
    receipt = receive(filing=a_filing(nature_id=question.nature_id, answers=(asked,)), by=CITIZEN, now=NOW)
    case = Case.objects.get()
    assert case.requester.full_name == "Marie Tremblay"
    assert case.requester.phone_digits == "4505550123"
    assert case.answers.get().display == "20 cm"
    assert case.tracking_hash == tracking_hash(case.reference, receipt.tracking_code)
    assert receipt.tracking_code not in str(Case.objects.values().get())
    event = case.events.get()
    assert (event.verb, event.from_status, event.to_status) == ("receive", "", "received")
    mail = Email.objects.get()
    assert mail.to == ["marie@exemple.example"]
    assert case.reference in mail.subject
    assert receipt.tracking_code in mail.message


@pytest.mark.django_db
def test_what_a_citizen_writes_is_never_read_as_a_template_or_a_variable():
    trick = "{{ secret }} {% debug %} {numero} {inconnu}"
    nature = NatureFactory(name="Trou {numero} {{ x }}")
    receive(filing=a_filing(nature_id=nature.pk, location=trick), by=CITIZEN, now=NOW)
    assert trick in Email.objects.get().message


@pytest.mark.django_db
def test_a_line_break_in_a_name_cannot_add_a_mail_header():
    nature = NatureFactory(name="Trou\nBcc: tous@exemple.example")
    receive(filing=a_filing(nature_id=nature.pk), by=CITIZEN, now=NOW)
    message = Email.objects.get().email_message().message()
    assert message["Bcc"] is None


@pytest.mark.django_db
def test_given_no_email_when_received_then_the_case_exists_and_nothing_is_sent():
    contact = a_filing().contact.__class__(last_name="Roy", phone="450 555-0199")
    case = receive(filing=a_filing(nature_id=NatureFactory().pk, contact=contact), by=CITIZEN, now=NOW).case
    assert case.requester.full_name == "Roy"
    assert not Email.objects.filter(to__contains="exemple").exists()
    assert not case.messages.filter(audience="citizen").exists()


@pytest.mark.django_db
def test_the_same_submission_twice_is_one_case():
    filing = a_filing(nature_id=NatureFactory().pk, submission_key=uuid.uuid4())
    first = receive(filing=filing, by=CITIZEN, now=NOW)
    second = receive(filing=filing, by=CITIZEN, now=NOW)
    assert second.case == first.case
    assert second.tracking_code is None
    assert Case.objects.count() == 1
    assert CaseMessage.objects.filter(audience="citizen").count() == 1


@pytest.mark.django_db
def test_given_a_nature_retired_meanwhile_when_received_then_it_is_refused_and_nothing_is_written():
    nature = NatureFactory(is_active=False)
    with pytest.raises(Refused) as refused:
        receive(filing=a_filing(nature_id=nature.pk), by=CITIZEN, now=NOW)
    assert refused.value.refusals[0].field == "nature"
    assert not Case.objects.exists()
    assert not ReferenceCounter.objects.exists()


@pytest.mark.django_db
def test_given_no_nature_when_received_then_the_front_line_holds_it_with_the_town_s_own_target():
    front = DepartmentFactory(code="EXP", is_front_line=True)
    DepartmentFactory(code="AAA", sort_order=1)
    case = receive(filing=a_filing(nature_id=None), by=CITIZEN, now=NOW).case
    assert case.department == front
    assert case.due_on == date(2026, 7, 8)  # ten working days, less 24 June and 1 July


@pytest.mark.django_db
def test_given_a_town_without_any_service_when_received_then_it_says_so_and_writes_nothing():
    assert not Department.objects.exists()
    with pytest.raises(Refused, match="grille"):
        receive(filing=a_filing(kind=Kind.INQUIRY), by=CITIZEN, now=NOW)
    assert not Case.objects.exists()


@pytest.mark.django_db
def test_art_4_1_a_danger_reaches_the_responsable_and_the_technician_at_once(town):
    nature = NatureFactory(priority="p1", target_working_days=1)
    designation = DesignationFactory(department=nature.department)
    case = a_case(nature, now=NOW)
    staff = set(case.messages.filter(code="R2").values_list("recipient", flat=True))
    assert staff == {town.email, designation.position_email}


@pytest.mark.django_db
def test_art_4_1_given_no_valid_designation_then_it_stays_with_the_technician_who_is_told(town):
    case = a_case(NatureFactory(), now=NOW)
    assert case.status == "received"
    assert case.messages.get(code="R4").recipient == town.email


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "field"),
    # Art. 4.4: a complaint is « formulée au Technicien », who hands it over.
    [(Kind.COMPLAINT, "email"), (Kind.CLAIM, "clerk_email"), (Kind.ACCESS_REQUEST, "clerk_email")],
)
def test_art_4_5_the_notice_of_a_confidential_file_holds_no_fact_and_no_name(town, kind, field):
    case = a_case(kind=kind, facts="Un fait très reconnaissable", now=NOW)
    message = case.messages.get(code="R5")
    assert message.recipient == getattr(town, field)
    text = message.mail.subject + message.mail.message
    assert case.reference in text
    assert "reconnaissable" not in text
    assert "Tremblay" not in text


@pytest.mark.django_db
def test_mails_to_staff_say_the_street_without_the_civic_number(town):
    nature = NatureFactory(priority="p1")
    DesignationFactory(department=nature.department)
    case = a_case(nature, location="1234, rue des Exemples", now=NOW)
    text = case.messages.filter(code="R2").first().mail.message
    assert "rue des Exemples" in text
    assert "1234" not in text


@pytest.mark.django_db(transaction=True)
def test_when_the_transaction_fails_then_the_number_is_given_to_the_next_one(monkeypatch):
    nature = NatureFactory()
    a_case(nature, now=NOW)
    DesignationFactory(department=nature.department)
    broken = a_filing(nature_id=nature.pk, answers=(GivenAnswer("k", "Q", "x", object(), "x"),))
    with pytest.raises(TypeError):
        receive(filing=broken, by=CITIZEN, now=NOW)
    assert a_case(nature, now=NOW).reference == "2026-0002"
    assert [Case.objects.count(), Requester.objects.count(), CaseEvent.objects.count()] == [2, 2, 2]
    assert not Answer.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_given_many_citizens_at_once_then_references_have_no_gap_and_no_repeat():
    nature = NatureFactory()
    DesignationFactory(department=nature.department)
    errors = []

    def file_five() -> None:
        try:
            for _ in range(5):
                receive(filing=a_filing(nature_id=nature.pk), by=CITIZEN, now=NOW)
        except Exception as error:  # noqa: BLE001 - shown by the assertion below
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=file_five) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert sorted(Case.objects.values_list("number", flat=True)) == list(range(1, 21))
