"""Art. 4.1, « Expérience citoyen »: a survey after completion, only to who accepted, once."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from post_office.models import STATUS, Email

from intake.jobs import invite_to_survey
from intake.mail import outbox
from intake.models import Case, CaseEvent, CaseMessage, Requester, SurveyAnswer, SurveyInvitation
from intake.policy.surveys import Opinion, token_hash
from intake.policy.vocabulary import Kind
from intake.process import NotVisible, Refused, close, merge, reopen
from intake.process.surveys import answer, invite, withdraw_consent
from snippets.models import Closure
from tests.factories import TECHNICIAN, DepartmentFactory, NatureFactory, a_case, town_time

from .conftest import ASKED, NO, YES, surveys_sent, token_of

pytestmark = pytest.mark.django_db


def asked_at(moment: str) -> int:
    return invite(now=town_time(moment))


def test_art_4_1_given_consent_two_working_days_after_completion_one_mail_leaves(done, town):
    case = done()
    assert asked_at(ASKED) == 1
    mail = Email.objects.get(to="marie@exemple.example", subject__contains="Comment s'est passée")
    assert case.reference in mail.subject
    for words in ("claire", "délai", "satisfait", "Ne plus recevoir de sondage", "Marie Tremblay"):
        assert words in mail.message
    assert "{" not in mail.message
    assert mail.headers["Reply-To"] == town.email


def test_art_4_1_given_no_consent_when_a_request_is_completed_then_no_survey_is_sent(done):
    done(wants_survey=False)
    assert asked_at(ASKED) == 0
    assert surveys_sent() == []


def test_nothing_leaves_for_who_gave_no_address(done):
    case = done()
    Requester.objects.filter(case=case).update(email="")
    assert asked_at(ASKED) == 0


@pytest.mark.parametrize(
    ("moment", "leaves"),
    [
        ("2026-06-02 09:00", 0),  # one working day
        ("2026-06-03 06:59", 0),  # nobody is written to before seven
        ("2026-06-03 07:00", 1),
        ("2026-06-06 10:00", 0),  # a Saturday
        ("2026-06-24 10:00", 0),  # the Fête nationale
        ("2026-06-25 10:00", 1),  # late, the worker was down
        ("2026-07-01 10:00", 0),  # a holiday, thirty days after
        ("2026-07-02 10:00", 0),  # thirty-one days: it would be a surprise
    ],
)
def test_art_4_1_it_leaves_on_a_working_day_between_two_working_days_and_thirty_days(done, moment, leaves):
    done()
    assert asked_at(moment) == leaves


def test_a_closure_of_the_offices_counts_as_days_off(done):
    Closure.objects.create(label="Inventaire", first_on=date(2026, 6, 2), last_on=date(2026, 6, 2))
    done()
    assert asked_at("2026-06-03 10:00") == 0
    assert asked_at("2026-06-04 10:00") == 1


def test_it_is_asked_once_whatever_the_number_of_runs_and_of_days(done, monkeypatch):
    done()
    monkeypatch.setattr("intake.jobs.timezone.now", lambda: town_time(ASKED))
    assert [invite_to_survey() for _ in range(3)] == [1, 0, 0]
    assert asked_at("2026-06-10 10:00") == 0
    assert surveys_sent() == ["marie@exemple.example"]


def test_two_workers_that_found_the_same_file_write_one_mail(done, monkeypatch):
    done()
    late = []

    def another_worker_first(*args, **kwargs):
        if not late:
            late.append(True)
            assert asked_at(ASKED) == 1
        return found(*args, **kwargs)

    # The list was read, then another worker went through it.
    from intake.process import surveys

    found = surveys._invite
    monkeypatch.setattr(surveys, "_invite", another_worker_first)
    assert asked_at(ASKED) == 0
    assert surveys_sent() == ["marie@exemple.example"]


def test_a_mail_that_can_not_be_written_leaves_no_invitation(done, monkeypatch):
    done()

    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("intake.process.surveys.write_survey", broken)
    with pytest.raises(RuntimeError):
        asked_at(ASKED)
    assert not SurveyInvitation.objects.exists()


def test_a_closed_request_is_asked_about_and_one_that_was_reopened_is_not(done):
    closed, reopened = done(), done(email="luc@exemple.example")
    for case in (closed, reopened):
        close(pk=case.pk, by=TECHNICIAN, now=town_time("2026-06-02 10:00"))
    reopen(pk=reopened.pk, reason="Le trou est revenu.", by=TECHNICIAN, now=town_time("2026-06-02 11:00"))
    assert asked_at(ASKED) == 1
    assert surveys_sent() == ["marie@exemple.example"]


def test_a_request_attached_to_another_is_not_asked_about(done, nature):
    into = done(wants_survey=False)
    attached = a_case(nature, now=town_time("2026-05-26 10:00"), wants_survey=True)
    Case.objects.filter(pk=into.pk).update(status="in_progress")
    merge(pk=attached.pk, into=into.reference, by=TECHNICIAN, now=town_time("2026-05-26 11:00"))
    assert asked_at(ASKED) == 0


def test_annexe_a_5_an_answer_still_read_over_is_not_asked_about(done):
    case = done()
    Case.objects.filter(pk=case.pk).update(awaits_proofreading=True)
    assert asked_at(ASKED) == 0


@pytest.mark.parametrize("kind", [Kind.COMPLAINT, Kind.CLAIM, Kind.ACCESS_REQUEST])
def test_art_4_5_what_is_confidential_is_never_surveyed(town, kind):
    case = a_case(kind=kind, now=town_time("2026-05-25 10:00"), wants_survey=True)
    moment = town_time("2026-06-01 15:00")
    Case.objects.filter(pk=case.pk).update(status="closed", completed_at=moment, closed_at=moment)
    assert asked_at(ASKED) == 0


def test_art_4_5_whoever_works_on_the_file_finds_neither_the_link_nor_the_survey(done):
    case = done()
    before = (case.events.count(), CaseMessage.objects.count(), case.version)
    asked_at(ASKED)
    case.refresh_from_db()
    assert (CaseEvent.objects.filter(case=case).count(), CaseMessage.objects.count(), case.version) == before


def test_the_token_is_stored_only_as_a_hash(invited):
    token = invited()
    invitation = SurveyInvitation.objects.get()
    assert len(token) >= 32
    assert invitation.token_hash == token_hash(token)
    assert token not in str(SurveyInvitation.objects.values().get())


# --- Answering -----------------------------------------------------------------------------------


def test_art_4_5_an_answer_says_a_month_a_service_and_three_opinions_and_nothing_else(invited, nature):
    token = invited()
    answer(token=token, opinions=NO, now=town_time("2026-06-04 21:30"))
    kept = SurveyAnswer.objects.values().get()
    assert kept.pop("id").version == 4  # drawn, not counted
    assert kept == {
        "month": "2026-06",
        "department_id": nature.department_id,
        "is_clear": "no",
        "is_timely": "partly",
        "is_satisfied": "no",
    }
    moments = {field.name for field in SurveyInvitation._meta.get_fields() if "Time" in type(field).__name__}
    assert moments == set()
    assert SurveyInvitation.objects.get().answered


def test_a_link_serves_once(invited):
    token = invited()
    answer(token=token, opinions=YES, now=town_time("2026-06-04 10:00"))
    with pytest.raises(Refused, match="déjà répondu"):
        answer(token=token, opinions=NO, now=town_time("2026-06-04 10:00"))
    assert SurveyAnswer.objects.get().is_clear == "yes"


@pytest.mark.parametrize(("day", "open_"), [("2026-08-02", True), ("2026-08-03", False)])
def test_a_link_is_good_for_sixty_days(invited, day, open_):
    token = invited()
    if open_:
        answer(token=token, opinions=YES, now=town_time(f"{day} 23:30"))
    else:
        with pytest.raises(Refused, match="terminé"):
            answer(token=token, opinions=YES, now=town_time(f"{day} 00:30"))
    assert SurveyAnswer.objects.count() == open_


def test_a_made_up_link_opens_nothing(invited):
    invited()
    with pytest.raises(NotVisible):
        answer(token="x" * 32, opinions=YES, now=town_time("2026-06-04 10:00"))
    with pytest.raises(NotVisible):
        withdraw_consent(token="x" * 32, now=town_time("2026-06-04 10:00"))


# --- « Ne plus recevoir de sondage » -------------------------------------------------------------


def test_a_2_1_art_53_1_a_consent_taken_back_holds_at_once_for_every_file_of_the_address(invited, done):
    token = invited(email="marie@exemple.example")
    other = done(email="Marie@Exemple.example", at="2026-06-02 10:00")
    somebody = done(email="luc@exemple.example", at="2026-06-02 10:00")
    withdraw_consent(token=token, now=town_time("2026-06-03 22:00"))
    assert asked_at("2026-06-04 10:00") == 1
    assert surveys_sent()[-1] == "luc@exemple.example"
    other.refresh_from_db()
    somebody.refresh_from_db()
    assert (other.wants_survey, somebody.wants_survey) == (False, True)
    assert SurveyInvitation.objects.get(token_hash=token_hash(token)).withdrawn_on == date(2026, 6, 3)


def test_a_consent_is_taken_back_twice_late_and_after_the_answer(invited):
    token = invited()
    answer(token=token, opinions=YES, now=town_time("2026-06-04 10:00"))
    withdraw_consent(token=token, now=town_time("2027-01-05 10:00"))
    withdraw_consent(token=token, now=town_time("2027-02-05 10:00"))
    assert SurveyInvitation.objects.get().withdrawn_on == date(2027, 1, 5)
    assert SurveyAnswer.objects.count() == 1  # nobody could say which one is theirs


def test_a_survey_that_has_not_left_is_taken_back_and_a_legal_letter_is_not(done):
    done()
    done(email="marie@exemple.example", at="2026-06-01 16:00")
    assert asked_at(ASKED) == 2
    first, second = SurveyInvitation.objects.order_by("pk")
    token, late = token_of(first), second.mail_id
    Email.objects.filter(pk=first.mail_id).update(status=STATUS.sent)
    others = set(CaseMessage.objects.values_list("mail_id", flat=True))
    withdraw_consent(token=token, now=town_time("2026-06-03 10:00"))
    assert surveys_sent() == ["marie@exemple.example"]
    assert outbox.deliver(mail_id=late, now=town_time("2026-06-03 11:00")) is False
    assert others == set(Email.objects.filter(pk__in=others).values_list("pk", flat=True))


def test_who_accepts_again_in_a_later_request_is_asked_again(invited, done):
    withdraw_consent(token=invited(), now=town_time("2026-06-03 10:00"))
    done(at="2026-06-08 10:00")
    assert asked_at("2026-06-10 10:00") == 1


# --- What the database holds ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong", [{"month": "2026-13"}, {"month": "juin"}, {"is_clear": "maybe"}, {"is_timely": ""}, {"is_satisfied": "x"}]
)
def test_the_database_refuses_an_answer_that_is_none(wrong):
    good = {"month": "2026-06", "is_clear": "yes", "is_timely": "no", "is_satisfied": "partly"}
    with pytest.raises(IntegrityError), transaction.atomic():
        SurveyAnswer.objects.create(department=DepartmentFactory(), **good | wrong)


def test_the_database_refuses_a_second_invitation_a_token_in_clear_and_an_edited_answer(done):
    case, other = done(), done()
    SurveyInvitation.objects.create(case=case, token_hash=token_hash("a"), invited_on=date(2026, 6, 3))
    for wrong in ({"case": case, "token_hash": token_hash("b")}, {"case": other, "token_hash": "en-clair"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SurveyInvitation.objects.create(invited_on=date(2026, 6, 3), **wrong)
    row = SurveyAnswer.objects.create(
        month="2026-06", department=NatureFactory().department, is_clear="no", is_timely="no", is_satisfied="no"
    )
    row.is_satisfied = Opinion.YES.value
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
