"""A small organisation and small files, written out by hand, for the tests of the store.

P ── A ── A1 ── H1          province, city, county, hall
     │    A2
     └─ B ── B1
          B2  (opened 2025-03)
"""

from __future__ import annotations

import csv
import hashlib
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest
from openpyxl import Workbook

from data.core.home import Home
from data.intake.workbook import StagingOptions, stage_workbook
from data.loading.commit import load
from data.loading.plan import LoadOptions
from data.loading.report import LoadReport
from data.model.choices import Choices
from data.model.staged import StagedFile
from data.snapshots.publish import snapshot_path
from data.snapshots.reader import current_version, open_snapshot
from tests.data.small_books import ORGANISATION, TODAY, Rows

UNITS = [
    ("code", "name", "level", "parent", "opened", "closed"),
    ("P", "全省", "province", "", "", ""),
    ("A", "大洋", "city", "P", "", ""),
    ("B", "海湖", "city", "P", "", ""),
    ("A1", "东县", "county", "A", "", ""),
    ("A2", "西县", "county", "A", "", ""),
    ("B1", "南县", "county", "B", "", ""),
    ("B2", "北县", "county", "B", "2025-03", ""),
    ("H1", "中山厅", "hall", "A1", "", ""),
]

Write = Callable[..., Path]
Loads = Callable[..., LoadReport]
Figures = dict[str, float]


@pytest.fixture(scope="session")
def write_to() -> Callable[[Path, Rows], Path]:
    """Writes rows (the header first) as .csv or .xlsx, by the name."""

    def write(path: Path, rows: Rows) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".csv":
            with path.open("w", encoding="utf-8", newline="") as out:
                csv.writer(out).writerows(rows)
            return path
        book = Workbook(write_only=True)
        sheet = book.create_sheet("Sheet")
        for row in rows:
            sheet.append([None if cell == "" else cell for cell in row])
        book.save(path)
        return path

    return write


@pytest.fixture
def write(write_to: Callable[[Path, Rows], Path], tmp_path: Path) -> Write:
    """write(name, header, *rows): a file in the test's folder; header is a text of words."""

    def one(name: str, header: str, *rows: Sequence[Any]) -> Path:
        return write_to(tmp_path / "files" / name, [header.split(), *rows])

    return one


@pytest.fixture
def units(write_to: Callable[[Path, Rows], Path], tmp_path: Path) -> Path:
    """The units' file."""
    return write_to(tmp_path / "files" / "units.csv", UNITS)


@pytest.fixture(scope="session")
def units_loaded(tmp_path_factory: pytest.TempPathFactory, write_to: Callable[[Path, Rows], Path]) -> Path:
    """A home that holds the units and nothing else, as batch 1 and version 1; read only."""
    folder = tmp_path_factory.mktemp("units")
    home = Home(folder / "home")
    assert load(home, [write_to(folder / "units.csv", UNITS)], LoadOptions(who="tester")).committed
    return home.path


@pytest.fixture
def empty(tmp_path: Path) -> Home:
    """A home where nothing is yet."""
    return Home(tmp_path / "empty")


@pytest.fixture
def home(units_loaded: Path, tmp_path: Path) -> Home:
    """A private home with the units loaded (batch 1, version 1)."""
    return Home(Path(shutil.copytree(units_loaded, tmp_path / "home")))


@pytest.fixture(scope="session")
def loaded_before(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., LoadReport]:
    """Loads a file into a home; where the same file was loaded into the same home by another test, copies what that
    made.
    """
    folder = tmp_path_factory.mktemp("loaded")
    made: dict[str, tuple[Path, LoadReport]] = {}

    def state(home: Home) -> list[tuple[str, int, int]]:
        files = [path for path in home.path.rglob("*") if path.is_file() and path.name != "load.lock"]
        # A copy keeps the times of its files.
        return sorted((str(path.relative_to(home.path)), *_size_and_time(path)) for path in files)

    def one(home: Home, path: Path, options: dict[str, Any]) -> LoadReport:
        if any(map(callable, options.values())):
            return load(home, [path], LoadOptions(who="tester", **options))
        key = repr((state(home), path.name, path.read_bytes(), sorted(options.items())))
        if key in made:
            shutil.rmtree(home.path)
            shutil.copytree(made[key][0], home.path)
        else:
            report = load(home, [path], LoadOptions(who="tester", **options))
            made[key] = Path(shutil.copytree(home.path, folder / str(len(made)))), report
        return made[key][1]

    return one


def _size_and_time(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns


@pytest.fixture
def loads(home: Home, write: Write, loaded_before: Callable[..., LoadReport]) -> Loads:
    """loads(name, header, *rows, **options): writes a file and loads it into `home`; it must be accepted."""

    def one(name: str, header: str, *rows: Sequence[Any], **options: Any) -> LoadReport:
        done = loaded_before(home, write(name, header, *rows), options)
        assert done.committed, [finding.message() for file in done.files for finding in file.findings]
        return done

    return one


def _month(number: int) -> str:
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


@pytest.fixture(scope="session")
def figures() -> Callable[..., Figures]:
    """figures(home, measure, kind="", version=None): {"2025-01 A": value} of totals, {"2025-01 A app": value} of
    segments.
    """

    def read(home: Home, measure: str, kind: str = "", version: int | None = None) -> Figures:
        snapshot = open_snapshot(home, version)
        if kind:
            frame = snapshot.segments(measure, kind)
            words = zip(frame["month"], frame["unit"], frame["segment"], frame["value"], strict=True)
            return {f"{_month(month)} {unit} {segment}": value for month, unit, segment, value in words}
        frame = snapshot.cells([(measure, "", ())])
        words = zip(frame["month"], frame["unit"], frame["value"], strict=True)
        return {f"{_month(month)} {unit}": value for month, unit, value in words}

    return read


@pytest.fixture(scope="session")
def cube() -> Callable[..., dict[tuple[str, str, str], float]]:
    """cube(home, version=None): every cell that is published, as {(measure, segment kind, "2025-01 A" or "2025-01 A
    app"): value}.
    """

    def read(home: Home, version: int | None = None) -> dict[tuple[str, str, str], float]:
        with duckdb.connect(str(snapshot_path(home, version or current_version(home) or 0)), read_only=True) as reader:
            rows = reader.execute("SELECT measure, segment_kind, month, unit, segment, value FROM cube").fetchall()
        cells = {
            (measure, kind, f"{_month(month)} {unit}{f' {segment}' if kind else ''}"): value
            for measure, kind, month, unit, segment, value in rows
        }
        assert len(cells) == len(rows), "a cell stands twice"
        return cells

    return read


@pytest.fixture(scope="session")
def tree() -> Callable[[Path], dict[str, str]]:
    """tree(folder): every file below it with the hash of its bytes, without the lock."""

    def read(folder: Path) -> dict[str, str]:
        return {
            path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path.name != "load.lock"
        }

    return read


@pytest.fixture
def understood(tmp_path: Path) -> Callable[..., StagedFile]:
    """understood(rows or {sheet: rows}, merged=[...], name=..., feed=..., **choices): a workbook as understood."""

    def one(
        content: Rows | dict[str, Rows],
        merged: Sequence[str] = (),
        name: str = "报表.xlsx",
        feed: str | None = None,
        **said: Any,
    ) -> StagedFile:
        book = Workbook()
        book.remove(book.active)  # type: ignore[arg-type]
        for title, rows in (content if isinstance(content, dict) else {"表": content}).items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append([None if cell == "" else cell for cell in row])
            for span in merged:
                sheet.merge_cells(span)
        path = tmp_path / name
        book.save(path)
        return stage_workbook(path, ORGANISATION, StagingOptions(feed=feed, choices=Choices(**said)), today=TODAY)

    return one
