"""Filing a request through its pages, against one POST to a stock Wagtail form page: `python -m tests.bench.filing N`."""

import json
import sys
import time

import django

from . import measure

WARM_UP = 3
FIELDS = ("location", "facts", "first_name", "last_name", "address", "city", "postal_code", "phone", "email")
AIM = 1.5


def timed(action):
    """Seconds of processor time of one action, and what it returned.

    The database is in the process (SQLite): its work counts. On a busy machine the time of the clock lies, by as much
    as what else it does.
    """
    start = time.process_time()
    result = action()
    return time.process_time() - start, result


def stock_page():
    """A form page with the same fields, beside the town's own."""
    from wagtail.models import Site

    from tests.bench.stockform.models import StockField, StockFormPage

    root = Site.objects.get(is_default_site=True).root_page
    page = root.add_child(instance=StockFormPage(title="Formulaire ordinaire", slug="formulaire-ordinaire"))
    for name in FIELDS:
        kind = {"facts": "multiline", "email": "email"}.get(name, "singleline")
        StockField.objects.create(page=page, label=name, clean_name=name, field_type=kind, required=name != "email")
    return page


def nature():
    """A nature without questions of its own: both sides ask the same."""
    from snippets.models import Designation
    from tests.factories import NatureFactory

    held = Designation.objects.select_related("department").first()
    return NatureFactory(code="BN-01", department=held.department)


def main(filings):
    """Measure both in turn, so that a busy moment of the machine falls on both."""
    from django.test import Client

    from tests.intake.forms.citizen import FACTS, HOME, PERSON, REACH

    stock, chosen, client = stock_page(), nature(), Client()
    given = {"location": HOME["address"], "facts": FACTS, **PERSON, **HOME, **REACH}
    steps = [{"nature": chosen.code}, {"location": given["location"], "facts": FACTS}, {**PERSON, **HOME, **REACH}, {}]
    stock_times, our_times = [], []
    for number in range(filings + WARM_UP):
        forget_the_sender()
        one, other = file_stock(client, stock.url, given), file_ours(client, steps)
        if number >= WARM_UP:
            stock_times.append(one)
            our_times.append(other)
    print(json.dumps(told(filings, stock_times, our_times, written(client, stock.url, given, steps))))


def forget_the_sender():
    """Nobody files thirty requests an hour: the brake on floods is not what is measured."""
    from intake.models import FailedLookup

    FailedLookup.objects.all().delete()


def file_stock(client, url, given):
    """One form, one POST, answered by the thank-you page."""
    shown, _page = timed(lambda: client.get(url))
    sent, thanks = timed(lambda: client.post(url, given))
    if b"<h1>Merci</h1>" not in thanks.content:
        raise AssertionError(thanks.content.decode()[:2000])
    return {"shown": shown, "sent": sent, "thanked": 0.0}


def file_ours(client, steps):
    """Four steps: nature, demand, contact, check; « Envoyer » leads to the confirmation."""
    shown, _page = timed(lambda: client.get("/demandes/requete/"))
    url = "/demandes/requete/"
    for data in steps[:-1]:
        took, answer = timed(lambda url=url, data=data: client.post(url, data))
        url = answer.url
        more, _page = timed(lambda url=url: client.get(url))
        shown += took + more
    sent, answer = timed(lambda: client.post(url, steps[-1]))
    thanked, page = timed(lambda: client.get(answer.url))
    if b"data-reference=" not in page.content:
        raise AssertionError(page.content.decode()[:2000])
    return {"shown": shown, "sent": sent, "thanked": thanked}


def told(filings, stock, ours, writes):
    """The medians, side by side."""

    def middle(times, *parts):
        return measure.middle([sum(one[part] for part in parts) for one in times])

    # The aim is on the work of filing. Ours then redirects, so that a reload files nothing again; the stock page answers
    # the POST itself with its thanks: the two other lines show what that and the steps cost.
    rows = [
        ["le POST qui dépose", middle(stock, "sent"), middle(ours, "sent"), AIM],
        ["jusqu'à la page de remerciement", middle(stock, "sent"), middle(ours, "sent", "thanked"), None],
        [
            "tout le parcours, pages comprises",
            middle(stock, "shown", "sent"),
            middle(ours, "shown", "sent", "thanked"),
            None,
        ],
    ]
    return {"filings": filings, "rows": rows, "stock_writes": writes[0], "our_writes": writes[1]}


def written(client, url, given, steps):
    """How many rows the filing POST of each writes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for action in (lambda: file_stock(client, url, given), lambda: file_ours(client, steps)):
        with CaptureQueriesContext(connection) as captured:
            action()
        sql = [query["sql"] for query in captured.captured_queries]
        counts.append(sum(text.startswith(("INSERT", "UPDATE")) for text in sql))
    return [f"{count} INSERT ou UPDATE" for count in counts]


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]))
