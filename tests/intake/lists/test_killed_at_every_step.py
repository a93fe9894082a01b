"""Art. 4.1: each Responsable gets exactly one list, whatever happens to the worker on the way.

Real processes on a real database: each child is killed (SIGKILL) just before one statement more than the child before,
so that one died at every step of the planning, of a list and of its mail; then two work at once, to the end.
"""

import os
import signal
from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import connection, connections
from post_office.connections import connections as mail_connections
from post_office.models import STATUS, Email

from intake.mail import outbox
from intake.models import ListMessage, OpenRequestsLine, OpenRequestsList
from intake.process import route
from intake.process.monthly_lists import send_due_lists
from snippets.models import Department, Designation, TownSettings
from tests.factories import (
    TECHNICIAN,
    DepartmentFactory,
    DesignationFactory,
    EmployeeFactory,
    NatureFactory,
    a_case,
    town_time,
)

pytestmark = pytest.mark.django_db(transaction=True)
RECIPIENTS, WITH_REQUESTS = 200, 12
LIST_DAY = town_time("2026-05-25 08:00")


def code_of(number: int) -> str:
    letters = "ABCDEFGHIJ"
    return "S" + letters[number // 100] + letters[number // 10 % 10] + letters[number % 10]


@pytest.fixture
def town_of_200():
    settings = TownSettings.load()
    settings.email, settings.lists_from = "citoyens@ville.example", date(2026, 5, 1)
    settings.save()
    Designation.objects.all().delete()
    someone = EmployeeFactory()
    for number in range(RECIPIENTS):
        works = DepartmentFactory(code=code_of(number))
        DesignationFactory(department=works, employee=someone, position_email=f"poste{number}@ville.example")
    for works in Department.objects.filter(designations__isnull=False)[:WITH_REQUESTS]:
        case = a_case(NatureFactory(department=works), now=town_time("2026-05-04 10:00"))
        route(pk=case.pk, by=TECHNICIAN, now=town_time("2026-05-07 10:00"))
    Email.objects.update(status=STATUS.sent)


class DiesAt:
    """Kills its own process just before the statement of this number, counted from one."""

    def __init__(self, statement: int) -> None:
        self.left = statement

    def __call__(self, execute, sql, params, many, context):
        self.left -= 1
        if not self.left:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)


def start_child(work, *, dies_at: int | None = None) -> int:
    """Do `work` in a process of its own; the parent holds no connection while it is made."""
    connections.close_all()
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        if dies_at:
            connection.execute_wrappers.append(DiesAt(dies_at))
        mail_connections.close()
        work()
        connection.close()
        status = 0
    finally:
        os._exit(status)  # never back into the tests


def ended(pid: int) -> int:
    """0 when the work was done, -9 when it was killed."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def killed_at_every_step(work, *, most: int) -> int:
    """Let one child after the other die a statement later than the last; return at how many steps one died."""
    deaths = 0
    for statement in range(1, most + 1):
        code = ended(start_child(work, dies_at=statement))
        assert code in (0, -signal.SIGKILL)
        deaths += code != 0
    return deaths


def two_at_once(work) -> None:
    assert [ended(pid) for pid in [start_child(work), start_child(work)]] == [0, 0]


@pytest.mark.usefixtures("town_of_200")
def test_given_200_recipients_when_the_worker_is_killed_at_every_step_then_each_has_exactly_one_list(mailbox):
    def month() -> None:
        send_due_lists(now=LIST_DAY)

    # A list takes some twenty statements: more steps than those of the planning and of two lists.
    assert killed_at_every_step(month, most=60) == 60
    begun = OpenRequestsList.objects.sent().count()
    assert 0 < begun < RECIPIENTS
    two_at_once(month)

    assert OpenRequestsList.objects.sent().count() == OpenRequestsList.objects.count() == RECIPIENTS
    assert OpenRequestsLine.objects.count() == WITH_REQUESTS
    assert ListMessage.objects.count() == RECIPIENTS
    written = Counter(tuple(mail.to) for mail in Email.objects.filter(pk__in=ListMessage.objects.values("mail")))
    assert len(written) == RECIPIENTS
    assert set(written.values()) == {1}

    died_after_the_servers_yes = deliver_all_with_deaths(mailbox)

    assert not Email.objects.exclude(status=STATUS.sent).exists()
    copies = Counter(message["Message-ID"] for message in mailbox.messages)
    readers = {message["Message-ID"]: message["To"] for message in mailbox.messages}
    # One list each. A mail server that said yes to a worker dead before he noted it is asked again: the same
    # message, under the same identifier, by which mail programs show it once.
    assert Counter(readers.values()) == {f"poste{number}@ville.example": 1 for number in range(RECIPIENTS)}
    assert sum(copies.values()) - len(copies) <= died_after_the_servers_yes


def deliver_all_with_deaths(mailbox) -> int:
    """Send all that waits, a worker dying at each step of a sending; return how many died once the server had the mail."""
    now, deaths = LIST_DAY, 0
    for statement in range(1, 13):
        now += outbox.LEASE + timedelta(minutes=1)
        received, noted = len(mailbox.messages), Email.objects.filter(status=STATUS.sent).count()
        assert ended(start_child(lambda now=now: send_waiting(now, most=3), dies_at=statement)) == -signal.SIGKILL
        received, noted = len(mailbox.messages) - received, Email.objects.filter(status=STATUS.sent).count() - noted
        deaths += received > noted
    now += outbox.LEASE + timedelta(minutes=1)
    two_at_once(lambda: send_waiting(now, most=RECIPIENTS))
    return deaths


def send_waiting(now, *, most: int) -> None:
    for pk in list(outbox.waiting(now).values_list("pk", flat=True)[:most]):
        outbox.deliver(mail_id=pk, now=now)
