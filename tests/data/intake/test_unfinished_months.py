"""A month that is not over is loaded as provisional until a day; the next load ends it, undo gives it back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest
from openpyxl import Workbook

from data.core.home import Home
from data.loading.commit import load
from data.operations.undo import undo
from data.snapshots.reader import open_snapshot

TICKETS = "ticket_id received_at unit category"


def hotline(folder: Path, name: str, title: str, note: str = "", month: str = "2025-11") -> Path:
    book = Workbook()
    sheet = book.active
    sheet.title = "热线"
    if title:
        sheet.append([title])
    sheet.append(["month", "unit", "calls", "resolved_first_contact"])
    for unit in ("A", "B"):
        sheet.append([month, unit, 500, 450])
    if note:
        sheet.append([note])
    folder.mkdir(parents=True, exist_ok=True)
    book.save(folder / name)
    return folder / name


def until(home: Home, measure: str = "hotline_calls") -> dict[str, str]:
    rows = open_snapshot(home).provisional()
    rows = rows[rows["measure"] == measure]
    return {
        f"{month // 12}-{month % 12 + 1:02d} {unit}": f"{day:%Y-%m-%d}"
        for month, unit, day in zip(rows["month"], rows["unit"], rows["until"], strict=True)
    }


def tickets(months: Sequence[tuple[str, int, int]], unit: str = "A1") -> list[tuple[str, str, str, str]]:
    """(month, last day, tickets): spread evenly over the days up to the last."""
    return [
        (f"T{month}-{unit}-{number}", f"{month}-{last - number % last:02d} 09:00", unit, "资费")
        for month, last, count in months
        for number in range(count)
    ]


TO_15 = {"2025-11 A": "2025-11-15", "2025-11 B": "2025-11-15"}


@pytest.mark.parametrize(
    ("name", "title", "note", "expected"),
    [
        ("热线.xlsx", "2025年11月热线服务（截至11月15日）", "", TO_15),
        ("热线_11.1-11.15.xlsx", "", "", TO_15),
        ("热线.xlsx", "", "注：数据截至11月15日", TO_15),
        ("hotline.xlsx", "Hotline to 15 November", "", TO_15),
        ("热线_2025年11月.xlsx", "2025年11月热线服务", "制表日期：2025年11月25日", {}),
    ],
)
def test_a_title_a_name_or_a_note_says_it(
    home: Home, tmp_path: Path, name: str, title: str, note: str, expected: dict[str, str]
) -> None:
    done = load(home, [hotline(tmp_path, name, title, note)])
    codes = [finding.code for finding in done.files[0].findings]
    assert done.committed
    assert ("month_not_over" in codes) == bool(expected)
    assert until(home) == expected


def test_the_next_load_of_the_month_ends_it_and_undo_gives_it_back(home: Home, tmp_path: Path) -> None:
    load(home, [hotline(tmp_path / "1", "热线.xlsx", "截至11月15日")])
    load(home, [hotline(tmp_path / "2", "热线.xlsx", "截至11月20日")])
    assert until(home) == {"2025-11 A": "2025-11-20", "2025-11 B": "2025-11-20"}
    done = load(home, [hotline(tmp_path / "3", "热线.xlsx", "2025年11月")])
    assert until(home) == {}
    undo(home, done.files[0].batch)
    assert until(home) == {"2025-11 A": "2025-11-20", "2025-11 B": "2025-11-20"}


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        ([("2025-10", 31, 60), ("2025-11", 10, 30)], "2025-11-10"),
        ([("2025-11", 10, 30)], "2025-11-10"),
        # Within a weekend and a holiday of the end; so few that chance leaves the rest empty; a survey's usual days.
        ([("2025-11", 27, 90)], None),
        ([("2025-11", 20, 5)], None),
        ([("2025-09", 10, 30), ("2025-10", 11, 30), ("2025-11", 10, 30)], None),
    ],
)
def test_the_last_event_says_it(home: Home, write, months: list[tuple[str, int, int]], expected: str | None) -> None:
    done = load(home, [write("tickets.csv", TICKETS, *tickets(months))])
    assert done.committed
    found = until(home, "complaints")
    # The branch as a whole: a county without tickets had none until that day.
    units = ("A", "A1", "A2") if expected else ()
    assert found == {f"2025-11 {unit}": expected for unit in units}


def test_a_whole_file_of_the_branch_ends_it_for_units_without_rows_too(home: Home, write) -> None:
    part = [*tickets([("2025-11", 10, 30)]), *tickets([("2025-11", 10, 2)], "A2")]
    load(home, [write("part.csv", TICKETS, *part)])
    assert until(home, "complaints")
    load(home, [write("whole.csv", TICKETS, *tickets([("2025-11", 30, 90)]))])
    assert until(home, "complaints") == {}


def test_monthly_totals_of_a_unit_stand_before_its_tickets(home: Home, write) -> None:
    totals = write("totals.csv", "month unit category complaints", ("2025-11", "A1", "资费", 90))
    load(home, [totals, write("part.csv", TICKETS, *tickets([("2025-11", 10, 30)]))])
    assert "2025-11 A1" not in until(home, "complaints")


def test_a_home_of_the_version_before_takes_up_the_day_at_the_next_load(home: Home, tmp_path: Path) -> None:
    with duckdb.connect(str(home.warehouse)) as connection:
        connection.execute("ALTER TABLE claim DROP COLUMN provisional")
    for path in home.snapshots.glob("*.duckdb"):
        with duckdb.connect(str(path)) as connection:
            connection.execute("DROP TABLE provisional")
    assert open_snapshot(home).provisional().empty
    load(home, [hotline(tmp_path, "热线.xlsx", "截至11月15日")])
    assert until(home) == TO_15


def test_the_month_shown_first_is_the_last_with_a_whole_figure(home: Home, tmp_path: Path) -> None:
    load(home, [hotline(tmp_path / "1", "热线.xlsx", "", month="2025-10")])
    load(home, [hotline(tmp_path / "2", "热线.xlsx", "截至11月15日")])
    assert open_snapshot(home).last_month() == "2025-10"
    assert open_snapshot(home).months() == ["2025-10", "2025-11"]
