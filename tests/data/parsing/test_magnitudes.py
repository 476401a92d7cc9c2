"""Units of measure in titles and headers: what they multiply, and what they do not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from data.model.staged import StagedFile
from tests.data.small_books import CUSTOMERS, Rows, cells, told


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["单位：万户"], CUSTOMERS, ["2025-11", "大洋", 35.27]], 352_700),
        ([["客户规模", "", "单位：万户"], CUSTOMERS, ["2025-11", "大洋", "35.27"]], 352_700),
        ([["月份", "单位", "客户数（万户）"], ["2025-11", "大洋", 35.27]], 352_700),
        ([CUSTOMERS, ["", "", "万户"], ["2025-11", "大洋", 35.27]], 352_700),
        ([["单位：万户"], CUSTOMERS, ["2025-11", "大洋", "35.27万"]], 352_700),
        ([["单位：亿户"], CUSTOMERS, ["2025-11", "大洋", 0.0035]], 350_000),
        ([["单位：户"], CUSTOMERS, ["2025-11", "大洋", 352700]], 352_700),
        ([["单位：万元"], CUSTOMERS, ["2025-11", "大洋", 352700]], 352_700),
        ([["单位：大洋分公司"], CUSTOMERS, ["2025-11", "大洋", 352700]], 352_700),
    ],
)
def test_a_unit_that_only_the_title_names(understood: Callable[..., StagedFile], rows: Rows, expected: float) -> None:
    file = understood(rows)
    (sheet,) = file.sheets
    assert cells(sheet, "customers") == [(expected,)]
    scaled = any("万户" in str(cell) or "亿户" in str(cell) for row in rows for cell in row)
    assert ("figures_scaled" in {code for code, _ in told(file)}) == scaled


BOTH = ["月份", "单位", "客户数", "自助终端数"]


@pytest.mark.parametrize(
    ("title", "header", "expected"),
    [
        ("客户规模表（单位：万户、台）", ["月份", "单位", "客户数", "自助终端数（台）"], (352_700, 42)),
        ("客户规模表（单位：万户、台）", BOTH, (352_700, 42)),
        ("客户规模表（单位：万户）", BOTH, (352_700, 42)),
        ("客户规模表（單位：萬戶）", ["月份", "單位", "客戶數", "自助終端數"], (352_700, 42)),
        ("客户规模表（单位：万人）", BOTH, (352_700, 42)),
        ("客户规模表（单位：万）", BOTH, (352_700, 420_000)),
        ("客户规模表（单位：千万户 ，台）", BOTH, (352_700_000, 42)),
        ("客户规模表（单位：户、万元）", ["月份", "单位", "客户数", "自助终端数"], (35.27, 42)),
        ("单位：百分点", ["月份", "单位", "客户数", "自助终端数"], (35.27, 42)),
        ("", ["Month", "Unit", "Customers (thousand)", "Terminals"], (35_270, 42)),
        ("", ["Month", "Unit", "Customers (k)", "Terminals"], (35_270, 42)),
        ("", ["Month", "Unit", "Customers (000)", "Terminals (units)"], (35_270, 42)),
        ("", ["Month", "Unit", "Customers (x1000)", "Terminals (no.)"], (35_270, 42)),
        ("", ["Month", "Unit", "Customers ('000)", "Terminals"], (35_270, 42)),
        ("", ["Month", "Unit", "Customers (in thousands)", "Terminals"], (35_270, 42)),
        ("", ["Month", "Unit", "Customers (million)", "Terminals"], (35_270_000, 42)),
        ("Unit: thousands", ["Month", "Unit", "Customers", "Terminals (units)"], (35_270, 42_000)),
    ],
)  # fmt: skip
def test_a_unit_holds_for_what_it_counts(
    understood: Callable[..., StagedFile], title: str, header: list[str], expected: tuple
) -> None:
    """Terminals are not given in ten thousand households; what a column says of itself goes before a title."""
    figure = 35.27 if expected[0] != 35.27 else 35
    file = understood([*([[title]] if title else []), header, ["2025-11", "大洋", figure, 42]])
    assert not file.refused
    left = [finding.column for finding in file.all_findings if finding.code == "unit_not_applied"]
    assert left == (
        ["自助终端数"]
        if expected[1] == 42 and "万" in title and header is BOTH
        else ["自助終端數"]
        if "萬" in title
        else []
    )
    assert cells(file.sheets[0], "customers", "self_service_terminals") == [
        (expected[0] if figure != 35 else 35, expected[1])
    ]


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("客户数（户）", None),
        ("客户数（含宽带）", None),
        ("Customers (m)", "m"),
        ("Customers (10k)", "10k"),
        ("Customers (prepaid)", None),
        ("Customers (2025)", None),
        ("Customers (e4)", "e4"),
        ("客户数（×100）", "×100"),
    ],
)
def test_a_bracket_that_may_be_a_unit_is_reported(
    understood: Callable[..., StagedFile], header: str, said: str | None
) -> None:
    file = understood(
        [["单位：万户"], ["月份", "单位", header], ["2025-11", "大洋", 352700]]
        if header == "客户数（户）"
        else [["月份", "单位", header], ["2025-11", "大洋", 352700]]
    )
    assert cells(file.sheets[0], "customers") == [(352700.0,)]
    assert [finding.params["unit"] for finding in file.all_findings if finding.code == "unit_not_understood"] == (
        [said] if said else []
    )


def test_money_and_counts_have_units_of_their_own(understood: Callable[..., StagedFile]) -> None:
    file = understood(
        [["单位：万元"], ["月份", "单位", "渠道", "充值笔数", "充值金额"], ["2025-11", "大洋", "手机APP", 1200, 3.5]]
    )
    assert cells(file.sheets[0], "transactions", "amount") == [(1200.0, 35_000.0)]


@pytest.mark.parametrize(
    ("title", "expected", "codes"),
    [
        ("Figures in thousands", 352_000, ["figures_scaled"]),
        ("(in thousands)", 352_000, ["figures_scaled"]),
        ("(thousands of customers)", 352_000, ["figures_scaled"]),
        ("Unit: ten thousand", 3_520_000, ["figures_scaled"]),
        ("（万户）", 3_520_000, ["figures_scaled"]),
        ("客户规模（万户）", 3_520_000, ["figures_scaled"]),
        ("Unit: 10k", 352, ["unit_not_understood"]),
        ("单位：万客户", 352, ["unit_not_understood"]),
        ("Customers in Dayang", 352, []),
        ("客户数（含千人以上单位）", 352, []),
        ("单位：百分点", 352, []),
        ("Unit: DY", 352, []),
        ("（2025）", 352, []),
    ],
)
def test_a_title_that_is_a_unit_without_the_word(
    understood: Callable[..., StagedFile], title: str, expected: float, codes: list[str]
) -> None:
    file = understood([[title], CUSTOMERS, ["2025-11", "大洋", 352]])
    assert (cells(file.sheets[0], "customers"), [code for code, _ in told(file)]) == ([(float(expected),)], codes)
