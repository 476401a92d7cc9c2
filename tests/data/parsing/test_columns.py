"""Cells to values, by a table of literals: what is read as what, what is missing, and what is refused with which
code.
"""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.core.text import raw_text
from data.model.feed import Column
from data.model.organisation import UNIT_COLUMNS, Organisation
from data.parsing.columns import ParseError, is_missing, parse_column, require_number
from data.parsing.numbers import parse_number
from locales import Text

TITLE = Text("Figure", "数值", "數值")
ORGANISATION = Organisation(
    pd.DataFrame(
        [
            ("P", "海岳省", "province", None, None, None, pd.NaT, pd.NaT),
            ("DY", "大洋", "city", "P", None, ["大洋市", "Dayang"], pd.NaT, pd.NaT),
            ("LJ", "临江", "city", "P", None, None, pd.NaT, pd.NaT),
            ("DY1", "中心厅", "hall", "DY", None, None, pd.NaT, pd.NaT),
            ("LJ1", "中心厅", "hall", "LJ", None, None, pd.NaT, pd.NaT),
            ("007", "七号厅", "hall", "LJ", None, None, pd.NaT, pd.NaT),
        ],
        columns=list(UNIT_COLUMNS),
    )
)


def column(kind: str, **options: Any) -> Column:
    return Column("figure", kind, TITLE, **options)  # type: ignore[arg-type]


def read(cells: list[Any], kind: str, **options: Any) -> tuple[list[Any], list[tuple[int, Any, str]]]:
    """Values with None for missing, and the cells refused with the code of their finding."""
    parsed = parse_column(cells, column(kind, **options), ORGANISATION)
    values = [None if value is None or value is pd.NA or value != value else value for value in parsed.values]
    return values, [(index, value, found.code) for index, value, found in parsed.bad]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1234", 1234),
        ("1,234", 1234),
        ("1,234,567.5", 1234567.5),
        ("１２３", 123),
        ("１，２３４．５", 1234.5),
        ("-5", -5),
        ("－５", -5),
        ("−5", -5),
        ("+3", 3),
        (" 12 ", 12),
        ("12 345", 12345),
        ("1 234 567.5", 1234567.5),
        ("12\u00a0345", 12345),
        ("12\u202f345", 12345),
        ("１２　３４５", 12345),
        ("35.27 万 户", 352700),
        ("62.5 %", 62.5),
        ("12\n", 12),
        ("- 5", -5),
        (".5", 0.5),
        ("0", 0),
        ("-0", 0),
        ("007", 7),
        ("1e5", 100000),
        ("1.5E+3", 1500),
        ("2e-3", 0.002),
        ("62.47%", 62.47),
        ("62.47％", 62.47),
        ("-1.5%", -1.5),
        ("35.27万", 352700),
        ("35.27萬", 352700),
        ("1.2亿", 120000000),
        ("1.2億", 120000000),
        ("-3.5万", -35000),
        ("1,234.5万元", 12345000),
        ("1.5k", 1500),
        ("2M", 2000000),
        ("12户", 12),
        ("12戶", 12),
        ("3笔", 3),
        ("3筆", 3),
        ("8件", 8),
        ("9分", 9),
        ("42台", 42),
    ],
)
def test_numbers(text: str, value: float) -> None:
    assert require_number(text) == value
    assert read([text], "number") == ([value], [])


@pytest.mark.parametrize(
    "text",
    [
        "约二十万",
        "abc",
        "12,34,567",
        "1.2.3",
        "5.",
        "1_000",
        "0x10",
        "(1,234)",
        "¥5",
        "1-2",
        "--5",
        "万",
        "%",
        ".",
        "e5",
        "1e999",
        "1e99999",
        "十三",
        "2025-11",
        "5/8",
        "12a",
        "nan1",
        "inf",
        "12①",
        "35¹",
        "²",
        "12³",
        "12⑴",
        "3½",
        "12ᵏ",
        "１２①",
        "5 6",
        "12\n34",
        "12 34",
        "1 2345",
        "1234 567",
        "12\t345",
        "12\u2028345",
        "1\n234",
        "1  234",
        "１２　３４",
    ],
)
def test_what_is_not_a_number(text: str) -> None:
    with pytest.raises(ParseError):
        require_number(text)
    assert read(["7", text], "number") == ([7, None], [(1, text, "unreadable_value")])


def test_no_sign_but_a_digit_adds_a_digit() -> None:
    """Of all signs of Unicode only digits, of whatever width or script, count as such; ① ² ½ ⒈ and the like leave no
    number.
    """
    signs = [
        sign
        for sign in map(chr, range(0x110000))
        if any(letter.isdigit() for letter in unicodedata.normalize("NFKC", sign))
    ]
    marks = [sign for sign in signs if not sign.isdecimal()]
    assert len(marks) > 250
    assert [sign for sign in marks if parse_number(f"12{sign}") is not None or parse_number(sign) is not None] == []


@given(st.integers(-(10**12), 10**12))
def test_whole_numbers_in_every_spelling(number: int) -> None:
    assert {
        require_number(f"{number}"),
        require_number(f"{number:,}"),
        require_number(f"{number}.0"),
        require_number(f" {number} "),
    } == {float(number)}


@given(st.integers(1, 10**8))
def test_ten_thousands_add_no_digits(hundredths: int) -> None:
    """35.27万 is 352,700, not 352,700.00000000006."""
    assert require_number(f"{hundredths / 100:.2f}万") == hundredths * 100


@pytest.mark.parametrize(
    "cell",
    [
        None,
        "",
        " ",
        "　",
        float("nan"),
        "-",
        "--",
        "—",
        "——",
        "–",
        "―",
        "－",
        "/",
        "N/A",
        "n/a",
        "NA",
        "#N/A",
        "NaN",
        "null",
        "NULL",
        "None",
        "...",
        "…",
        "……",
        "暂无",
        "暫無",
        "无数据",
        "無數據",
        "無資料",
        " 暂 无 ",
    ],
)
def test_missing(cell: Any) -> None:
    assert is_missing(cell)
    for kind in ("number", "count", "share", "text", "month", "time", "period", "flag", "choice", "unit"):
        assert read([cell], kind) == ([None], []), kind


@pytest.mark.parametrize("cell", [0, 0.0, "0", False, "无", "不适用", "-1", "大洋"])
def test_not_missing(cell: Any) -> None:
    assert not is_missing(cell)


@pytest.mark.parametrize(
    ("cells", "values", "bad"),
    [
        ([1, 2.0, None, 3], [1, 2, None, 3], []),
        (["12", "1,200", "3万"], [12, 1200, 30000], []),
        (["12.5"], [None], [(0, "12.5", "not_whole")]),
        ([12.5, 7], [None, 7], [(0, 12.5, "not_whole")]),
        ([-1, 0], [None, 0], [(0, -1, "not_whole")]),
        (["-3"], [None], [(0, "-3", "not_whole")]),
        (["62.47%"], [None], [(0, "62.47%", "not_whole")]),
        (["96%", "97 ％", 120], [None, None, 120], [(0, "96%", "not_whole"), (1, "97 ％", "not_whole")]),
        ([True, 5], [None, 5], [(0, True, "unreadable_value")]),
        ([datetime(2025, 11, 1)], [None], [(0, datetime(2025, 11, 1), "unreadable_value")]),
        ([float("inf")], [None], [(0, float("inf"), "unreadable_value")]),
        (["x", "12.5", 3], [None, None, 3], [(0, "x", "unreadable_value"), (1, "12.5", "not_whole")]),
        ([], [], []),
    ],
)
def test_counts(cells: list[Any], values: list[Any], bad: list[Any]) -> None:
    assert read(cells, "count") == (values, bad)


def test_ranges() -> None:
    assert read([0, 100, 100.01, -0.01, None], "share", minimum=0, maximum=100) == (
        [0, 100, None, None, None],
        [(2, 100.01, "out_of_range"), (3, -0.01, "out_of_range")],
    )
    assert read(["854.2", "85.42%"], "share", minimum=0, maximum=100) == ([None, 85.42], [(0, "854.2", "out_of_range")])
    assert read([-1, 10**9], "number", minimum=0) == ([None, 10**9], [(0, -1, "out_of_range")])
    assert read([-1], "number") == ([-1], [])


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (cell, True)
        for cell in (
            "是",
            "Y",
            "yes",
            "YES",
            "true",
            True,
            1,
            1.0,
            "1",
            "有",
            "√",
            "已解决",
            "已解決",
            "有责",
            "有責",
            "Ｙ",
        )
    ]
    + [
        (cell, False)
        for cell in ("否", "N", "no", "false", False, 0, 0.0, "0", "无", "無", "×", "未解决", "未解決", "无责", "無責")
    ],
)
def test_flags(cell: Any, value: bool) -> None:
    assert read([cell], "flag") == ([value], [])


@pytest.mark.parametrize("cell", ["也许", "2", 2, "yes?", "是否"])
def test_what_is_not_a_flag(cell: Any) -> None:
    assert read([cell, "是"], "flag") == ([None, True], [(0, cell, "unknown_flag")])


def test_choices() -> None:
    choices = {"standard": ("standard", "标准满意度"), "two_way": ("two-way", "双向评价")}
    cells = ["standard", "標準滿意度", "Two-Way", "two way", "two_way", " 双向 评价 ", None]
    assert read(cells, "choice", choices=choices) == (["standard", "standard", *["two_way"] * 4, None], [])
    assert read(["随手问问"], "choice", choices=choices) == ([None], [(0, "随手问问", "unknown_choice")])
    assert read([" 随手问问 "], "choice", choices=choices, open_choices=True) == (["随手问问"], [])


def test_units() -> None:
    cells = ["DY", "dy", "大洋", "大洋市", "dayang", "臨江", " 大 洋 ", "海岳省/大洋", "007", None]
    assert read(cells, "unit")[0] == ["DY", "DY", "DY", "DY", "DY", "LJ", "DY", "DY", "007", None]
    assert read(["柏树屯区", "中心厅", "大洋/中心厅", "臨江/中心廳"], "unit") == (
        [None, None, "DY1", "LJ1"],
        [(0, "柏树屯区", "unknown_unit"), (1, "中心厅", "ambiguous_unit")],
    )


def test_texts_keep_their_digits() -> None:
    assert read([" 工单 1 ", 20251100001.0, "007", 7, 1.5, datetime(2025, 11, 3)], "text") == (
        ["工单 1", "20251100001", "007", "7", "1.5", "2025-11-03 00:00:00"],
        [],
    )
    assert (raw_text(2019.0), raw_text(2019.5), raw_text(" x ")) == ("2019", "2019.5", "x")


def test_months_and_times() -> None:
    november = pd.Timestamp("2025-11-01")
    assert read(["2025年11月", 202511, date(2025, 11, 30), "Nov-25"], "month") == ([november] * 4, [])
    assert read(["十三月", "2025-11"], "month") == ([None, november], [(0, "十三月", "unknown_month")])
    assert read(["2025-11-03 09:12", datetime(2025, 11, 3, 9, 12), "202511"], "time")[0] == [
        pd.Timestamp("2025-11-03 09:12"),
        pd.Timestamp("2025-11-03 09:12"),
        november,
    ]
    assert read([datetime(2025, 11, 3), None], "time") == ([pd.Timestamp("2025-11-03"), None], [])
    assert read(["昨天"], "time") == ([None], [(0, "昨天", "unknown_time")])


def test_periods() -> None:
    cells = [2025, "2025", "2025年", "2025年度", "２０２５", "2025-11", 202511, "2025年11月", date(2025, 11, 1)]
    assert read(cells, "period") == (["2025"] * 5 + ["2025-11"] * 4, [])
    assert read(["去年", 12, "2025-13"], "period") == (
        [None, None, None],
        [(0, "去年", "unknown_period"), (1, 12, "unknown_period"), (2, "2025-13", "unknown_period")],
    )
    assert read([20251, "202⑤"], "period")[1] == [(0, 20251, "unknown_period"), (1, "202⑤", "unknown_period")]


@pytest.mark.parametrize(
    ("kind", "dtype"),
    [
        ("count", "float64"),
        ("number", "float64"),
        ("share", "float64"),
        ("month", "datetime64[s]"),
        ("time", "datetime64[s]"),
        ("flag", "boolean"),
    ]
    + [(kind, "object") for kind in ("text", "choice", "unit", "period")],
)
@pytest.mark.parametrize("cells", [[], [None, None], ["-", ""]])
def test_the_type_does_not_depend_on_the_cells(kind: str, dtype: str, cells: list[Any]) -> None:
    assert str(parse_column(cells, column(kind), ORGANISATION).values.dtype) == dtype


def test_many_rows_are_read_by_their_distinct_cells() -> None:
    cells = ["1,234", "x", None, 5] * 50_000
    parsed = parse_column(cells, column("count"), ORGANISATION)
    assert np.nansum(parsed.values) == (1234 + 5) * 50_000
    assert (len(parsed.bad), parsed.bad[-1][:2]) == (50_000, (199_997, "x"))
