"""December 2025, for trying an upload by hand: 大洋 has a bad month, and one file comes with mistakes first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from data.synthetic.exports import (
    Tables,
    customers_sheet,
    hotline_sheet,
    monthly_sheet,
    standard_sheet,
    tickets_sheet,
    unit_names,
)
from data.synthetic.series import MONTHS, NEXT
from data.synthetic.workbook import workbook_bytes


def next_month(found: Tables) -> Iterator[tuple[str, bytes]]:
    """The files of the month after the samples: (name, content)."""
    names = unit_names(found)
    part = {name: table[table["month"] == NEXT] for name, table in found.items() if "month" in table}
    when = f"{MONTHS[NEXT].year}年{MONTHS[NEXT].month}月"
    yield f"客户规模_{when}.xlsx", workbook_bytes(customers_sheet(part["customers"], names, MONTHS[NEXT].year))
    yield f"投诉工单_大洋_{when}.xlsx", workbook_bytes(tickets_sheet(part["tickets"], names))
    yield f"投诉月报_{when}.xlsx", workbook_bytes(monthly_sheet(part["monthly"], names, when))
    yield f"标准满意度_{when}.xlsx", workbook_bytes(standard_sheet(part["standard"], names))
    right = hotline_sheet(part["hotline"], names)
    yield f"熱線服務_{when}.xlsx", workbook_bytes(right)
    wrong = [list(row) for row in right.rows]
    wrong[4][1] = "雲擇"
    yield f"熱線服務_{when}_有误.xlsx", workbook_bytes(replace(right, rows=wrong))
