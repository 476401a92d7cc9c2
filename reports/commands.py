"""What `python -m reports` does: one pack, or one for every city; a unit that fails does not stop the others."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from data.model.errors import Damaged
from data.snapshots.people import home_here
from data.snapshots.reader import open_snapshot
from metrics.analyses.ranking import default_level
from metrics.cli.arguments import resolve_month, resolve_unit
from metrics.engine.figures import Figures
from metrics.model.periods import month_number
from reports.chromium import find_browser, write_pictures
from reports.content import gather_content
from reports.pack import FORMATS, Pack, PackOptions, write_pack
from reports.pictures import CHARTS, PAGES, chart_pictures, page_pictures
from reports.workers import PackJob, write_packs


def run_pack(words: argparse.Namespace) -> int:
    """Writes the packs asked for; 0 if all were written, 1 if one failed."""
    home = home_here(words.home)
    figures = Figures(open_snapshot(home, words.version))
    month = resolve_month(figures, words.month)
    units = _units(figures, words)
    formats = tuple(words.only.split(",")) if words.only else FORMATS
    options = PackOptions(
        month=month,
        out=Path(words.out),
        period=words.period,
        lang=words.lang,
        formats=formats,
        since=words.since,
        address=words.address,
    )

    def progress(share: float, name: str) -> None:
        print(f"{100 * share:3.0f}% {name}", file=sys.stderr)

    if len(units) == 1:
        try:
            pack = write_pack(home, figures, units[0], options, progress)
        except Damaged as problem:
            _tell(words, [], {units[0]: str(problem)})
            return 1
        _tell(words, [pack], {})
        return 0
    found = dict(write_packs(PackJob(home, figures.version, options), units, progress))
    ended = [(unit, found[unit]) for unit in units]
    written = [one for _, one in ended if isinstance(one, Pack)]
    failed = {unit: one for unit, one in ended if isinstance(one, str)}
    _tell(words, written, failed)
    return 1 if failed else 0


def run_pictures(words: argparse.Namespace) -> int:
    """Draws the charts of a unit's pack and takes pictures of the dashboard's pages; 0 if all were."""
    # Who has no Chromium learns it before anything is computed.
    find_browser()
    home = home_here(words.home)
    figures = Figures(open_snapshot(home, words.version))
    content = gather_content(
        figures, resolve_unit(figures, words.unit), resolve_month(figures, words.month), words.period, words.lang
    )
    out = Path(words.out)
    written: list[Path] = []
    if words.only != PAGES:
        written += write_pictures(chart_pictures(content), out / CHARTS)
    if words.only != CHARTS:
        written += page_pictures(home, content.header, out / PAGES)
    print(
        json.dumps({"pictures": [str(path) for path in written]}, ensure_ascii=False)
        if words.json
        else f"{out}: {len(written)} pictures, version {figures.version}"
    )
    return 0


def _units(figures: Figures, words: argparse.Namespace) -> list[str]:
    if not words.all_cities:
        return [resolve_unit(figures, words.unit)]
    within = resolve_unit(figures, words.unit) if words.unit else None
    month = month_number(resolve_month(figures, words.month))
    return [
        figures.axes.units[place] for place in figures.axes.peers(default_level(figures, within, month), within, month)
    ]


def _tell(words: argparse.Namespace, written: list[Pack], failed: dict[str, str]) -> None:
    if words.json:
        print(json.dumps({"packs": [pack.to_json() for pack in written], "failed": failed}, ensure_ascii=False))
        return
    for pack in written:
        print(
            f"{pack.folder}: {len(pack.files)} files, {pack.slides} slides, {sum(pack.rows.values()):,} rows of "
            f"{len(pack.rows)} tables, version {pack.version}"
        )
        for name, reason in pack.skipped.items():
            print(f"  {name} left out: {reason}")
        if pack.restated:
            print(f"  {pack.restated} published values were restated since the last pack.")
    for unit, reason in failed.items():
        print(f"{unit}: {reason}", file=sys.stderr)
