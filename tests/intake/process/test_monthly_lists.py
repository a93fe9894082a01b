"""Art. 4.1, 4.2: the monthly list reaches each Responsable once, late if need be, and whoever has the post that day."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from post_office.models import Email

from intake.models import CouncilList, ListMessage, OpenRequestsLine, OpenRequestsList
from intake.process import Refused, route
from intake.process.monthly_lists import hold_list, month_on, plan_lists, remind, send_again, send_due_lists, send_list
from snippets.models import Closure, TownSettings
from tests.factories import (
    TECHNICIAN,
    DepartmentFactory,
    DesignationFactory,
    NatureFactory,
    a_case,
    recipient_of,
    town_time,
)

pytestmark = pytest.mark.django_db
# In 2026 the list of May leaves on Monday the 25th and is due on Friday the 29th.
LIST_DAY, DUE_DAY = "2026-05-25 08:00", "2026-05-29 09:00"


@pytest.fixture(autouse=True)
def town():
    settings = TownSettings.load()
    settings.email, settings.lists_from = "citoyens@ville.example", date(2026, 5, 1)
    settings.save()
    return settings


@pytest.fixture
def works():
    department = DepartmentFactory(code="TP", name="Travaux publics")
    DesignationFactory(department=department, position_email="secretariat.tp@ville.example")
    return department


@pytest.fixture
def routed(works):
    nature = NatureFactory(department=works)
    cases = [a_case(nature, now=town_time(f"2026-05-0{day} 10:00")) for day in (4, 5, 6)]
    for case in cases[:2]:
        route(pk=case.pk, by=TECHNICIAN, now=town_time("2026-05-07 10:00"))
    return cases


def lists_to(address: str) -> int:
    return Email.objects.filter(to=[address], subject__startswith="Requêtes non complétées").count()


@pytest.mark.usefixtures("routed")
def test_art_4_1_given_may_when_the_job_runs_on_monday_25_then_each_gets_one_list_and_a_second_run_sends_none():
    assert send_due_lists(now=town_time("2026-05-22 08:00")) == 0
    assert send_due_lists(now=town_time(LIST_DAY)) == 1
    assert send_due_lists(now=town_time(LIST_DAY)) == 0
    assert send_due_lists(now=town_time("2026-05-26 08:00")) == 0

    monthly = OpenRequestsList.objects.get()
    assert (monthly.month, monthly.list_on, monthly.due_on, monthly.late) == (
        "2026-05",
        date(2026, 5, 25),
        date(2026, 5, 29),
        False,
    )
    assert lists_to("secretariat.tp@ville.example") == 1


def test_art_4_2_the_list_holds_what_is_routed_oldest_first_and_the_technician_keeps_the_rest(routed):
    send_due_lists(now=town_time(LIST_DAY))

    lines = list(OpenRequestsLine.objects.order_by("position"))
    assert [line.shown["reference"] for line in lines] == [routed[0].reference, routed[1].reference]
    assert all(line.shown["late"] for line in lines)


@pytest.mark.usefixtures("routed")
def test_art_4_5_a_list_says_nothing_of_who_filed():
    send_due_lists(now=town_time(LIST_DAY))

    monthly = OpenRequestsList.objects.get()
    mail = Email.objects.get(to=["secretariat.tp@ville.example"], subject__startswith="Requêtes non")
    told = f"{mail.subject} {mail.message} {[line.shown for line in monthly.lines.all()]}"
    assert "Tremblay" not in told
    assert "555-0123" not in told
    assert [attachment.name for attachment in mail.attachments.all()] == ["RNC-TP-2026-05.xlsx"]


@pytest.mark.usefixtures("routed")
def test_a_worker_that_was_down_on_the_day_sends_late_and_says_so():
    assert send_due_lists(now=town_time("2026-05-27 10:00")) == 1

    assert OpenRequestsList.objects.get().late
    assert "part en retard : elle devait partir le 25 mai 2026" in Email.objects.latest("pk").message


@pytest.mark.usefixtures("routed")
def test_nobody_gets_a_list_before_seven():
    assert send_due_lists(now=town_time("2026-05-25 06:59")) == 0
    assert send_due_lists(now=town_time("2026-05-25 07:00")) == 1


@pytest.mark.usefixtures("routed")
def test_a_town_that_begins_after_the_day_of_the_list_waits_for_the_next(town):
    town.lists_from = date(2026, 5, 26)
    town.save()
    assert send_due_lists(now=town_time("2026-05-27 10:00")) == 0
    assert send_due_lists(now=town_time("2026-06-22 10:00")) == 1


@pytest.mark.usefixtures("routed")
def test_a_worker_that_was_down_to_the_end_of_the_month_skips_nothing():
    assert send_due_lists(now=town_time("2026-06-03 10:00")) == 1
    assert send_due_lists(now=town_time("2026-06-03 10:10")) == 0

    monthly = OpenRequestsList.objects.get()
    assert (monthly.month, monthly.late) == ("2026-05", True)
    assert "Répondez dès que vous le pouvez" in Email.objects.latest("pk").message
    assert send_due_lists(now=town_time("2026-06-22 10:00")) == 1
    assert OpenRequestsList.objects.first().month == "2026-06"


@pytest.mark.usefixtures("routed")
def test_once_the_list_of_the_month_is_there_the_one_before_is_no_longer_sent():
    assert send_due_lists(now=town_time("2026-06-22 10:00")) == 1
    assert OpenRequestsList.objects.get().month == "2026-06"


@pytest.mark.usefixtures("routed")
def test_a_service_that_joins_after_the_month_has_no_list_of_it():
    send_due_lists(now=town_time(LIST_DAY))
    DesignationFactory(department=DepartmentFactory(code="LOI"), effective_from=date(2026, 6, 2))
    assert send_due_lists(now=town_time("2026-06-03 10:00")) == 0


@pytest.mark.usefixtures("works")
def test_art_4_1_nothing_to_report_is_said_in_a_word():
    assert send_due_lists(now=town_time(LIST_DAY)) == 1

    mail = Email.objects.get()
    assert mail.subject.startswith("Aucune requête à mettre à jour")
    assert not mail.attachments.exists()


@pytest.mark.usefixtures("routed")
def test_annexe_c_given_a_responsable_changed_on_the_eve_then_the_new_one_gets_the_list(works):
    works.designations.update(effective_until=date(2026, 5, 24))
    DesignationFactory(department=works, position_email="nouveau@ville.example", effective_from=date(2026, 5, 25))
    send_due_lists(now=town_time(LIST_DAY))

    assert (lists_to("nouveau@ville.example"), lists_to("secretariat.tp@ville.example")) == (1, 0)


@pytest.mark.usefixtures("routed")
def test_art_4_1_a_service_without_a_responsable_has_its_list_sent_to_the_technician(works):
    works.designations.update(effective_until=date(2026, 5, 24))
    send_due_lists(now=town_time(LIST_DAY))

    assert lists_to("citoyens@ville.example") == 1


@pytest.mark.usefixtures("routed")
def test_art_4_2_the_technician_holds_a_list_and_sends_it_by_hand():
    monthly = plan_lists(month_on(date(2026, 5, 20)))[0]
    hold_list(pk=monthly.pk, by=TECHNICIAN, now=town_time("2026-05-21 10:00"))

    assert send_due_lists(now=town_time(LIST_DAY)) == 0
    assert send_list(pk=monthly.pk, by=TECHNICIAN, now=town_time("2026-05-26 10:00"))
    assert not send_list(pk=monthly.pk, by=TECHNICIAN, now=town_time("2026-05-26 10:01"))
    assert OpenRequestsList.objects.get().sent_by_label == TECHNICIAN.label
    with pytest.raises(Refused):
        hold_list(pk=monthly.pk, by=TECHNICIAN, now=timezone.now())


def test_art_4_2_a_responsable_neither_holds_nor_sends_again(works):
    monthly = plan_lists(month_on(date(2026, 5, 20)))[0]
    for verb in (hold_list, send_again):
        with pytest.raises(Refused, match="Technicien"):
            verb(pk=monthly.pk, by=recipient_of(works), now=timezone.now())


@pytest.mark.usefixtures("routed")
def test_sent_again_is_the_same_frozen_copy():
    send_due_lists(now=town_time(LIST_DAY))
    monthly = OpenRequestsList.objects.get()
    send_again(pk=monthly.pk, by=TECHNICIAN, now=town_time("2026-05-26 10:00"))

    first, second = ListMessage.objects.order_by("pk")
    assert (first.code, second.code, second.number) == ("T17", "T17", 2)
    assert first.mail.attachments.get().file.name == second.mail.attachments.get().file.name == monthly.file.name
    assert lists_to("secretariat.tp@ville.example") == 2


@pytest.mark.usefixtures("routed")
def test_art_4_2_a_reminder_leaves_on_the_eve_once_and_never_after():
    send_due_lists(now=town_time(LIST_DAY))

    assert remind(now=town_time("2026-05-27 08:00")) == 0
    assert remind(now=town_time("2026-05-28 08:00")) == 1
    assert remind(now=town_time("2026-05-28 09:00")) == 0
    assert remind(now=town_time("2026-06-01 09:00")) == 0
    assert Email.objects.latest("pk").subject == "Rappel amical : 2 requêtes à mettre à jour d'ici le 29 mai 2026"


@pytest.mark.usefixtures("works")
def test_no_reminder_when_there_is_nothing_to_answer():
    send_due_lists(now=town_time(LIST_DAY))
    assert remind(now=town_time("2026-05-28 08:00")) == 0


@pytest.mark.usefixtures("routed")
def test_annexe_c_given_a_responsable_changed_since_the_list_then_the_reminder_goes_to_the_new_one(works):
    send_due_lists(now=town_time(LIST_DAY))
    works.designations.update(effective_until=date(2026, 5, 26))
    new = DesignationFactory(department=works, position_email="nouveau@ville.example", effective_from=date(2026, 5, 27))

    assert remind(now=town_time("2026-05-28 08:00")) == 1
    reminder = Email.objects.latest("pk")
    assert reminder.to == ["nouveau@ville.example"]
    assert new.employee.first_name in reminder.message
    assert OpenRequestsList.objects.get().designation != new  # who was sent the list stays written


@pytest.mark.usefixtures("routed")
def test_annexe_c_a_reminder_goes_to_the_technician_when_nobody_has_the_post_any_more(works):
    send_due_lists(now=town_time(LIST_DAY))
    works.designations.update(effective_until=date(2026, 5, 26))
    assert remind(now=town_time("2026-05-28 08:00")) == 1
    assert Email.objects.latest("pk").to == ["citoyens@ville.example"]


@pytest.mark.usefixtures("routed")
@pytest.mark.parametrize(("sent", "same_day", "day_after"), [("05-28", 0, 1), ("05-29", 0, 0)])
def test_art_4_2_no_reminder_leaves_on_the_day_of_the_list(sent, same_day, day_after):
    """Sent late, on the eve or on the very day that the answers are due."""
    assert send_due_lists(now=town_time(f"2026-{sent} 07:05")) == 1
    assert remind(now=town_time(f"2026-{sent} 07:05")) == same_day
    assert remind(now=town_time(f"2026-{sent} 07:05") + timedelta(days=1)) == day_after


@pytest.mark.usefixtures("routed")
def test_art_4_1_read_as_the_last_week_november_2026_leaves_and_is_due_on_the_30th_without_a_reminder(town):
    town.list_reading = "last_week"
    town.save()
    now = town_time("2026-11-30 07:05")
    assert send_due_lists(now=now) == 1
    monthly = OpenRequestsList.objects.get()
    assert monthly.list_on == monthly.due_on == date(2026, 11, 30)
    assert remind(now=now) == 0


class TestCalendarChanged:
    """Art. 4.1, 4.2: days of the calendar of the day it leaves, not of the day someone first looked."""

    def closed(self, first: int, last: int) -> None:
        Closure.objects.create(label="Panne", first_on=date(2026, 5, first), last_on=date(2026, 5, last))

    @pytest.mark.usefixtures("routed")
    def test_art_4_2_given_a_closure_after_the_row_was_made_then_the_list_is_neither_late_nor_due_on_a_closed_day(self):
        plan_lists(month_on(date(2026, 5, 4)))
        self.closed(25, 25)
        self.closed(29, 29)
        assert send_due_lists(now=town_time("2026-05-25 08:00")) == 0
        assert send_due_lists(now=town_time("2026-05-26 08:00")) == 1

        monthly = OpenRequestsList.objects.get()
        assert (monthly.list_on, monthly.due_on, monthly.late) == (date(2026, 5, 26), date(2026, 5, 28), False)
        message = Email.objects.latest("pk").message
        assert "28 mai 2026" in message
        assert "en retard : elle devait" not in message

    @pytest.mark.usefixtures("routed")
    def test_the_board_shows_the_days_of_now_and_what_left_keeps_its_own(self):
        (monthly,) = plan_lists(month_on(date(2026, 5, 4)))
        self.closed(29, 29)
        (monthly,) = plan_lists(month_on(date(2026, 5, 4)))
        assert monthly.due_on == date(2026, 5, 28)
        send_due_lists(now=town_time(LIST_DAY))
        Closure.objects.all().delete()
        (monthly,) = plan_lists(month_on(date(2026, 5, 4)))
        assert monthly.due_on == date(2026, 5, 28)

    @pytest.mark.usefixtures("routed")
    def test_art_4_2_sent_by_hand_it_follows_the_calendar_too(self):
        (monthly,) = plan_lists(month_on(date(2026, 5, 4)))
        self.closed(29, 29)
        send_list(pk=monthly.pk, by=TECHNICIAN, now=town_time("2026-05-22 10:00"))
        assert OpenRequestsList.objects.get().due_on == date(2026, 5, 28)


class TestCommand:
    def run(self, *arguments: str, now: str = "2026-11-26 10:00") -> str:
        out = StringIO()
        call_command("send_monthly_lists", *arguments, stdout=out, now=town_time(now))
        return out.getvalue()

    @pytest.mark.usefixtures("routed")
    def test_art_4_1_it_sends_the_list_that_the_month_before_missed_as_the_job_does(self):
        words = self.run("--date", "2026-06-02", "--dry-run")
        assert "À envoyer – TP (2026-05) : 2 requêtes" in words
        assert not OpenRequestsList.objects.exists()
        assert "Envoyée – TP (2026-05)" in self.run("--date", "2026-06-02", now="2026-06-02 10:00")
        assert OpenRequestsList.objects.get().month == "2026-05"
        assert "part le 2026-06-22" in self.run("--date", "2026-06-02", now="2026-06-02 10:01")

    @pytest.mark.usefixtures("routed")
    def test_art_4_1_it_publishes_the_officials_lists_that_were_missed(self):
        now = "2026-07-03 10:00"
        assert "À publier – Élus : 2026-05\nÀ publier – Élus : 2026-06" in self.run("--dry-run", now=now)
        assert not CouncilList.objects.exists()
        assert "Publiée – Élus : 2026-05" in self.run(now=now)
        assert "Élus" not in self.run(now=now)
        assert list(CouncilList.objects.values_list("month", flat=True)) == ["2026-06", "2026-05", "2026-04"]

    @pytest.mark.usefixtures("routed")
    def test_a_day_to_come_is_only_rehearsed(self):
        with pytest.raises(CommandError, match="n'est pas venu") as stopped:
            self.run("--date", "2026-05-25", now="2026-05-22 10:00")
        assert stopped.value.returncode == 2
        assert not ListMessage.objects.exists()
        assert "À envoyer – TP" in self.run("--date", "2026-05-25", "--dry-run", now="2026-05-22 10:00")

    @pytest.mark.parametrize(("count", "words"), [(0, "0 requête,"), (1, "1 requête,"), (2, "2 requêtes,")])
    def test_none_and_one_are_singular(self, works, count, words):
        nature = NatureFactory(department=works)
        for _ in range(count):
            case = a_case(nature, now=town_time("2026-05-04 10:00"))
            route(pk=case.pk, by=TECHNICIAN, now=town_time("2026-05-07 10:00"))
        assert words in self.run("--date", "2026-05-25", "--dry-run")

    @pytest.mark.usefixtures("routed")
    def test_dry_run_says_what_would_leave_and_writes_nothing(self):
        before = Email.objects.count()
        assert "À envoyer – TP : 2 requêtes, à secretariat.tp@ville.example" in self.run(
            "--date", "2026-05-25", "--dry-run"
        )
        assert (Email.objects.count(), OpenRequestsList.objects.count()) == (before, 0)

    @pytest.mark.usefixtures("routed")
    def test_run_twice_sends_once(self):
        assert "Envoyée – TP : 2 requêtes" in self.run("--date", "2026-05-25")
        assert "déjà parties" in self.run("--date", "2026-05-25")
        assert ListMessage.objects.count() == 1

    def test_before_the_day_it_says_when(self):
        assert "part le 2026-05-25" in self.run("--date", "2026-05-22")

    @pytest.mark.parametrize("text", ["2026-02-31", "hier", "1800-01-01"])
    def test_a_day_that_is_none_is_one_line_and_code_2(self, text):
        with pytest.raises(CommandError) as stopped:
            self.run("--date", text)
        assert stopped.value.returncode == 2
        assert "\n" not in str(stopped.value)


@pytest.mark.usefixtures("routed")
def test_a_sending_that_breaks_off_leaves_nothing_half_done(monkeypatch, works):
    """The worker dies after the workbook was stored: no mail, no date; the next run sends once."""
    from intake.process import monthly_lists

    def killed(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(monthly_lists.mails, "write", killed)
        with pytest.raises(KeyboardInterrupt):
            send_due_lists(now=town_time(LIST_DAY))
    assert not OpenRequestsList.objects.filter(sent_at__isnull=False).exists()
    assert not OpenRequestsLine.objects.exists()

    assert send_due_lists(now=town_time(LIST_DAY) + timedelta(minutes=10)) == 1
    assert lists_to("secretariat.tp@ville.example") == 1
