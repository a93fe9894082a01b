"""A double click, a replay, two tabs: one case (contract: « a confirmed request exists », once)."""

import threading

import pytest
from django.db import connections
from django.test import Client
from post_office.models import Email

from intake.forms.models import Draft
from intake.models import Case

from .citizen import Citizen, url_of


@pytest.mark.django_db
def test_when_the_last_step_is_replayed_then_the_same_confirmation_is_shown(citizen):
    draft = citizen.fill()
    first, second = citizen.send(draft), citizen.send(draft)
    assert first.url == second.url == url_of(draft, "confirmation")
    assert Case.objects.count() == Email.objects.filter(to="marie@exemple.example").count() == 1


@pytest.mark.django_db
def test_when_an_earlier_step_is_replayed_after_sending_then_nothing_is_kept_again(citizen):
    draft = citizen.fill()
    citizen.send(draft)
    replay = citizen.post(url_of(draft, "coordonnees"), {"last_name": "Roy"})
    assert replay.url == url_of(draft, "confirmation")
    draft.refresh_from_db()
    assert draft.data == {}
    assert Case.objects.get().requester.last_name == "Tremblay"


@pytest.mark.django_db
def test_given_a_second_browser_on_the_same_draft_when_both_send_then_one_case_exists(citizen, pages):
    draft = citizen.fill()
    other = Citizen(Client(enforce_csrf_checks=True))
    assert citizen.send(draft).url == other.send(draft).url
    assert Case.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_given_many_clicks_at_the_same_moment_then_one_case_one_mail_and_one_code(citizen):
    draft = citizen.fill()
    citizens = [Citizen(Client(enforce_csrf_checks=True)) for _ in range(6)]
    for other in citizens:
        other.get("/suivi/")
    start, answers = threading.Barrier(len(citizens)), []

    def click(other: Citizen) -> None:
        try:
            start.wait()
            answers.append(other.send(draft).url)
        except Exception as error:  # noqa: BLE001 - shown by the assertion below
            answers.append(repr(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=click, args=(other,)) for other in citizens]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(answers) == {url_of(draft, "confirmation")}
    assert len(answers) == 6
    assert Case.objects.count() == Email.objects.filter(to="marie@exemple.example").count() == 1
    case, filed = Case.objects.get(), Draft.objects.get()
    assert (filed.case, case.number) == (case, 1)
    assert filed.tracking_code
