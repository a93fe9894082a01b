"""Exporting cases: our writer and our whole export against a bare openpyxl write-only loop over the same values.

`python -m tests.bench.exporting NAME VALUES OUT` is one measure; each runs in a process of its own.
"""

import json
import pickle
import sys
import time
from pathlib import Path

from . import measure

CHUNK = 2_000
BASELINE = "openpyxl"
AIM = 0.7
NAMES = {
    "rows": "les lignes seules, rien d'écrit",
    BASELINE: "openpyxl write-only, boucle nue",
    "writer": "notre classeur, mêmes valeurs",
    "export": "l'exportation entière, base de données comprise",
}
# 13 texts, 2 long texts, 2 dates, 2 moments, 1 number: what people export.
COLUMNS = [
    "reference",
    "kind",
    "status",
    "priority",
    "department",
    "nature",
    "recipient",
    "received_at",
    "due_on",
    "late",
    "days_late",
    "waiting",
    "next_action_on",
    "completed_at",
    "location",
    "facts",
    "answers",
    "requester",
    "phone",
    "last_event_at",
]


def compare(town, *, rows, repeats):
    """Fill the town, run each contestant in turn, print medians."""
    values = town / "values.pickle"
    measure.run("tests.bench.town", "generate", rows, values, var=town)
    found = {name: [] for name in NAMES}
    for _ in range(repeats):
        for name in NAMES:
            found[name].append(measure.run("tests.bench.exporting", name, values, town / "out.xlsx", var=town))
    # The database is in the process (SQLite): its work counts. Processor time, since a busy machine lies on the other.
    cpu = {name: measure.middle(run["cpu"] for run in runs) for name, runs in found.items()}
    lines = []
    for name, runs in found.items():
        ratio = cpu[name] / cpu[BASELINE]
        aimed = measure.verdict(ratio, AIM) if name in ("writer", "export") else ""
        peak, grown, seconds = (measure.middle(run[key] for run in runs) for key in ("peak_mb", "grown_mb", "seconds"))
        size = f"{runs[0]['size_mb']:.1f}" if runs[0]["size_mb"] else ""
        lines.append(
            [
                NAMES[name],
                f"{seconds:.1f}",
                f"{cpu[name]:.1f}",
                f"{ratio:.2f}×",
                f"{peak:.0f}",
                f"{grown:.0f}",
                size,
                aimed,
            ]
        )
    measure.table(
        f"Exporter {rows:,} demandes × {len(COLUMNS)} colonnes (médiane de {repeats})".replace(",", " "),
        ["", "s", "s de processeur", "rapport", "Mo, sommet", "dont en écrivant", "fichier, Mo", "visé"],
        lines,
    )


def stored(path):
    """The values, a chunk at a time."""
    with path.open("rb") as file:
        while True:
            try:
                yield from pickle.load(file)
            except EOFError:
                return


def rows(values, _out):
    """Read, write nothing."""
    for _row in stored(values):
        pass


def openpyxl(values, out):
    """The baseline: no style, no safety; a workbook knows no zones, so moments are naive in its values."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in stored(values.with_suffix(".naive")):
        sheet.append(row)
    book.save(out)


def writer(values, out):
    """Our workbook, formats and safety included."""
    from intake.excel.columns import COLUMNS as OFFERED
    from intake.excel.workbook import write

    write(stored(values), [column for column in OFFERED if column.key in COLUMNS], out, about=about())


def export(_values, out):
    """What `export_queue` does: one query, rows, workbook."""
    from django.utils import timezone

    from intake.excel.columns import COLUMNS as OFFERED
    from intake.models import Case
    from intake.policy.roles import SYSTEM
    from intake.process.export import export_to_path

    columns = [column for column in OFFERED if column.key in COLUMNS]
    cases = Case.objects.order_by("-received_at", "-pk")
    export_to_path(cases=cases, columns=columns, words=[], path=out, by=SYSTEM, clock=timezone.now)


def about():
    """What a workbook says of itself."""
    from django.utils import timezone

    from intake.excel.workbook import About

    return About(title="Demandes", made_at=timezone.now(), brand_colour="#1d4f91")


def main(name, values, out):
    """Measure one contestant."""
    if name in ("writer", "export"):
        import django

        django.setup()
    # Libraries are loaded before the clock starts, for all.
    {"openpyxl": lambda: __import__("openpyxl"), "rows": lambda: None}.get(
        name, lambda: __import__("intake.process.export")
    )()
    before = measure.peak_mb()
    start, start_cpu = time.perf_counter(), time.process_time()
    globals()[name](Path(values), Path(out))
    seconds, cpu = time.perf_counter() - start, time.process_time() - start_cpu
    size = Path(out).stat().st_size / 1e6 if name != "rows" else 0
    peak = measure.peak_mb()
    print(json.dumps({"seconds": seconds, "cpu": cpu, "peak_mb": peak, "grown_mb": peak - before, "size_mb": size}))


if __name__ == "__main__":
    main(*sys.argv[1:])
