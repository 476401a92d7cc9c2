"""Loading 200,000 tickets from xlsx, the whole way to a published snapshot, against pandas.read_excel with openpyxl alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import openpyxl
import pandas as pd

from data.home import Home
from data.loading import load
from tests.benchmarks.measuring import median_seconds, report

ROWS = 200_000
GOAL = 0.25
HEADER = [
    "投诉工单号",
    "受理时间",
    "单位",
    "投诉类别",
    "投诉子类",
    "渠道",
    "级别",
    "责任部门",
    "客户标识",
    "是否一次解决",
    "办结时间",
    "是否有责",
    "满意度",
]


def write_units(path: Path) -> list[str]:
    """A small organisation; returns the names of its counties."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["编码", "名称", "层级", "上级"])
    sheet.append(["P", "全省", "province", None])
    sheet.append(["C", "大洋", "city", "P"])
    counties = [f"县{number:02d}" for number in range(20)]
    for number, county in enumerate(counties):
        sheet.append([f"C{number:02d}", county, "county", "C"])
    book.save(path)
    return counties


def write_tickets(path: Path, counties: list[str], rows: int) -> None:
    """Tickets as an office exports them, dates as dates."""
    random = np.random.default_rng(7)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("投诉工单")
    sheet.append(HEADER)
    county = random.integers(0, len(counties), rows)
    minute = random.integers(0, 60 * 24 * 330, rows)
    for number in range(rows):
        received = datetime(2025, 1, 1) + timedelta(minutes=int(minute[number]))
        sheet.append(
            [f"T{number:08d}", received, counties[county[number]], "资费争议", "套餐", "热线", "普通", "市场部", f"K{number % 50_000}",
             "是" if number % 3 else "否", received + timedelta(hours=number % 90), "否", number % 10 + 1]
        )  # fmt: skip
    book.save(path)


def run() -> None:
    """Prints the ratio; each side three times, medians."""
    with TemporaryDirectory() as folder:
        base = Path(folder)
        counties = write_units(base / "units.xlsx")
        write_tickets(base / "tickets.xlsx", counties, ROWS)
        homes = iter(range(100))

        def whole_load() -> None:
            home = Home(base / f"home{next(homes)}")
            done = load(home, [base / "units.xlsx", base / "tickets.xlsx"])
            assert done.committed, done

        ours = median_seconds(whole_load, 3)
        baseline = median_seconds(lambda: pd.read_excel(base / "tickets.xlsx", engine="openpyxl"), 1)
        report(f"load of {ROWS:,} tickets from xlsx", ours, "pandas.read_excel(openpyxl)", baseline, GOAL)
