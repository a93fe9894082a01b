"""Art. 4.1, 4.2: the monthly list reaches each Responsable once, late if need be, and whoever has the post that day."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from post_office.models import Email

from intake.models import ListMessage, OpenRequestsLine, OpenRequestsList
from intake.process import Refused, route
from intake.process.monthly_lists import hold_list, month_on, plan_lists, remind, send_again, send_due_lists, send_list
from snippets.models import TownSettings
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


class TestCommand:
    def run(self, *arguments: str) -> str:
        out = StringIO()
        call_command("send_monthly_lists", *arguments, stdout=out)
        return out.getvalue()

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
