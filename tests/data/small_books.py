"""Small workbooks as another office sends them, written by a test and read by content alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from data.model.organisation import UNIT_COLUMNS, Organisation
from data.model.staged import StagedFile, StagedSheet

ORGANISATION = Organisation(
    pd.DataFrame(
        [
            ("P", "海岳省", "province", None, None, None, pd.NaT, pd.NaT),
            ("DY", "大洋", "city", "P", None, ["大洋市"], pd.NaT, pd.NaT),
            ("LJ", "临江", "city", "P", None, None, pd.NaT, pd.NaT),
            ("BS", "白山", "city", "P", None, None, pd.NaT, pd.NaT),
        ],
        columns=list(UNIT_COLUMNS),
    )
)

TODAY = pd.Timestamp("2025-12-20")

Rows = Sequence[Sequence[Any]]

CUSTOMERS = ["月份", "单位", "客户数"]

COMPLAINTS = ["月份", "单位", "投诉量"]

TICKETS = ["工单号", "受理时间", "单位", "投诉类别"]

BODY = [["2025-11", "大洋", 352000], ["2025-11", "临江", 120000]]

LOADED = [("2025-11", "DY", 352000.0), ("2025-11", "LJ", 120000.0)]


def cells(sheet: StagedSheet, *columns: str) -> list[tuple[Any, ...]]:
    """Rows as tuples, None for missing, months as text."""
    rows = sheet.frame[list(columns)].astype("object").itertuples(index=False)
    return [
        tuple(None if pd.isna(value) else f"{value:%Y-%m}" if hasattr(value, "year") else value for value in row)
        for row in rows
    ]


def told(
    file: StagedFile,
    *,
    but: Sequence[str] = (
        "columns_ignored",
        "total_row_left_out",
        "note_left_out",
        "column_numbers_left_out",
        "said_by_analyst",
    ),
) -> list[tuple[str, Any]]:
    return [(finding.code, finding.cell or finding.row) for finding in file.all_findings if finding.code not in but]
