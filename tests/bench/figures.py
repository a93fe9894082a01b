"""The director's figures over many cases, against reading the same columns in a bare loop: `python -m tests.bench.figures REPEATS`.

Both run in one process, the database in it (SQLite); processor time, the median of the repeats.
"""

import json
import sys
import time
from datetime import date

import django

from . import measure

BASELINE = "une boucle nue sur les mêmes colonnes de toutes les requêtes"
AIM = 4


def compare(town, *, rows, repeats):
    """Fill the town, measure, print."""
    measure.run("tests.bench.town", "generate", rows, town / "values.pickle", var=town)
    found = measure.run("tests.bench.figures", repeats, var=town)
    lines = [
        [
            name,
            counted,
            queries,
            f"{cpu * 1000:.0f}",
            f"{cpu / found['baseline']:.2f}×",
            measure.verdict(cpu / found["baseline"], AIM),
        ]
        for name, counted, queries, cpu in found["rows"]
    ]
    measure.table(
        f"Suivi de performance, {found['cases']:,} requêtes (médiane de {repeats})".replace(",", " "),
        ["", "reçues", "requêtes SQL", "ms de processeur", "rapport", "visé"],
        [[BASELINE, found["cases"], 1, f"{found['baseline'] * 1000:.0f}", "1.00×", ""], *lines],
    )


def main(repeats):
    """Measure the loop, then the figures of each period, one after the other, so many times."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from intake.policy.periods import Period, Span, around
    from intake.process.calendar import town_clock
    from intake.reports.performance import FIELDS, Asked, performance
    from tests.factories import DIRECTOR

    now = timezone.localtime()
    today, clock = now.date(), town_clock()
    periods = {
        "le mois en cours": around(Span.MONTH, today),
        "l'année en cours": around(Span.YEAR, today),
        "tout, depuis 2000": Period(Span.DAYS, date(2000, 1, 1), today),
    }
    loops, times, counted = [], {name: [] for name in periods}, {}
    for _ in range(int(repeats)):
        seconds, cases = timed(lambda: bare_loop(FIELDS))
        loops.append(seconds)
        for name, period in periods.items():
            asked = Asked(period)
            with CaptureQueriesContext(connection) as queries:
                seconds, found = timed(
                    lambda asked=asked: performance(asked=asked, actor=DIRECTOR, now=now, clock=clock)
                )
            times[name].append(seconds)
            counted[name] = (found.total.received, len(queries))
    rows = [[name, *counted[name], measure.middle(times[name])] for name in periods]
    print(json.dumps({"cases": cases, "baseline": measure.middle(loops), "rows": rows}))


def bare_loop(fields):
    """What any report must do at least: read the rows."""
    from intake.models import Case

    rows = Case.objects.filter(kind="request").order_by().values_list(*fields)
    return sum(1 for _row in rows.iterator(chunk_size=5_000))


def timed(work):
    """Processor seconds, and what it returned."""
    start = time.process_time()
    found = work()
    return time.process_time() - start, found


if __name__ == "__main__":
    django.setup()
    main(*sys.argv[1:])
