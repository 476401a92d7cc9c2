"""What an upload leaves open can be answered on its page: each answer takes away what was asked."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import Workbook

from data.core.home import Home
from data.loading.commit import load
from data.loading.plan import LoadOptions
from pages.shared.session.markup import escape_markdown
from tests.data.conftest import UNITS
from tests.data.small_books import COMPLAINTS, TICKETS, Rows
from tests.pages.test_pages import opened

BY_CATEGORY = ["月份", "单位", "类别", "投诉量"]
DETAILS = [["2025-11", "大洋", "资费", 10], ["2025-11", "大洋", "网络", 5]]
SUMMARY = [["2025-11", "大洋", 15]]
YEARS = [*TICKETS, "办结时间"]


def workbook(sheets: dict[str, Rows]) -> bytes:
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("sheets", "offered", "answers"),
    [
        (
            {"汇总": [COMPLAINTS, *SUMMARY], "明细": [BY_CATEGORY, *DETAILS]},
            ["Leave out the sheet “汇总”", "Leave out the sheet “明细”"],
            ["Leave out the sheet “汇总”"],
        ),
        (
            {
                "甲": [COMPLAINTS, ["2025-10", "大洋", 1], ["2025-11", "大洋", 3]],
                "乙": [COMPLAINTS, ["2025-11", "大洋", 3], ["2025-12", "大洋", 5]],
            },
            ["Leave out the sheet “甲”", "Leave out the sheet “乙”"],
            ["Leave out the sheet “乙”"],
        ),
        (
            {
                "甲": [COMPLAINTS, ["2025-10", "大洋", 1], ["2025-11", "大洋", 3]],
                "乙": [COMPLAINTS, ["2025-11", "大洋", 30], ["2025-12", "大洋", 5]],
            },
            ["Leave out the sheet “甲”", "Leave out the sheet “乙”"],
            ["Leave out the sheet “甲”"],
        ),
        (
            {
                "工单": [
                    YEARS,
                    ["1", "25-11-03", "大洋", "资费", "04/12/2025"],
                    ["2", "25-11-04", "大洋", "资费", "05/12/2025"],
                ]
            },
            [
                "Dates such as 03/04/2025 begin with the day",
                "Dates such as 03/04/2025 begin with the month",
                "Dates such as 25-11-03 begin with the year",
                "Dates such as 25-11-03 end with the year",
            ],
            ["Dates such as 25-11-03 begin with the year", "Dates such as 03/04/2025 begin with the day"],
        ),
        (
            {
                "表": [
                    BY_CATEGORY,
                    *DETAILS,
                    ["2025-11", "大洋", "本地网", 15],
                    ["2025-11", "海湖", "资费", 4],
                    ["2025-11", "海湖", "网络", 3],
                    ["2025-11", "海湖", "本地网", 7],
                ]
            },
            ["The rows that equal the sum of others are no totals"],
            ["The rows that equal the sum of others are no totals"],
        ),
        (
            {
                "充值": [["月份", "单位", "自助终端", "视频客服", "柜台"], ["2025-11", "大洋", 10, 20, 30]],
                "回访": [["月份", "单位", "调查类型", "触点", "得分"], ["2025-11", "大洋", "回访", "营业厅", 4.5]],
                "客户": [["月份", "单位", "客户数（万户）"], ["2025-11", "大洋", 251124]],
            },
            [
                "“视频客服” is other self-service",
                "“视频客服” is other",
                "“视频客服” is a further Channel",
                "“视频客服” is no Channel; leave it out",
                "The figures are in the unit that the header or title names",
                "The figures are in single ones, whatever the header or title says",
                *(f"The scale of the survey goes to {top}" for top in (5, 7, 10, 100)),
            ],
            [
                "“视频客服” is other self-service",
                "The scale of the survey goes to 5",
                "The figures are in single ones, whatever the header or title says",
            ],
        ),
        (
            {
                "大洋": [TICKETS, ["1", "2025-11-03", "大洋", "资费"], ["2", "2025-11-04", "大洋", "资费"]],
                "海湖": [TICKETS, ["1", "2025-11-03", "海湖", "资费"]],
            },
            [
                "They moved here: this file's unit has them",
                "They stay where they were: leave them out here",
                "They are others of the same number: count both",
            ],
            ["They moved here: this file's unit has them"],
        ),
    ],
    ids=[
        "a summary beside its details",
        "months overlap",
        "months overlap and differ",
        "two orders of dates",
        "a category that sums up",
        "a channel, a scale and a unit that are not known",
        "a ticket of two cities",
    ],
)
def test_a_refused_file_is_loaded_once_its_questions_are_answered(
    sheets: dict[str, Rows], offered: list[str], answers: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path / "home")
    units = tmp_path / "units.csv"
    units.write_text("\n".join(",".join(row) for row in UNITS), "utf-8")
    assert load(home, [units], LoadOptions(who="tester")).committed
    app = opened("upload", home.path, monkeypatch, lang="en")
    app.file_uploader[0].set_value([("表.xlsx", workbook(sheets), "application/octet-stream")]).run()
    assert not app.exception
    asked = {button.label: button for button in app.button if str(button.key).startswith("said_")}
    load_it = next(button for button in app.button if button.label == "Load the file")
    assert (list(asked), load_it.disabled) == ([escape_markdown(label) for label in offered], True)
    for answer in answers:
        next(button for button in app.button if button.label == escape_markdown(answer)).click().run()
        assert not app.exception
    assert not next(button for button in app.button if button.label == "Load the file").disabled
