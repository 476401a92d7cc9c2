"""What a sheet says of itself across: totals of a row, columns of a group that are not known."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data.cli.arguments import parse_choices
from data.intake.workbook import StagingOptions, stage_workbook
from data.model.errors import WrongUsage
from data.model.profile import Header, MonthSource, Profile, UnitSource, Unpivot
from data.model.staged import StagedFile
from tests.data.small_books import ORGANISATION, TODAY, Rows

Understood = Callable[..., StagedFile]
DROPPED: Rows = [
    ["账期", "地市", "自助终端", "掌厅APP", "营业厅柜台", "合计", "自助充值占比"],
    ["2025-10", "大洋", 100, 300, 100, 500, "80.00%"],
    ["2025-10", "临江", 200, 200, 100, 500, "80.00%"],
]


def errors(file: StagedFile) -> list[tuple[str, str | None]]:
    return [(one.code, one.cell) for one in file.all_findings if one.severity == "error"]


def figures(file: StagedFile, *columns: str) -> list[tuple[Any, ...]]:
    return list(file.sheets[0].frame[list(columns)].itertuples(index=False, name=None))


def test_a_channel_that_is_not_known_is_asked_and_named(understood: Understood) -> None:
    file = understood(DROPPED)
    assert errors(file) == [
        ("unknown_column_in_group", "D1"),
        ("row_total_differs", "F2"),
        ("row_total_differs", "F3"),
        ("ready_made_differs", "G2"),
        ("ready_made_differs", "G3"),
    ]
    told = [one.message() for one in file.all_findings if one.severity == "error"]
    assert "“合计” says 500; the columns that are read add up to 200. → “掌厅APP” (300)" in told
    assert all("掌厅APP" in words for words in told)
    (question,) = file.sheets[0].group_questions
    assert (question.column, question.choices) == ("channel", ("app", "other_self_service", "other"))


@pytest.mark.parametrize(
    ("means", "answers", "channel", "left"),
    [
        ("channel:app", {}, "app", []),
        ("channel:other_self_service", {}, "other_self_service", []),
        ("channel:掌厅APP", {}, "掌厅APP", ["ready_made_differs", "ready_made_differs"]),  # not self-service: 40 %
        ("", {"totals": "as_read"}, None, []),
        ("", {}, None, ["row_total_differs"] * 2 + ["ready_made_differs"] * 2),
    ],
)
def test_what_it_is_can_be_said(
    understood: Understood, means: str, answers: dict, channel: str | None, left: list[str]
) -> None:
    choices = parse_choices([f"掌厅APP={means}"], [], [f"{name}={said}" for name, said in answers.items()])
    file = understood(DROPPED, accepted=choices.accepted, answers=choices.answers)
    assert [code for code, _ in errors(file)] == left
    found = dict(figures(file, "channel", "transactions")[:3])
    assert found.get(channel) == (300 if channel else None)


@pytest.mark.parametrize(
    "wrong", ["掌厅APP=nothing:app", "掌厅APP=month:app", "服务=touchpoint:nothing", "掌厅APP=channel:"]
)
def test_what_it_cannot_be(wrong: str) -> None:
    with pytest.raises(WrongUsage):
        parse_choices([wrong], [], [])


HEAD = ["账期", "地市"]
CASES: list[tuple[list[Any], list[Any], list[tuple[str, str]]]] = [
    # headers behind month and city, one row of figures, the errors
    (["自助终端", "营业厅柜台", "合计"], [100, 300, 400], []),
    (["自助终端", "营业厅柜台", "合计"], [100, 300, 410], [("row_total_differs", "E2")]),
    (["合计", "自助终端", "营业厅柜台"], [410, 100, 300], [("row_total_differs", "C2")]),
    (["充值笔数", "自助终端", "营业厅柜台"], [400, 100, 300], []),
    (["充值笔数", "自助终端", "营业厅柜台"], [410, 100, 300], [("row_total_differs", "C2")]),
    (["Kiosk", "App", "Counter", "Total"], [1, 2, 3, "6"], []),
    (["Kiosk", "App", "Counter", "Total"], ["1,000", 2, 3, "1,006"], [("row_total_differs", "F2")]),
    (["自助终端", "APP", "自助小计", "营业厅柜台", "代理商", "人工小计", "总计"], [1, 2, 3, 4, 5, 9, 12], []),
    (
        ["自助终端", "APP", "自助小计", "营业厅柜台", "代理商", "人工小计", "总计"],
        [1, 2, 4, 4, 5, 9, 13],
        [("row_total_differs", "E2")],  # the total of both subtotals is right
    ),
    (["自助终端", "营业厅柜台", "合计"], [100, None, 100], []),
    (["自助终端", "营业厅柜台", "合计"], [100, 300, None], []),
    # Between known ones it is asked in any case, beside them where nothing shows that it is none of them.
    (["自助终端", "视频客服", "营业厅柜台"], [1, 2, 3], [("unknown_column_in_group", "D2")]),
    (["自助终端", "營業廳櫃檯", "視頻客服"], [1, 2, 3], [("unknown_column_in_group", "E2")]),
    (["视频客服", "自助终端", "营业厅柜台"], [1, 2, 3], [("unknown_column_in_group", "C2")]),
    (["Kiosk", "Chat bot", "Counter"], [1, 2, 3], [("unknown_column_in_group", "D2")]),
    (["自助终端", "营业厅柜台", "合计", "视频客服"], [1, 2, 3, 9], []),
    (["自助终端", "营业厅柜台", "充值用户数"], [1, 2, 9], []),
    (["自助终端", "营业厅柜台", "备注"], [1, 2, "补报"], []),
    (["自助终端", "去年同期", "营业厅柜台"], [1, 2, 3], []),
    (["自助终端", "自助终端占比", "营业厅柜台", "营业厅柜台占比"], [1, "25%", 3, "75.0%"], []),
    (["自助终端", "自助终端占比", "营业厅柜台"], [1, 0.3, 3], [("ready_made_differs", "D2")]),
]


@pytest.mark.parametrize(("headers", "row", "expected"), CASES)
def test_totals_and_unknown_columns_across(
    understood: Understood, headers: list, row: list, expected: list[tuple[str, str]]
) -> None:
    found = errors(understood([[*HEAD, *headers], ["2025-10", "大洋", *row]]))
    assert [(code, cell.replace("1", "2") if cell else cell) for code, cell in found] == expected


def test_totals_of_counts_and_amounts_under_merged_headers(understood: Understood) -> None:
    rows: Rows = [
        ["月份", "单位", "充值笔数", "", "", "充值金额", "", ""],
        ["", "", "自助终端", "柜台", "合计", "自助终端", "柜台", "合计"],
        ["2025-11", "大洋", 10, 20, 30, 100.5, 200.25, 300.75],
        ["2025-11", "临江", 10, 20, 30, 100.5, 200.25, 300.2],
        ["合计", "", 20, 40, 61, 201, 400.5, 601.5],
    ]
    file = understood(rows, ["C1:E1", "F1:H1"])
    assert errors(file) == [("row_total_differs", "E5"), ("row_total_differs", "H4")]
    assert figures(file, "channel", "transactions", "amount")[:2] == [
        ("self_service_terminal", 10, 100.5),
        ("hall_counter", 20, 200.25),
    ]


@pytest.mark.parametrize(
    ("title", "total", "differs"),
    [("2025年投诉量", 30, False), ("2025年投诉量", 31, True), ("2025年客户数", 15, False), ("2025年客户数", 31, False)],
)
def test_months_across_add_up_where_they_flow(understood: Understood, title: str, total: int, differs: bool) -> None:
    rows: Rows = [[title], ["单位", "10月", "11月", "合计"], ["大洋", 10, 20, total]]
    assert errors(understood(rows)) == ([("row_total_differs", "D3")] if differs else [])


TOUCHPOINTS: Rows = [
    ["月份", "单位", "调查类型", "营业厅", "", "网络", ""],
    ["", "", "", "得分", "样本量", "得分", "样本量"],
    ["2025-11", "大洋", "标准", 85, 100, 86, 90],
]


@pytest.mark.parametrize(
    "rows",
    [
        TOUCHPOINTS,
        [
            ["month", "unit", "survey", "Hall", "", "Network", ""],
            ["", "", "", "Score", "N", "Score", "N"],
            TOUCHPOINTS[2],
        ],
    ],
)
def test_touchpoints_over_score_and_sample(understood: Understood, rows: Rows) -> None:
    file = understood(rows, ["D1:E1", "F1:G1"])
    assert errors(file) == []
    assert figures(file, "touchpoint", "score", "responses") == [("hall", 85, 100), ("network", 86, 90)]


def test_a_touchpoint_that_is_not_known_is_asked(understood: Understood) -> None:
    rows: Rows = [
        [*TOUCHPOINTS[0][:5], "服务态度", "", *TOUCHPOINTS[0][5:]],
        [*TOUCHPOINTS[1][:5], "得分", "样本量", *TOUCHPOINTS[1][5:]],
        [*TOUCHPOINTS[2][:5], 70, 95, *TOUCHPOINTS[2][5:]],
    ]
    merged = ["D1:E1", "F1:G1", "H1:I1"]
    file = understood(rows, merged)
    assert errors(file) == [("unknown_column_in_group", "F2"), ("unknown_column_in_group", "G2")]
    headers = [question.header for question in file.sheets[0].group_questions]
    said = understood(rows, merged, accepted=dict.fromkeys(headers, "touchpoint:complaint_handling"))
    assert ("complaint_handling", 70, 95) in figures(said, "touchpoint", "score", "responses")
    assert errors(understood(rows, merged, accepted=dict.fromkeys(headers, ""))) == []


def test_a_new_column_among_those_of_a_profile(tmp_path: Path) -> None:
    """A column that was there when the profile was saved is left out on purpose; a new one is asked."""
    known = ("when", "city", "K", "C", "Sum")
    profile = Profile(
        "p",
        "recharge",
        MonthSource(column="when"),
        UnitSource(columns=("city",)),
        header=Header(known=(*known, "Video")),
        unpivot=Unpivot("channel", "transactions", {"K": "self_service_terminal", "C": "hall_counter"}),
    )

    def staged(header: str, row: str) -> StagedFile:
        path = tmp_path / "export.csv"
        path.write_text(f"{header}\n{row}\n", encoding="utf-8")
        return stage_workbook(path, ORGANISATION, StagingOptions(profile=profile), today=TODAY)

    assert errors(staged("when,city,K,Video,C,Sum", "2025-11,大洋,1,5,2,3")) == []
    assert errors(staged("when,city,K,Video,C,Total", "2025-11,大洋,1,5,2,8")) == [("row_total_differs", "F2")]
    found = errors(staged("when,city,K,Video,Chat,C,Sum", "2025-11,大洋,1,5,7,2,3"))
    assert found == [("profile_unknown_column_in_group", "E1")]
