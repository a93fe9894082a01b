"""How many queries each page asks: at most twenty, and no more when the grid grows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from intake.models import Case
from intake.policy.vocabulary import Kind
from tests.factories import NatureFactory, QuestionFactory

from .citizen import GOOD, SLUGS, url_of

pytestmark = pytest.mark.django_db
PAGE_LIMIT = 20


def queries_of(action) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        action()
    return [query["sql"] for query in captured]


def test_each_page_asks_at_most_twenty_queries_and_none_twice(citizen, town_words):
    asked = {}
    for kind in Kind:
        asked[kind, "first"] = queries_of(lambda kind=kind: citizen.get(f"/demandes/{SLUGS[kind]}/"))
        draft = citizen.fill(kind)
        for step in [*GOOD[kind], "confirmation"]:
            asked[kind, step] = queries_of(lambda draft=draft, step=step: citizen.get(url_of(draft, step)))
        citizen.send(draft)
        asked[kind, "confirmation"] = queries_of(lambda draft=draft: citizen.get(url_of(draft, "confirmation")))
    asked["suivi"] = queries_of(lambda: citizen.get("/suivi/"))
    counts = {name: len(queries) for name, queries in asked.items()}
    assert {name: count for name, count in counts.items() if count > PAGE_LIMIT} == {}
    repeated = {name: [q for q in queries if queries.count(q) > 1] for name, queries in asked.items()}
    assert {name: queries for name, queries in repeated.items() if queries} == {}


def test_the_list_of_natures_costs_the_same_for_two_as_for_sixty(citizen):
    citizen.get("/demandes/requete/")  # what is cached for all is cached
    few = len(queries_of(lambda: citizen.get("/demandes/requete/")))
    NatureFactory.create_batch(60)
    assert len(queries_of(lambda: citizen.get("/demandes/requete/"))) == few


def test_filing_costs_the_same_whatever_is_asked_and_however_many_cases_there_are(citizen, nature):
    citizen.file()  # the first of the year makes its counter
    counts = []
    for number in (1, 10):
        questions = [QuestionFactory(nature=nature, label=f"Question {number}-{n}?") for n in range(number)]
        draft = citizen.fill(demande={question.key: "Oui" for question in questions})
        counts.append(len(queries_of(lambda draft=draft: citizen.send(draft))))
    assert Case.objects.count() == 3
    assert counts[0] == counts[1]
    assert counts[0] <= 50
