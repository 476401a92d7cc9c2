"""Who is asked first for a sheet: a saved profile, then the file's own type, then the profiles that come along."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from data.intake.workbook import StagingOptions, stage_workbook
from data.profiles import all_profiles, profile_named
from tests.data.small_books import ORGANISATION, TODAY

USERS = {"state": "kerala", "year": 2025, "quarter": 2, "registered_users": 40, "app_opens": 90}
HOTLINE = {"月份": "2025-06", "单位": "大洋", "来电量": 70, "一次解决量": 60}
READY = all_profiles()
# What an analyst made of a ready one is his own.
SAVED = replace(profile_named("phonepe-users"), name="mine")


@pytest.mark.parametrize(
    ("row", "profiles", "profile", "feed", "rows"),
    [
        (USERS, READY, "phonepe-users", "indicators", 3),
        (USERS | HOTLINE, READY, None, "hotline", 1),
        (USERS | {name: HOTLINE[name] for name in ("月份", "单位", "来电量")}, READY, "phonepe-users", "indicators", 3),
        (USERS | HOTLINE, (SAVED, *READY), "mine", "indicators", 3),
        (HOTLINE, (SAVED, *READY), None, "hotline", 1),
    ],
    ids=["only a ready profile", "both", "the type lacks a column", "a saved profile and both", "only the type"],
)
def test_who_reads_a_sheet(
    tmp_path: Path, row: dict[str, object], profiles: tuple, profile: str | None, feed: str, rows: int
) -> None:
    book = openpyxl.Workbook()
    for cells in (row.keys(), row.values()):
        book.active.append(list(cells))
    book.save(tmp_path / "a.xlsx")
    file = stage_workbook(tmp_path / "a.xlsx", ORGANISATION, StagingOptions(profiles=profiles), today=TODAY)
    sheet = file.sheets[-1]
    assert (sheet.profile, sheet.feed.name, len(sheet.frame)) == (profile, feed, rows)
