"""Run every benchmark with its own database in a temporary folder, and print the figures beside their aims."""

import argparse
import tempfile
from pathlib import Path

from . import exporting, figures, measure

PARTS = ["export", "figures", "filing", "queries", "lists"]


def main():
    """Print a table a part; exit 0 whatever they say: a slow machine is not an error."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000, help="demandes à exporter (100 000)")
    parser.add_argument("--repeats", type=int, default=3, help="répétitions; la médiane est retenue (3)")
    parser.add_argument("--filings", type=int, default=30, help="dépôts mesurés (30)")
    parser.add_argument("--many", type=int, default=1_000, help="lignes de la grande ville (1000)")
    parser.add_argument("--answers", type=int, default=5_000, help="réponses reprises des listes du mois (5 000)")
    parser.add_argument("--only", choices=PARTS, action="append", default=[])
    options = parser.parse_args()
    parts = options.only or PARTS
    with tempfile.TemporaryDirectory(prefix="guichet-bench-") as scratch:
        if {"filing", "export", "figures"} & set(parts):
            town = Path(scratch) / "town"
            measure.run("tests.bench.town", "seed", var=town)
            if "filing" in parts:
                print_filing(measure.run("tests.bench.filing", options.filings, var=town))
            if "export" in parts:
                exporting.compare(town, rows=options.rows, repeats=options.repeats)
            if "figures" in parts:
                figures.compare(town, rows=options.rows, repeats=options.repeats)
        if "lists" in parts:
            month = Path(scratch) / "month"
            measure.run("tests.bench.town", "seed", var=month)
            print_lists(measure.run("tests.bench.lists", 500, options.answers, var=month))
        if "queries" in parts:
            print_queries(
                measure.run("tests.bench.queries", 10, options.many, var=Path(scratch) / "pages"), options.many
            )


def print_filing(found):
    """Show the filing of a request beside a stock form page."""
    rows = []
    for name, stock, ours, aim in found["rows"]:
        ratio = ours / stock
        rows.append(
            [
                name,
                f"{stock * 1000:.1f}",
                f"{ours * 1000:.1f}",
                f"{ratio:.2f}×",
                measure.verdict(ratio, aim) if aim else "",
            ]
        )
    measure.table(
        f"Déposer une requête, contre une FormPage ordinaire de Wagtail ({found['filings']} dépôts, médiane, ms de processeur)",
        ["", "FormPage", "Guichet", "rapport", "visé"],
        rows,
    )
    print(f"  Écrit par dépôt : FormPage {found['stock_writes']}; Guichet {found['our_writes']}.")


def print_lists(found):
    """Show the month: its workbooks built, its answers taken in."""
    parts = {
        f"{found['lists']} listes de 500 lignes, contre une boucle nue d'openpyxl": ("build", found["build_aim"]),
        f"{found['applied']} réponses reprises, contre leurs seuls verbes": ("import", found["import_aim"]),
    }
    rows = []
    for name, (key, aim) in parts.items():
        baseline, ours = found[key]
        rows.append(
            [name, f"{baseline:.1f}", f"{ours:.1f}", f"{ours / baseline:.2f}×", measure.verdict(ours / baseline, aim)]
        )
    measure.table("Les listes du mois (s de processeur)", ["", "repère", "Guichet", "rapport", "visé"], rows)
    print(f"  Envoi des {found['lists']} listes, lignes figées et classeurs compris : {found['sending']:.1f} s.")


def print_queries(found, many):
    """Show how often each page asks the database."""
    rows = []
    for name, few, more, repeated in found["rows"]:
        good = max(few, more) <= found["aim"] and few == more and not repeated
        rows.append([name, few, more, repeated, "atteint" if good else "MANQUÉ"])
    measure.table(
        f"Requêtes SQL par page, caches vides (visé : {found['aim']} au plus, aucune en double, autant à 10 qu'à {many} lignes)",
        ["page", "10", many, "doubles", ""],
        rows,
    )


if __name__ == "__main__":
    main()
