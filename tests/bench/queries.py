"""How often each page asks the database, in a small town and in a large one: `python -m tests.bench.queries 10 1000`."""

import json
import sys

import django

AIM = 20
CODE = "K7MD2PXC9VTB"


def main(few, many):
    """Measure every page with few neighbours, then with many, in the same town."""
    from tests.bench.neighbours import Town

    from .town import migrate

    migrate()
    town = Town()
    counts = {}
    for size in (int(few), int(many)):
        town.grow_to(size)
        for name, (number, repeated) in measured(town).items():
            counts.setdefault(name, []).append((number, repeated))
    rows = [
        [name, *(number for number, _ in found), max(again for _, again in found)] for name, found in counts.items()
    ]
    print(json.dumps({"aim": AIM, "rows": rows}))


def measured(town):
    """{page: (queries, queries asked twice)} for every page type."""
    from django.test import Client

    citizen, technician = Client(), Client()
    technician.force_login(town.technician)
    found = {name: counted(citizen, "get", url) for name, url in town.citizen_pages().items()}
    found |= form_steps(citizen)
    pair = {"numero": town.case.reference, "code": CODE}
    found["suivi : le formulaire"] = counted(citizen, "get", "/suivi/")
    found["suivi : un dossier"] = counted(citizen, "post", "/suivi/", pair)
    found |= {name: counted(technician, "get", url) for name, url in town.staff_pages().items()}
    return found


def form_steps(citizen):
    """The steps of the request form, each shown as a citizen meets it."""
    from tests.intake.forms.citizen import FACTS, HOME, PERSON, REACH

    given = {
        "demande": {"location": HOME["address"], "facts": FACTS},
        "coordonnees": {**PERSON, **HOME, **REACH},
        "vérification": {},
    }
    found = {"formulaire : nature": counted(citizen, "get", "/demandes/requete/")}
    answer = citizen.post("/demandes/requete/", {"nature": "BN-0001"})
    for step, data in given.items():
        found[f"formulaire : {step}"] = counted(citizen, "get", answer.url)
        answer = citizen.post(answer.url, data)
    found["formulaire : confirmation"] = counted(citizen, "get", answer.url)
    return found


def counted(client, method, url, data=None):
    """Queries of one page, and how many were asked twice; the caches of the site are empty, the process is warm."""
    from django.core.cache import cache
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from intake.models import FailedLookup

    getattr(client, method)(url, data)
    FailedLookup.objects.all().delete()
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        response = getattr(client, method)(url, data)
    if response.status_code != 200:
        raise AssertionError(f"{url}: {response.status_code}")
    asked = [query["sql"] for query in captured.captured_queries]
    return len(asked), len(asked) - len(set(asked))


if __name__ == "__main__":
    django.setup()
    main(*sys.argv[1:])
