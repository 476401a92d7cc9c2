"""A whole pack: every format of one unit's review in one folder, with a manifest that says what it rests on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import urlencode

import pandas as pd

from data.core.home import Home
from data.model.errors import Damaged, ServiceQualityError, WrongUsage
from data.snapshots.permits import note
from data.snapshots.publish import pin
from data.snapshots.reader import open_snapshot
from metrics.analyses.restated import restatements
from metrics.engine.figures import Figures
from reports.chromium import NoBrowser, write_pdf, write_pictures
from reports.content import gather_content
from reports.file_names import file_name
from reports.html_report import write_html
from reports.pictures import CHARTS, chart_pictures
from reports.slides import write_slides
from reports.workbook import write_workbook

FORMATS = ("pptx", "xlsx", "html", "pdf", "png")
MANIFEST = "pack.json"
ADDRESS = "http://127.0.0.1:8501"
Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class PackOptions:
    """What a pack shows and where it is written.

    month: the last month shown, "YYYY-MM".
    out: the folder in which every pack gets a folder of its own.
    period: "month", "quarter", "ytd" or "rolling12".
    lang: one of locales.LANGUAGES.
    formats: some of FORMATS.
    since: the version with which restated values are compared; None = that of the pack which `out` holds.
    address: where the dashboard is reached, for the pack's link.
    generated: the time that the footer says; None = now.
    """

    month: str
    out: Path
    period: str = "month"
    lang: str = "en"
    formats: Sequence[str] = FORMATS
    since: int | None = None
    address: str = ADDRESS
    generated: datetime | None = None


@dataclass
class Pack:
    """A pack that was written.

    unit, unit_name: whose pack it is.
    folder: where its files are.
    month, period, version: what its figures are of.
    link: the same figures in the dashboard.
    files: the names of its files.
    rows: rows of each table in the workbook, all that were queried.
    slides: how many the presentation has.
    skipped: why a format asked for was not written, by format.
    restated: how many published values changed since an earlier pack; None without one.
    """

    unit: str
    unit_name: str
    folder: Path
    month: str
    period: str
    version: int
    link: str
    files: list[str] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    slides: int = 0
    skipped: dict[str, str] = field(default_factory=dict)
    restated: int | None = None

    def to_json(self) -> dict[str, object]:
        """The record as `pack.json` and `--json` write it."""
        return {
            "unit": self.unit,
            "unit_name": self.unit_name,
            "folder": str(self.folder),
            "month": self.month,
            "period": self.period,
            "version": self.version,
            "link": self.link,
            "files": self.files,
            "rows": self.rows,
            "slides": self.slides,
            "left_out": self.skipped,
            "restated": self.restated,
        }


@contextmanager
def _told_in_a_sentence() -> Iterator[None]:
    """What the disk refuses, as Damaged."""
    try:
        yield
    except OSError as problem:
        raise Damaged(
            f"The pack cannot be written ({problem}). Make room on the disk, or choose a folder that may be written."
        ) from problem


@_told_in_a_sentence()
def write_pack(home: Home, figures: Figures, unit: str, options: PackOptions, progress: Progress | None = None) -> Pack:
    """Writes the pack of one unit and pins its version, so that its link shows the same numbers for ever.

    progress: is told the share done and the unit's name.
    WrongUsage if a format, the unit, the month or the period is not known; Damaged if the disk refuses.
    """
    month, period, lang, formats = options.month, options.period, options.lang, options.formats
    unknown = [name for name in formats if name not in FORMATS]
    if unknown:
        raise WrongUsage(f"No format is called {unknown[0]!r}; there are: {', '.join(FORMATS)}.")
    name = figures.organisation.name(unit)
    folder = options.out / file_name(f"{name}_{month}_{lang}")
    tell = progress or (lambda share, what: None)
    tell(0.0, name)
    earlier = options.since if options.since is not None else _earlier_version(options.out, unit)
    changed = _restated(home, figures, unit, earlier)
    note(home, "pack", unit=unit, version=figures.version, formats=list(formats))
    pin(home, figures.version)
    shown = {"unit": unit, "month": month, "period": period, "version": figures.version, "lang": lang}
    link = f"{options.address.rstrip('/')}/?{urlencode(shown)}"
    content = gather_content(
        figures, unit, month, period, lang, link=link, generated=options.generated, restated=changed
    )
    pack = Pack(
        unit, name, folder, month, period, figures.version, link, restated=None if changed is None else len(changed)
    )
    folder.mkdir(parents=True, exist_ok=True)
    base = file_name(f"{name}_{month}")
    tell(0.5, name)
    if "pptx" in formats:
        pack.slides = write_slides(content, folder / f"{base}.pptx")
        pack.files.append(f"{base}.pptx")
    tell(0.65, name)
    if "xlsx" in formats:
        pack.rows = write_workbook(content, folder / f"{base}.xlsx")
        pack.files.append(f"{base}.xlsx")
    tell(0.75, name)
    if "html" in formats or "pdf" in formats:
        write_html(content, folder / f"{base}.html")
        pack.files.append(f"{base}.html")
    tell(0.85, name)
    try:
        if "pdf" in formats:
            write_pdf(folder / f"{base}.html", folder / f"{base}.pdf")
            pack.files.append(f"{base}.pdf")
        if "png" in formats:
            found = write_pictures(chart_pictures(content), folder / CHARTS)
            pack.files += [f"{CHARTS}/{path.name}" for path in found]
    except NoBrowser as problem:
        pack.skipped = {
            name: str(problem)
            for name in ("pdf", "png")
            if name in formats and not any(file.endswith(name) for file in pack.files)
        }
    (folder / MANIFEST).write_text(json.dumps(pack.to_json(), ensure_ascii=False, indent=1), "utf-8")
    tell(1.0, name)
    return pack


def _earlier_version(out: Path, unit: str) -> int | None:
    """The version of the newest pack of `unit` below `out`; None if there is none."""
    found = []
    for path in out.glob(f"*/{MANIFEST}") if out.is_dir() else ():
        try:
            told = json.loads(path.read_text("utf-8"))
            if told["unit"] == unit:
                found.append(int(told["version"]))
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return max(found) if found else None


def _restated(home: Home, figures: Figures, unit: str, earlier: int | None) -> pd.DataFrame | None:
    """What later uploads changed in the unit's published values; None without an earlier version that is still kept."""
    if earlier is None or earlier >= figures.version:
        return None
    try:
        return restatements(Figures(open_snapshot(home, earlier)), figures, unit)
    except ServiceQualityError:
        return None
