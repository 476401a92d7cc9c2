"""A full pack of one city, of eleven, and its own parts: what the metrics cost alone, and the charts.

Slides, workbook and page; no Chromium. Eleven cities are written as `--all-cities` does, by as many workers as there
are cores: they may take nine times one, no more.
"""

from __future__ import annotations

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from data.core.home import Home
from data.snapshots.reader import open_snapshot
from metrics.engine.figures import Figures
from reports.content import gather_content
from reports.html_report import write_html
from reports.pack import Pack, PackOptions
from reports.pictures import chart_pictures
from reports.slides import write_slides
from reports.workbook import write_workbook
from reports.workers import PackJob, write_packs
from tests.benchmarks.measuring import loaded_home, median_seconds, report

FORMATS = ("pptx", "xlsx", "html")
GOAL = 9
RUNS = 3


def run() -> None:
    """Prints the pack of one city against its metrics and its charts alone, and that of eleven against one."""
    with loaded_home() as folder, TemporaryDirectory() as scratch:
        home, out = Home(folder), Path(scratch)
        snapshot = open_snapshot(home)
        cities = list(snapshot.organisation.at_level("city"))
        month = snapshot.months()[-1]

        def packs(units: list[str]) -> float:
            started = time.perf_counter()
            order = PackJob(home, snapshot.version, PackOptions(month, out, lang="zh_Hans", formats=FORMATS))
            done = dict(write_packs(order, units, lambda share, name: None))
            assert all(isinstance(pack, Pack) for pack in done.values())
            return time.perf_counter() - started

        packs(cities[:1])
        one = sorted(packs(cities[:1]) for _ in range(RUNS))[RUNS // 2]
        content = gather_content(Figures(snapshot), cities[0], month, lang="zh_Hans")
        parts = {
            "its metrics alone": lambda: gather_content(Figures(snapshot), cities[0], month, lang="zh_Hans"),
            "its charts alone": lambda: chart_pictures(content),
            "its slides alone": lambda: write_slides(content, out / "alone.pptx"),
            "its workbook alone": lambda: write_workbook(content, out / "alone.xlsx"),
            "its page alone": lambda: write_html(content, out / "alone.html"),
        }
        for name, action in parts.items():
            report("pack of one city", one, name, median_seconds(action, RUNS), None)
        report(f"packs of {len(cities)} cities", packs(cities), "pack of one city", one, GOAL)
