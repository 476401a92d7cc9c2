"""A large sheet read by columns means, cell by cell, what it would mean read alone; where columns are not of one type
it is read alone.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from data.intake.workbook import stage_workbook
from data.model.arrow_rows import ArrowRows
from data.model.organisation import Organisation
from data.model.staged import StagedFile, to_arrow
from data.reading import columnar as large
from data.reading import delimited as texts
from data.reading import read_file
from data.reading import workbook as workbooks
from data.staging.frame import is_compact
from data.warehouse.claims import claims_of

HEADER = [
    "投诉工单号",
    "受理时间",
    "单位",
    "投诉类别",
    "渠道",
    "级别",
    "客户标识",
    "是否一次解决",
    "办结时间",
    "满意度",
]
ROWS = 400


@pytest.fixture
def small_is_large(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], None]:
    """small_is_large(True): sheets of a few rows are read as large ones are; (False): no sheet is."""

    def switch(on: bool) -> None:
        rows, size = (1, 1) if on else (10**9, 10**12)
        for module, name, value in (
            (workbooks, "ROWS_FROM", rows),
            (large, "ROWS_FROM", rows),
            (texts, "TEXT_FROM", size),
        ):
            monkeypatch.setattr(module, name, value)

    return switch


def tickets() -> list[list[Any]]:
    """Rows with everything that is odd: totals, notes, blanks, marks for missing, errors, numbers that do not fit."""
    rows: list[list[Any]] = [["投诉工单明细"], [], HEADER]
    for n in range(ROWS):
        received = datetime(2025, 1, 1, 8) + timedelta(hours=7 * n)
        rows.append(
            [
                f"T{n:05d}",
                received,
                ("A1", "A2", "东县", "北县")[n % 4],
                f"类{n % 3}",
                "热线",
                "升级" if n % 9 == 0 else "普通",
                f" K{n % 50} ",
                "是" if n % 3 else "否",
                received + timedelta(hours=n % 90),
                n % 10 + 1,
            ]
        )
    rows[200][2] = "不知何处"
    rows[210][0] = None
    rows[220][0] = rows[221][0]
    rows[230][3] = "#REF!"
    rows[240][6] = " - "
    rows[250][7] = "也许"
    rows[260][8] = None
    rows[270] = [None] * len(HEADER)
    rows[280][8] = datetime(2024, 1, 1)
    rows[300][4] = None
    rows.append(["合 计", None, None, None, None, None, None, None, None, 2_200])
    rows.append(["注：数据来自工单系统", *[None] * (len(HEADER) - 1)])
    return rows


def as_text(value: Any) -> Any:
    return value.strftime("%Y-%m-%d %H:%M") if isinstance(value, datetime) else value


@pytest.fixture(params=["tickets.xlsx", "tickets.csv", "tickets_gb.csv", "slashes.csv"])
def file(request: pytest.FixtureRequest, tmp_path: Path, write_to) -> Path:
    path, rows = tmp_path / request.param, tickets()
    if path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        rows[230][3] = "类1"  # an error in a workbook has it read cell by cell
        for row in rows:
            book.active.append(row)
        book.save(path)
        return path
    width = len(HEADER)
    wide = [[as_text(cell) for cell in row] + [None] * (width - len(row)) for row in rows]
    if path.name == "slashes.csv":
        wide = [[cell.replace("-", "/") if isinstance(cell, str) else cell for cell in row] for row in wide]
    write_to(path, wide)
    if path.name == "tickets_gb.csv":
        path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    return path


def staged(path: Path, organisation: Organisation) -> StagedFile:
    return stage_workbook(path, organisation)


def told(file: StagedFile) -> list[tuple]:
    return [
        (one.code, one.sheet, one.row, one.column, one.cell, one.value, sorted(one.params.items()))
        for one in file.all_findings
    ]


def test_a_large_file_means_what_a_small_one_means(
    file: Path, units_loaded: Path, small_is_large: Callable[[bool], None]
) -> None:
    from data.core.home import Home
    from data.snapshots.reader import open_snapshot

    organisation = open_snapshot(Home(units_loaded)).organisation
    small_is_large(True)
    columns = read_file(file)
    assert isinstance(columns.sheets[0].rows, ArrowRows)
    by_columns = staged(file, organisation)
    small_is_large(False)
    cells = read_file(file)
    assert isinstance(cells.sheets[0].rows, list)
    by_cells = staged(file, organisation)
    assert [[None if cell == "" else cell for cell in row] for row in columns.sheets[0].rows[:64]] == [
        [None if cell == "" else cell for cell in row] for row in cells.sheets[0].rows[:64]
    ]
    assert len(columns.sheets[0].rows) == len(cells.sheets[0].rows)
    assert told(by_columns) == told(by_cells)
    assert {
        "unknown_unit",
        "required_empty",
        "duplicate_key",
        "unknown_flag",
        "resolved_before_received",
        "total_row_left_out",
        "note_left_out",
    } <= {one.code for one in by_cells.all_findings}
    (one,), (other,) = by_columns.sheets, by_cells.sheets
    kinds = {name: kind for name, kind in one.frame.dtypes.items() if not is_compact(one.frame[name])}
    assert kinds == {name: other.frame.dtypes[name] for name in kinds}
    # The workbook's first cells are not of their columns' types: its rows are interpreted one by one.
    assert {"ticket_id", "category", "unit"} - set(kinds) == (
        set() if file.suffix == ".xlsx" else {"ticket_id", "category", "unit"}
    )
    assert to_arrow(one.frame).cast(to_arrow(other.frame).schema).equals(to_arrow(other.frame)), (
        "to the database they are the same"
    )
    assert (
        one.frame.astype("object")
        .where(one.frame.notna(), None)
        .equals(other.frame.astype("object").where(other.frame.notna(), None))
    )


def test_the_keys_of_a_large_file_are_those_of_a_small_one_and_counted_once(
    tmp_path: Path, units_loaded: Path, small_is_large: Callable[[bool], None], write_to
) -> None:
    from data.core.home import Home
    from data.snapshots.reader import open_snapshot

    organisation = open_snapshot(Home(units_loaded)).organisation
    path = tmp_path / "tickets.csv"
    write_to(
        path, [HEADER[:4], *([f"T{n}", f"2025-0{1 + n % 3}-05 09:00", ("A1", "A2")[n % 2], "资费"] for n in range(200))]
    )
    found = []
    for large_ in (True, False):
        small_is_large(large_)
        file = staged(path, organisation)
        assert claims_of(file) is claims_of(file)
        found.append(claims_of(file))
        file.sheets[0].frame = file.sheets[0].frame.head(1)
        assert len(claims_of(file)) == 1, "a changed sheet is counted anew"
    assert found[0].equals(found[1])
    assert list(found[0].dtypes) == list(found[1].dtypes)


def test_a_workbook_of_one_large_sheet_is_opened_once(
    tmp_path: Path, small_is_large: Callable[[bool], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its names and what is hidden stand in the package; calamine would read all texts again."""
    path, book = tmp_path / "book.xlsx", openpyxl.Workbook()
    book.active.title = "工单"
    for n in range(300):
        book.active.append([f"T{n}", f"w{n % 7}"])
    book.active.row_dimensions[90].hidden = True
    book.save(path)
    small_is_large(False)
    (slow,) = read_file(path).sheets
    small_is_large(True)
    monkeypatch.setattr(workbooks, "CalamineWorkbook", None)
    (fast,) = read_file(path).sheets
    assert (fast.name, fast.hidden, fast.hidden_rows, fast.merged) == (
        slow.name,
        slow.hidden,
        slow.hidden_rows,
        slow.merged,
    )
    assert [list(row) for row in fast.rows] == [list(row) for row in slow.rows]


def test_columns_behave_as_rows(tmp_path: Path, small_is_large: Callable[[bool], None], write_to) -> None:
    rows = [[str(n), f"w{n % 7}"] for n in range(300)]
    path = write_to(tmp_path / "r.csv", rows)
    small_is_large(True)
    found = read_file(path).sheets[0].rows
    assert isinstance(found, ArrowRows)
    assert list(found) == rows
    assert [found[n] for n in (0, 63, 64, 299, -1)] == [rows[n] for n in (0, 63, 64, 299, -1)]
    for piece in (slice(0, 10), slice(60, 70), slice(64, 66), slice(290, 999), slice(-3, None), slice(0, 300, 50)):
        assert found[piece] == rows[piece]
    with pytest.raises(IndexError):
        found[300]


SCORES = ["月份", "单位", "调查类型", "触点", "得分"]
COUNTS = ["月份", "单位", "投诉量", "一次解决"]
VALUES = ["月份", "单位", "指标", "指标值"]


@pytest.mark.parametrize(
    ("name", "header", "odd", "expected"),
    [
        ("scores.xlsx", SCORES, [0.93], {"shares_mixed"}),
        ("scores.csv", SCORES, [0.93], {"shares_mixed"}),
        ("scores.csv", SCORES, ["95.5%"], set()),
        ("counts.csv", COUNTS, ["12①", 9], {"unreadable_value"}),
        ("counts.csv", COUNTS, ["12\n34", 9], {"unreadable_value"}),
        ("counts.csv", COUNTS, ["5 6", 9], {"unreadable_value"}),
        ("counts.csv", COUNTS, [120, "96%"], {"not_whole"}),
        ("values.csv", VALUES, ["96.5%"], set()),
        ("values.csv", VALUES, ["2,345"], set()),
        ("values.csv;", VALUES, ["2,345"], {"comma_open"}),
    ],
)
def test_cells_that_could_mean_another_number_are_told_of_large_and_small_files(
    tmp_path: Path,
    units_loaded: Path,
    small_is_large: Callable[[bool], None],
    write_to,
    name: str,
    header: list[str],
    odd: list[Any],
    expected: set[str],
) -> None:
    from data.core.home import Home
    from data.snapshots.reader import open_snapshot

    organisation = open_snapshot(Home(units_loaded)).organisation
    between = {SCORES[2]: ["标准", "综合"], VALUES[2]: ["甲"]}.get(header[2], [])
    numbers = [[float(70 + n % 30)] * (len(header) - 2 - len(between)) for n in range(150)]
    if header is COUNTS or name.endswith(";"):
        numbers = [[int(one) for one in row] for row in numbers]
    numbers[100] = odd
    rows = [[f"{2010 + n // 12}-{n % 12 + 1:02d}", "A1", *between, *row] for n, row in enumerate(numbers)]
    path = write_to(tmp_path / name.rstrip(";"), [header, *rows])
    if name.endswith(";"):
        path.write_text(
            path.read_text("utf-8").replace('"2,345"', "2§345").replace(",", ";").replace("§", ","), "utf-8"
        )
    found = []
    for on in (True, False):
        small_is_large(on)
        assert isinstance(read_file(path).sheets[0].rows, ArrowRows) is on
        found.append(told(staged(path, organisation)))
    assert found[0] == found[1]
    assert {one[0] for one in found[0]} == expected


@pytest.mark.parametrize("odd", ["text among numbers", "a longer row", "a formula"])
def test_what_is_not_of_one_kind_is_read_cell_by_cell(
    tmp_path: Path, small_is_large: Callable[[bool], None], odd: str
) -> None:
    book = openpyxl.Workbook()
    for n in range(200):
        book.active.append([f"u{n}", float(n)])
    value = {"text among numbers": ("B150", "12,5"), "a longer row": ("B150", True), "a formula": ("B150", "=1+1")}[odd]
    book.active[value[0]] = value[1]
    book.save(tmp_path / "r.xlsx")
    small_is_large(True)
    rows = read_file(tmp_path / "r.xlsx").sheets[0].rows
    assert isinstance(rows, list)
    assert rows[149][1] == value[1]


def test_merged_cells_and_repeated_headers_mean_the_same_in_a_large_sheet(
    tmp_path: Path, units_loaded: Path, small_is_large: Callable[[bool], None]
) -> None:
    """A channel that is merged over half the rows holds for all of them, and a printed page's header is no row."""
    from data.core.home import Home
    from data.snapshots.reader import open_snapshot

    organisation = open_snapshot(Home(units_loaded)).organisation
    book = openpyxl.Workbook()
    book.active.append(HEADER[:5])
    for n in range(200):
        row = [
            f"T{n}",
            f"2025-11-{1 + n % 30:02d}",
            ("A1", "A2")[n % 2],
            "资费" if n % 100 == 0 else None,
            "热线" if n == 0 else "网厅" if n == 100 else None,
        ]
        book.active.append(HEADER[:5] if n == 150 else row)
    for first, last in ((2, 101), (102, 151), (153, 201)):
        book.active.merge_cells(f"E{first}:E{last}")
        book.active.merge_cells(f"D{first}:D{last}")
    book.active["D153"], book.active["E153"] = "网络", "营业厅"
    book.save(tmp_path / "merged.xlsx")
    files = []
    for on in (True, False):
        small_is_large(on)
        read = read_file(tmp_path / "merged.xlsx").sheets[0].rows
        assert isinstance(read, ArrowRows) == on
        files.append(staged(tmp_path / "merged.xlsx", organisation))
    assert told(files[0]) == told(files[1]) == []
    (one,), (other,) = files[0].sheets, files[1].sheets
    assert other.frame.groupby("channel").size().to_dict() == {"热线": 100, "网厅": 50, "营业厅": 49}
    for name in ("row", "channel", "category", "ticket_id"):
        assert one.frame[name].tolist() == other.frame[name].tolist(), name
