"""Time, memory and words of the benchmarks; nothing of Django, so that a bare baseline stays bare."""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from statistics import median

STATUS = Path("/proc/self/status")


def peak_mb():
    """The most memory this process has held, in MB."""
    if STATUS.exists():  # ru_maxrss would also count the process that started this one
        for line in STATUS.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run(module, *arguments, var):
    """Run one measure in a process of its own and return what it printed as JSON."""
    environment = {**os.environ, "GUICHET_VAR": str(var), "DJANGO_SETTINGS_MODULE": "tests.bench.settings"}
    environment.pop("DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-m", module, *map(str, arguments)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{module} {' '.join(map(str, arguments))}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    return json.loads(done.stdout.splitlines()[-1])


def middle(values):
    """The median: one slow run says nothing."""
    return median(values)


def table(title, heading, rows):
    """Print a small table."""
    lines = [[str(cell) for cell in row] for row in [heading, *rows]]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heading))]
    print(f"\n{title}")
    for number, line in enumerate(lines):
        print("  " + "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
        if number == 0:
            print("  " + "  ".join("-" * width for width in widths))


def verdict(value, aim):
    """Say whether an aim is met."""
    return f"≤ {aim} : {'atteint' if value <= aim else 'MANQUÉ'}"
