"""Art. 2.3: each Responsable hears once of a due day that approaches or has passed, the head of what stays late; art. 4.5: of no one."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from post_office.models import Email

from intake.models import DueMessage, DueNotice
from intake.process import Completion, classify, complete, resume, route, take, wait
from intake.process.calendar import town_calendar
from intake.process.due_reminders import REMINDER, Today, _mailboxes, _tell, remind_due
from snippets.models import TownSettings
from tests.factories import (
    TECHNICIAN,
    DepartmentFactory,
    DesignationFactory,
    EmployeeFactory,
    NatureFactory,
    a_case,
    recipient_of,
    town_time,
)

pytestmark = pytest.mark.django_db
POST, HEAD = "secretariat.tp@ville.example", "direction.tp@ville.example"
# Received on Monday June 1st, due five working days later, on Monday the 8th; « soon » three working days before.
RECEIVED, SOON, PASSED, LATE = "2026-06-01 10:00", "2026-06-03 07:00", "2026-06-09 07:20", "2026-06-11 09:00"


@pytest.fixture(autouse=True)
def town():
    settings = TownSettings.load()
    settings.email = "citoyens@ville.example"
    settings.save()
    return settings


@pytest.fixture
def works():
    head = EmployeeFactory(first_name="Dominique", email=HEAD)
    department = DepartmentFactory(code="TP", name="Travaux publics", head=head, escalate_after_working_days=3)
    DesignationFactory(department=department, position_email=POST)
    return department


@pytest.fixture
def nature(works):
    return NatureFactory(department=works, name="Nid-de-poule", target_working_days=5)


def routed(nature, at: str = RECEIVED):
    case = a_case(nature, now=town_time(at))
    return route(pk=case.pk, by=TECHNICIAN, now=town_time(at))


def ran(at: str) -> int:
    return remind_due(now=town_time(at))


def mails_to(address: str) -> list[Email]:
    numbers = DueMessage.objects.filter(recipient=address).values("mail")
    return list(Email.objects.filter(pk__in=numbers).order_by("pk"))


def steps_of(case) -> list[str]:
    return list(case.due_notices.values_list("step", flat=True))


def test_art_2_3_one_message_names_all_that_is_soon_or_newly_late_once_each(nature):
    late, soon = routed(nature), routed(nature, "2026-06-04 10:00")

    assert [ran(PASSED), ran(PASSED), ran("2026-06-09 15:00"), ran("2026-06-10 08:00")] == [1, 0, 0, 0]

    (mail,) = mails_to(POST)
    assert mail.subject == "Échéances à suivre : 2"
    assert mail.message.index("L'échéance approche :") < mail.message.index(soon.reference)
    assert mail.message.index("L'échéance est passée :") < mail.message.index(late.reference)
    assert f"/admin/demandes/{late.reference}/" in mail.message
    assert "Échéance : 8 juin 2026" in mail.message
    assert (steps_of(soon), steps_of(late)) == (["due_soon"], ["overdue"])


def test_art_2_3_a_request_is_named_once_soon_once_late_and_once_to_the_head(nature):
    case = routed(nature)

    days = [f"2026-06-{day:02d} 08:00" for day in range(1, 30)]
    written = {day: count for day in days if (count := ran(day))}

    assert written == {"2026-06-03 08:00": 1, "2026-06-09 08:00": 1, "2026-06-11 08:00": 1}
    assert steps_of(case) == ["due_soon", "overdue", "escalated"]
    (escalation,) = mails_to(HEAD)
    assert escalation.subject == "Requêtes en retard dans votre service : 1"
    assert escalation.message.startswith("Bonjour Dominique,")


def test_art_4_5_no_message_says_who_asked_what_was_written_nor_the_civic_number(nature):
    routed(nature)
    for at in (SOON, PASSED, LATE):
        ran(at)

    told = "".join(mail.subject + mail.message for mail in [*mails_to(POST), *mails_to(HEAD)])
    assert "rue des Exemples" in told
    assert not [word for word in ("Tremblay", "Marie", "1234", "grand trou", "marie@") if word in told]


@pytest.mark.parametrize(
    "at", ["2026-06-03 06:59", "2026-06-06 09:00", "2026-06-07 09:00"], ids=["before seven", "Saturday", "Sunday"]
)
def test_nobody_is_written_to_before_seven_nor_on_a_day_off(nature, at):
    routed(nature)
    assert ran(at) == 0


def test_nothing_to_say_writes_nothing(nature):
    routed(nature)
    a_case(nature, now=town_time(RECEIVED))  # nobody has received it yet: it is the technician's, on his screen

    assert ran("2026-06-02 09:00") == 0
    assert not DueMessage.objects.exists()


def test_a_worker_that_was_down_is_late_and_says_only_what_is_true_now(nature):
    case = routed(nature)

    assert ran(LATE) == 2  # the Responsable and the head
    assert steps_of(case) == ["overdue", "escalated"]


def test_a_request_that_becomes_late_after_the_message_of_the_day_waits_for_tomorrow(nature):
    first = routed(nature)
    ran(PASSED)
    second = routed(nature)

    assert ran("2026-06-09 16:00") == 0
    assert ran("2026-06-10 07:00") == 1
    assert (steps_of(first), steps_of(second)) == (["overdue"], ["overdue"])


def test_art_2_3_while_the_citizen_is_awaited_nothing_is_said_then_the_new_day_counts(nature, works):
    case, by = routed(nature), recipient_of(works)
    take(pk=case.pk, by=by, now=town_time("2026-06-02 09:00"))
    wait(pk=case.pk, reason="citizen", note="Quel côté?", by=by, now=town_time("2026-06-02 10:00"))

    assert [ran(SOON), ran(PASSED), ran(LATE)] == [0, 0, 0]

    resumed = resume(pk=case.pk, by=by, now=town_time("2026-06-12 09:00"))
    assert resumed.due_on == date(2026, 6, 18)
    assert [ran("2026-06-12 10:00"), ran("2026-06-15 08:00"), ran("2026-06-19 08:00")] == [0, 1, 1]
    assert steps_of(case) == ["due_soon", "overdue"]


def test_a_request_given_another_nature_is_due_to_another_service_on_another_day(nature):
    case = routed(nature)
    ran(SOON)
    leisure = DepartmentFactory(code="LOI")
    DesignationFactory(department=leisure, position_email="loisirs@ville.example")
    slow = NatureFactory(department=leisure, target_working_days=10)
    classify(pk=case.pk, nature=slow, by=TECHNICIAN, now=town_time("2026-06-04 09:00"))
    route(pk=case.pk, by=TECHNICIAN, now=town_time("2026-06-04 09:00"))

    assert [ran(PASSED), ran("2026-06-12 08:00"), ran("2026-06-16 08:00")] == [0, 0, 1]
    assert (len(mails_to(POST)), len(mails_to("loisirs@ville.example"))) == (1, 1)


def test_a_completed_request_is_not_spoken_of(nature, works):
    case = routed(nature)
    completion = Completion(
        done_on=date(2026, 6, 2), phone_extension="2201", internal_note="Fait.", public_message="Réparé."
    )
    complete(pk=case.pk, completion=completion, by=recipient_of(works), now=town_time("2026-06-02 09:00"))
    assert [ran(SOON), ran(PASSED), ran(LATE)] == [0, 0, 0]


def test_the_responsable_of_two_services_gets_one_message(nature):
    other = DepartmentFactory(code="ING")
    DesignationFactory(department=other, position_email=POST)
    routed(nature)
    routed(NatureFactory(department=other, target_working_days=5))

    assert ran(SOON) == 1
    assert DueNotice.objects.count() == 2


def test_without_a_responsable_in_force_the_technician_is_told(nature, works):
    routed(nature)
    works.designations.update(effective_until=date(2026, 6, 2))

    assert ran(SOON) == 1
    assert len(mails_to("citoyens@ville.example")) == 1


@pytest.mark.parametrize("why", ["no delay", "no head", "gone", "the Responsable himself"])
def test_an_escalation_leaves_only_to_a_head_in_office_who_does_not_know_yet(nature, works, why):
    routed(nature)
    if why == "no delay":
        works.escalate_after_working_days = None
    elif why == "no head":
        works.head = None
    elif why == "gone":
        works.head.is_active = False
        works.head.save()
    else:
        works.head = works.designations.get().employee
    works.save()

    assert ran(LATE) == 1
    assert mails_to(HEAD) == []


def test_two_workers_that_found_the_same_mailbox_at_once_write_one_message(nature):
    case = routed(nature)
    today = Today(date(2026, 6, 3), town_calendar(), TownSettings.load())
    found = [mailbox for _ in range(2) for mailbox in _mailboxes(REMINDER, today)]

    assert [_tell(mailbox, today) for mailbox in found] == [True, False]
    assert (len(mails_to(POST)), steps_of(case)) == (1, ["due_soon"])


def test_a_request_completed_after_it_was_found_is_not_named(nature, works):
    case = routed(nature)
    today = Today(date(2026, 6, 3), town_calendar(), TownSettings.load())
    (mailbox,) = _mailboxes(REMINDER, today)
    completion = Completion(
        done_on=date(2026, 6, 2), phone_extension="2201", internal_note="Fait.", public_message="Réparé."
    )
    complete(pk=case.pk, completion=completion, by=recipient_of(works), now=town_time("2026-06-03 06:59"))

    assert not _tell(mailbox, today)
    assert mails_to(POST) == []


def test_the_database_refuses_a_second_notice_and_a_second_message_of_the_day(nature):
    routed(nature)
    ran(SOON)
    notice, message = DueNotice.objects.get(), DueMessage.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        DueNotice.objects.create(case=notice.case, step=notice.step, due_on=notice.due_on, message=message)
    with pytest.raises(IntegrityError), transaction.atomic():
        DueMessage.objects.create(
            code=message.code, recipient=POST, on=message.on, mail=routed(nature).messages.last().mail
        )


def test_the_number_of_queries_does_not_grow_with_the_requests(nature, django_assert_max_num_queries):
    for _ in range(6):
        routed(nature)
    with django_assert_max_num_queries(45):
        assert ran(SOON) == 1
    assert DueNotice.objects.count() == 6
