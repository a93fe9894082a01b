"""The towns of the benchmarks: `seed` makes the demonstration one, `generate N VALUES` fills it and keeps its rows."""

import json
import pickle
import sys
from itertools import islice
from pathlib import Path

import django


def migrate():
    """Make the tables, the baseline's included."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def seed():
    """The demonstration town."""
    import io

    from django.core.management import call_command

    migrate()
    call_command("seed_demo", stdout=io.StringIO())


def generate(number, path):
    """Add cases until there are `number` that may leave, then keep the values of their rows."""
    import io

    from django.core.management import call_command

    from intake.models import Case

    while (missing := int(number) - Case.objects.exportable().count()) > 0:
        # Two in a hundred are complaints, which never leave.
        call_command("generate_cases", missing + missing // 40 + 1, seed=missing, stdout=io.StringIO())
    surplus = Case.objects.exportable().order_by("-received_at", "-pk").values_list("pk", flat=True)[int(number) :]
    hide(list(surplus))
    keep(Path(path))


def hide(surplus):
    """Turn what is too many into complaints, so that exactly so many rows leave."""
    from intake.models import Case

    Case.objects.filter(pk__in=surplus).update(
        kind="complaint", charge="director", facts="", location="", search_text="", status="received", nature=None
    )


def keep(path):
    """Write the rows as our export reads them, and the same with naive moments for the baseline."""
    from django.utils import timezone

    from intake.excel.columns import COLUMNS as OFFERED
    from intake.excel.rows import rows_of
    from intake.models import Case
    from intake.process.export import today_at

    from .exporting import CHUNK, COLUMNS

    columns = [column for column in OFFERED if column.key in COLUMNS]
    cases = Case.objects.exportable().order_by("-received_at", "-pk")
    rows = rows_of(cases, columns, today=today_at(timezone.now()))
    with path.open("wb") as aware, path.with_suffix(".naive").open("wb") as naive:
        while chunk := list(islice(rows, CHUNK)):
            pickle.dump(chunk, aware)
            pickle.dump([[bare(value) for value in row] for row in chunk], naive)


def bare(value):
    """The value as openpyxl takes it."""
    from datetime import datetime

    from django.utils import timezone

    return timezone.make_naive(value) if isinstance(value, datetime) else value


if __name__ == "__main__":
    django.setup()
    globals()[sys.argv[1]](*sys.argv[2:])
    print(json.dumps({}))
