"""Months far from everything that is known are asked once for a column, with the year that was probably meant."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from data.core.home import Home
from data.loading.commit import load
from data.loading.plan import LoadOptions
from data.model.choices import Choices
from data.model.finding import Finding

CUSTOMERS = "month unit customers"
TICKETS = "ticket_id received_at unit category"
ASKED = ("month_far_after_data", "month_after_saved", "month_typed_as_day")


def asked(done) -> list[Finding]:
    return [finding for file in done.files for finding in file.findings if finding.code in ASKED]


@pytest.fixture
def home(empty: Home, units: Path, write) -> Home:
    """Customers to 2025-06."""
    months = [(f"2025-{month:02d}", "A", 100) for month in range(1, 7)]
    assert load(empty, [units, write("before.csv", CUSTOMERS, *months)]).committed
    return empty


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ([["2025-07"]], None),
        ([["2025-06"]], None),
        ([["2024-06"]], None),
        ([["2025-08"]], ("2025-08", "2024-08")),
        ([["2026-05"], ["2026-06"]], ("2026-05", "2025-05")),
        # Months that follow each other are plain, in one file or in several of one step.
        ([["2025-07", "2025-08", "2025-09"]], None),
        ([["2025-08"], ["2025-07"]], None),
        ([["2025-07", "2025-08", "2026-07"]], ("2026-07", "2025-07")),
    ],
)
def test_a_month_more_than_one_after_the_newest_figures_is_asked(
    home: Home, write, files: list[list[str]], expected: tuple[str, str] | None
) -> None:
    paths = [
        write(f"{place}.csv", CUSTOMERS, *((month, "A", 100) for month in months)) for place, months in enumerate(files)
    ]
    found = asked(load(home, paths, LoadOptions(dry_run=True)))
    if expected is None:
        assert not found
        return
    assert [finding.code for finding in found] == ["month_far_after_data"] * len(files)
    assert (found[0].params["months"], found[0].params["nearest"], found[0].params["newest"]) == (*expected, "2025-06")
    assert (found[0].cell, found[0].column) == ("A4" if len(files[0]) == 3 else "A2", "month")


@pytest.mark.parametrize(("answer", "month"), [("as_written", "2026-05"), ("nearest_year", "2025-05")])
def test_an_answer_loads_the_months_that_it_said(home: Home, write, figures, answer: str, month: str) -> None:
    path = write("slip.csv", CUSTOMERS, ("2026-05", "A", 777))
    assert not load(home, [path]).committed
    done = load(home, [path], LoadOptions(choices=Choices(answers={"months": answer})))
    assert done.committed
    assert not asked(done)
    assert figures(home, "customers")[f"{month} A"] == 777


def test_an_empty_home_has_no_newest_figures(empty: Home, units: Path, write) -> None:
    path = write("first.csv", CUSTOMERS, ("2019-01", "A", 1), ("2025-11", "A", 2))
    assert not asked(load(empty, [units, path]))


def test_what_comes_every_quarter_is_not_asked_for_each_quarter(empty: Home, units: Path, write) -> None:
    waves = [(month, "A", 100) for month in ("2024-09", "2024-12", "2025-03")]
    assert load(empty, [units, write("waves.csv", CUSTOMERS, *waves)]).committed
    assert not asked(load(empty, [write("next.csv", CUSTOMERS, ("2025-06", "A", 100))]))


def test_times_of_events_are_no_months_that_somebody_wrote(home: Home, write) -> None:
    path = write("tickets.csv", TICKETS, ("T1", "2025-10-03 09:00", "A1", "资费"))
    assert not asked(load(home, [path], LoadOptions(dry_run=True)))


def book(folder: Path, saved: datetime, *months: str | datetime) -> Path:
    made = Workbook()
    sheet = made.active
    sheet.append(["month", "unit", "customers"])
    for month in months:
        sheet.append([month, "A", 100])
    made.properties.modified = saved
    made.save(folder / "book.xlsx")
    # openpyxl writes today's date over it.
    return with_date(folder / "book.xlsx", saved)


def with_date(path: Path, saved: datetime) -> Path:
    import re
    import zipfile

    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    core = parts["docProps/core.xml"]
    stamp = f"{saved:%Y-%m-%dT%H:%M:%SZ}".encode()
    parts["docProps/core.xml"] = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, core)
    with zipfile.ZipFile(path, "w") as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("saved", "month", "expected"),
    [
        (datetime(2025, 12, 5), "2025-11", False),
        (datetime(2025, 11, 28), "2025-11", False),
        (datetime(2025, 11, 28), "2025-12", True),
        (datetime(2025, 1, 8), "2025-12", True),
    ],
)
def test_a_month_after_the_day_on_which_the_file_was_saved_is_asked(
    empty: Home, units: Path, tmp_path: Path, saved: datetime, month: str, expected: bool
) -> None:
    found = asked(load(empty, [units, book(tmp_path, saved, month)]))
    assert [finding.code for finding in found] == (["month_after_saved"] if expected else [])
    if expected:
        params = found[0].params
        assert (params["months"], params["nearest"], params["saved"]) == ("2025-12", "2024-12", f"{saved:%Y-%m-%d}")


def test_the_day_of_an_old_form_says_nothing(home: Home, tmp_path: Path) -> None:
    """A file made by a program from a form of years ago keeps the form's day."""
    assert not asked(load(home, [book(tmp_path, datetime(2019, 3, 1), "2025-07")]))


def test_a_column_is_asked_one_thing(home: Home, tmp_path: Path) -> None:
    """Jun-25, typed in 2026 and loaded over figures to 2025-06."""
    path = book(tmp_path, datetime(2026, 7, 1), datetime(2026, 6, 25))
    assert [finding.code for finding in asked(load(home, [path]))] == ["month_typed_as_day"]
    done = load(home, [path], LoadOptions(choices=Choices(answers={"months": "typed_day_is_year"})))
    assert done.committed
    assert done.files[0].staged.sheets[0].months == ["2025-06"]


@pytest.mark.parametrize(
    "said",
    [
        {"months:a.csv/month": "as_written", "months:b.csv/month": "nearest_year"},
        {"months:A.CSV/Month": "as_written", "months:month": "nearest_year"},
        {"months:a.csv/month": "as_written", "months": "nearest_year"},
    ],
    ids=["each of its file", "of a file, and of the column elsewhere", "of a file, and of all others"],
)
def test_each_column_has_its_own_answer(home: Home, write, figures, said: dict[str, str]) -> None:
    paths = [write(name, CUSTOMERS, (month, "A", 777)) for name, month in (("a.csv", "2025-12"), ("b.csv", "2026-05"))]
    assert [one.file for one in asked(load(home, paths, LoadOptions(dry_run=True)))] == ["a.csv", "b.csv"]
    assert load(home, paths, LoadOptions(choices=Choices(answers=said))).committed
    held = figures(home, "customers")
    assert (held["2025-12 A"], held["2025-05 A"]) == (777, 777)


@pytest.mark.parametrize(
    ("shown", "month"), [("0.00", "2025-10"), ("0.00_ ", "2025-10"), ("0.0", None), ("General", None)]
)
def test_a_cell_that_shows_its_last_zero_says_which_month_it_is(
    home: Home, tmp_path: Path, shown: str, month: str | None
) -> None:
    book = Workbook()
    assert book.active is not None
    for row in (["month", "unit", "customers"], [2025.1, "A", 5]):
        book.active.append(row)
    book.active["A2"].number_format = shown
    path = tmp_path / "shown.xlsx"
    book.save(path)
    done = load(home, [path], LoadOptions(dry_run=True, choices=Choices(answers={"months:nothing": "january"})))
    codes = [finding.code for finding in done.files[0].findings]
    assert ("month_tenth_open" in codes, "months_october" in codes) == (month is None, month is not None)
