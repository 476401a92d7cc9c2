"""Small files that are wrong in one way each, named after the finding that they must give."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from data.synthetic import office
from data.synthetic.exports import (
    Tables,
    customers_sheet,
    hotline_sheet,
    monthly_sheet,
    retention_sheet,
    standard_sheet,
    unit_names,
)
from data.synthetic.series import NEXT, month_index
from data.synthetic.workbook import OfficeSheet, csv_text, workbook_bytes

_ROWS = 8
_HEADERS = {
    "customers": office.CUSTOMERS,
    "hotline": office.HOTLINE,
    "monthly": office.MONTHLY,
    "retention": office.RETENTION,
    "standard": office.SCORES,
}


def broken(found: Tables) -> Iterator[tuple[str, bytes]]:
    """(name, content) of every broken file."""
    names = unit_names(found)
    few = {name: found[name][found[name]["month"] == NEXT].head(_ROWS) for name in _HEADERS}
    few["retention"] = found["retention"][found["retention"]["month"] == month_index("2025-11")].head(_ROWS)
    sheets: dict[str, Callable[[], OfficeSheet]] = {
        "customers": lambda: customers_sheet(few["customers"], names, 2025),
        "hotline": lambda: hotline_sheet(few["hotline"], names),
        "monthly": lambda: monthly_sheet(few["monthly"], names, "2025年12月"),
        "retention": lambda: retention_sheet(few["retention"], names, 2025),
        "standard": lambda: standard_sheet(few["standard"], names),
    }

    def with_cell(kind: str, row: int, column: str, value: Any) -> bytes:
        """The small sheet of a feed with one cell (row counted from 0) replaced."""
        return workbook_bytes(_changed(sheets[kind](), row, list(_HEADERS[kind]).index(column), value))

    yield "unknown_unit.xlsx", with_cell("customers", 2, "unit", "柏树屯区")
    yield "unreadable_value.xlsx", with_cell("customers", 3, "customers", "约二十万")
    yield "unknown_month.xlsx", with_cell("customers", 3, "month", "十三月")
    yield "required_empty.xlsx", with_cell("customers", 1, "customers", None)
    yield "month_in_future.xlsx", with_cell("customers", 4, "month", "2099年12月")
    yield "unknown_choice.xlsx", with_cell("standard", 2, "survey", "随手问问")
    yield "out_of_range.xlsx", with_cell("standard", 5, "score", 854.2)
    yield (
        "retained_exceeds_snapshot.xlsx",
        with_cell("retention", 2, "retained", int(few["retention"]["snapshot_customers"].iloc[2]) + 120),
    )
    yield (
        "bound_any_inconsistent.xlsx",
        with_cell("retention", 3, "bound_any", int(few["retention"]["hard_bound"].iloc[3]) - 50),
    )
    yield (
        "escalated_exceeds_complaints.xlsx",
        with_cell("monthly", 1, "escalated", int(few["monthly"]["complaints"].iloc[1]) + 3),
    )
    yield (
        "resolved_exceeds_calls.xlsx",
        with_cell("hotline", 0, "resolved_first_contact", int(few["hotline"]["calls"].iloc[0]) + 1),
    )
    yield "total_differs.xlsx", workbook_bytes(_other_total(sheets["monthly"]()))
    yield "duplicate_key.xlsx", workbook_bytes(_repeated(sheets["customers"](), 2))
    yield "required_column_missing.xlsx", workbook_bytes(_without(sheets["customers"](), 2))
    yield (
        "no_table.xlsx",
        workbook_bytes(
            OfficeSheet("说明", ["填报说明"], [["本表由各分公司于每月5日前上报。"], ["联系人：服务质量部"]])
        ),
    )
    yield "duplicate_key_2.csv", _as_csv(_repeated(sheets["hotline"](), 1))
    yield "unreadable_file.xlsx", workbook_bytes(sheets["hotline"]())[:2_000]


def _changed(sheet: OfficeSheet, row: int, column: int, value: Any) -> OfficeSheet:
    changed = [list(cells) for cells in sheet.rows]
    changed[row][column] = value
    return OfficeSheet(sheet.name, sheet.header, changed, sheet.title, None, sheet.notes)


def _repeated(sheet: OfficeSheet, row: int) -> OfficeSheet:
    changed = [list(cells) for cells in sheet.rows]
    return OfficeSheet(sheet.name, sheet.header, [*changed, changed[row]], sheet.title)


def _without(sheet: OfficeSheet, column: int) -> OfficeSheet:
    changed = [[cell for index, cell in enumerate(cells) if index != column] for cells in sheet.rows]
    return OfficeSheet(
        sheet.name, [header for index, header in enumerate(sheet.header) if index != column], changed, sheet.title
    )


def _other_total(sheet: OfficeSheet) -> OfficeSheet:
    total = [value + 10 if isinstance(value, int) else value for value in sheet.total or ()]
    return OfficeSheet(sheet.name, sheet.header, sheet.rows, sheet.title, total)


def _as_csv(sheet: OfficeSheet) -> bytes:
    return csv_text(sheet.header, sheet.rows).encode("gb18030")
