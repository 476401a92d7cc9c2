"""Large loads, the whole way from the file to a published snapshot, each against the fastest bare read of the same file
in the same run.

Every side runs in a process of its own, so that its memory is its own; beside the clock its computing time is printed,
which other programs on the machine lengthen less.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.benchmarks import big_files
from tests.benchmarks.measuring import ROOT, report

WORKBOOK_ROWS, WORKBOOK_GOAL, WORKBOOK_RUNS, MEGABYTES_GOAL = 1_000_000, 2.0, 3, 1_500
TEXT_ROWS, TEXT_GOAL = 10_000_000, 3.0
MONTHS, MONTH_ROWS, MONTHS_GOAL, REPEATS = 60, 2_000, 1.2, 7

LOAD = """
from data.home import Home; from data.loading import load; from pathlib import Path
done = load(Home(Path(sys.argv[1])), [Path(name) for name in sys.argv[2:]])
assert done.committed, [one.message() for file in done.files for one in file.findings]
"""
EXCEL = "import fastexcel; fastexcel.read_excel(sys.argv[1]).load_sheet(0, eager=True)"
DUCKDB = (
    "import duckdb; c = duckdb.connect(sys.argv[1]); "
    "c.execute(f\"CREATE TABLE t AS FROM read_csv('{sys.argv[2]}')\"); c.close()"
)
MEASURED = """
import json, resource, sys, time
{imports}
begun = time.perf_counter()
{code}
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps([time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))
"""


@dataclass(frozen=True)
class Cost:
    seconds: float
    computing: float
    megabytes: float


def cost(code: str, *words: object, imports: str = "") -> Cost:
    """What `code` takes in a new process; its imports are not counted."""
    script = MEASURED.format(code=code, imports=imports)
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, words)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    return Cost(*json.loads(done.stdout.splitlines()[-1]))


def load_cost(home: Path, *files: Path) -> Cost:
    return cost(LOAD, home, *files, imports="import data.loading, pyarrow.csv, fastexcel")


def _print(name: str, ours: Cost, baseline: str, bare: Cost, goal: float) -> None:
    report(name, ours.seconds, baseline, bare.seconds, goal)
    print(
        f"  computing {ours.computing:.1f} s against {bare.computing:.1f} s: ratio "
        f"{ours.computing / bare.computing:.2f}; "
        f"peak memory {ours.megabytes:,.0f} MB against {bare.megabytes:,.0f} MB",
        flush=True,
    )


def workbook() -> None:
    """A million tickets in xlsx against fastexcel's bare parse: by turns, medians."""
    with TemporaryDirectory() as folder:
        base = Path(folder)
        load_cost(base / "units", big_files.write_units(base / "units.csv"))
        tickets = big_files.write_workbook(base / "tickets.xlsx", WORKBOOK_ROWS)
        taken: list[tuple[Cost, Cost]] = []
        for _ in range(WORKBOOK_RUNS):
            bare = cost(EXCEL, tickets, imports="import fastexcel, pyarrow")
            home = Path(shutil.copytree(base / "units", base / "home"))
            taken.append((load_cost(home, tickets), bare))
            shutil.rmtree(home)
        ours, bare = (_median(list(side)) for side in zip(*taken, strict=True))
        _print(f"load of {WORKBOOK_ROWS:,} tickets from xlsx", ours, "fastexcel's bare parse", bare, WORKBOOK_GOAL)
        verdict = "met" if ours.megabytes <= MEGABYTES_GOAL else "NOT MET"
        print(f"  peak memory goal <= {MEGABYTES_GOAL:,} MB: {verdict}", flush=True)


def text() -> None:
    """Ten million tickets in CSV against DuckDB's bare read_csv into a table of a file."""
    with TemporaryDirectory() as folder:
        base = Path(folder)
        load_cost(base / "home", big_files.write_units(base / "units.csv"))
        tickets = big_files.write_text(base / "tickets.csv", TEXT_ROWS)
        bare = cost(DUCKDB, base / "bare.duckdb", tickets, imports="import duckdb")
        (base / "bare.duckdb").unlink()
        ours = load_cost(base / "home", tickets)
        _print(f"load of {TEXT_ROWS:,} tickets from CSV", ours, "DuckDB's read_csv into a table", bare, TEXT_GOAL)


def next_month() -> None:
    """The same month's file into a database that has 60 months and into one that has none: by turns, medians of
    `REPEATS` each.
    """
    with TemporaryDirectory() as folder:
        base = Path(folder)
        months = [datetime(2020 + place // 12, place % 12 + 1, 1) for place in range(MONTHS + REPEATS)]
        files = [big_files.write_workbook(base / f"{month:%Y-%m}.xlsx", MONTH_ROWS, month, 28) for month in months]
        load_cost(base / "none", big_files.write_units(base / "units.csv"))
        shutil.copytree(base / "none", base / "many")
        load_cost(base / "many", *files[:MONTHS])
        taken: dict[str, list[Cost]] = {"none": [], "many": []}
        for file in files[MONTHS:]:
            for kind, costs in taken.items():
                # A copy, so that every load finds exactly what the first of its kind found.
                home = Path(shutil.copytree(base / kind, base / "home"))
                costs.append(load_cost(home, file))
                shutil.rmtree(home)
        first, later = (_median(taken[kind]) for kind in ("none", "many"))
        _print(
            f"next month's load after {MONTHS} months", later, "the same file as the first month", first, MONTHS_GOAL
        )


def _median(costs: list[Cost]) -> Cost:
    return Cost(
        median(one.seconds for one in costs),
        median(one.computing for one in costs),
        max(one.megabytes for one in costs),
    )


def run() -> None:
    """Prints the three ratios."""
    workbook()
    next_month()
    text()
