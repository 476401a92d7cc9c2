"""Sheets of which nothing is loaded are named, so that nobody believes the whole workbook was."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from data.intake.workbook import StagingOptions, stage_workbook
from data.model.profile import Indicator, MonthSource, UnitSource
from data.profiles import Profile
from tests.data.small_books import BODY, COMPLAINTS, CUSTOMERS, ORGANISATION, TODAY, Rows

ODD = Profile(
    "odd",
    "indicators",
    MonthSource(column="账期"),
    UnitSource(columns=("网点",)),
    indicators=(Indicator("seen", "Seen", value="办结"),),
)
ODD_ROWS: Rows = [["账期", "网点", "办结"], ["2025-11", "大洋", 5]]
TABLE: Rows = [CUSTOMERS, *BODY]
NOTES: Rows = [["本表由服务质量部填写"], ["联系电话见通讯录"]]


@pytest.mark.parametrize(
    ("sheets", "hidden", "profile", "expected"),
    [
        ({"表": TABLE}, (), None, []),
        ({"表": TABLE, "说明": NOTES}, (), None, [("sheets_not_read", "说明")]),
        ({"表": TABLE, "说明": NOTES, "附录": NOTES}, (), None, [("sheets_not_read", "说明, 附录")]),
        ({"表": TABLE, "说明": NOTES}, ("说明",), None, []),
        ({"表": TABLE, "空": [[]]}, (), None, []),
        ({"表": TABLE, "又": [COMPLAINTS, ["2025-11", "大洋", 5]]}, (), None, []),
        ({"办结": ODD_ROWS}, (), ODD, []),
        ({"办结": ODD_ROWS, "客户": TABLE}, (), ODD, [("sheets_beside_profile", "客户")]),
        (
            {"办结": ODD_ROWS, "客户": TABLE, "说明": NOTES},
            (),
            ODD,
            [("sheets_beside_profile", "客户"), ("sheets_not_read", "说明")],
        ),
    ],
)
def test_sheets_of_which_nothing_is_loaded_are_named(
    tmp_path: Path, sheets: dict[str, Rows], hidden: tuple[str, ...], profile: Profile | None, expected: list[tuple]
) -> None:
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = "hidden" if title in hidden else "visible"
    book.save(tmp_path / "a.xlsx")
    profiles = (profile,) if profile else ()
    file = stage_workbook(tmp_path / "a.xlsx", ORGANISATION, StagingOptions(profiles=profiles), today=TODAY)
    assert file.sheets
    told = [(one.code, one.params["sheets"]) for one in file.all_findings if one.code.startswith("sheets_")]
    assert told == expected
