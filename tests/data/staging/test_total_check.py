"""A sheet's total row is its rows' sum, or a question that says which rows would explain the difference."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from data.model.staged import StagedFile
from tests.data.small_books import COMPLAINTS, CUSTOMERS, Rows

Understood = Callable[..., StagedFile]
THREE = [["2025-11", "大洋", 100], ["2025-11", "临江", 50], ["2025-11", "白山", 7]]
TWICE = "It would be right without one of the rows 3 (临江), 5 (临江), which may be the same one."
SCALED = ["月份", "单位", "客户数（万户）"]


def differing(file: StagedFile) -> list[str]:
    """The messages of totals that differ, without their first sentence."""
    found = [one for one in file.all_findings if one.code == "total_differs"]
    return [one.message().split(". ", 1)[1] if ". " in one.message() else "" for one in found]


@pytest.mark.parametrize(
    ("rows", "total", "explained"),
    [
        (THREE, 157, None),
        (THREE[:2], 157, "There is no row of 白山."),
        ([*THREE[:2], ["2025-11", "白山", None]], 157, "There is no figure in row 4 (白山)."),
        (THREE, 150, "It would be right without row 4 (白山)."),
        ([*THREE, THREE[1]], 157, TWICE),
        (THREE, 207, "It would be right if row 3 (临江) counted twice."),
        ([["小计", "", 7], *THREE[:2]], 157, "It would be right with row 2, which was left out."),
        (THREE, 158, ""),
    ],
)
def test_what_would_explain_a_difference_is_named(
    understood: Understood, rows: Rows, total: int, explained: str | None
) -> None:
    file = understood([COMPLAINTS, *rows, ["合计", "", total]])
    told = differing(file)
    assert told[-1:] == ([] if explained is None else [explained])
    assert file.refused == (explained is not None)


def test_a_row_explains_a_difference_only_with_all_its_figures(understood: Understood) -> None:
    header = ["月份", "单位", "投诉量", "升级投诉量"]
    rows = [["2025-11", "大洋", 10, 1], ["2025-11", "临江", 20, 2], ["2025-11", "白山", 10, 3]]
    assert (
        differing(understood([header, *rows, ["合计", "", 30, 3]])) == ["It would be right without row 4 (白山)."] * 2
    )
    assert differing(understood([header, *rows, ["合计", "", 30, 6]])) == [""]


def test_the_analyst_goes_on_knowingly(understood: Understood) -> None:
    file = understood([COMPLAINTS, *THREE, ["合计", "", 150]], answers={"totals": "as_read"})
    assert not file.refused
    assert [(one.code, one.severity, one.cell) for one in file.all_findings if "differs" in one.code] == [
        ("total_differs_as_read", "warning", "C5")
    ]


@pytest.mark.parametrize(
    ("header", "rows", "total"),
    [
        (SCALED, [["2025-11", "大洋", 10.04], ["2025-11", "临江", 20.04], ["2025-11", "白山", 5.04]], 35.13),
        (SCALED, [["2025-11", unit, 10.123456] for unit in ("大洋", "临江", "白山")], 30.4),
        (CUSTOMERS, THREE, 157 / 3),
        (CUSTOMERS, [["2025-10", "大洋", 90], ["2025-10", "临江", 40], *THREE[:2]], 150),
        (CUSTOMERS, [["2025-10", "大洋", 90], ["2025-10", "临江", 40], *THREE[:2]], 140),
        (COMPLAINTS, [["2025-11", "海岳省", 157], *THREE], 157),
        (
            ["月份", "单位", "投诉类别", "投诉量（去重）"],
            [["2025-11", "大洋", kind, 9] for kind in ("资费", "网络")],
            12,
        ),
    ],
    ids=[
        "rounded",
        "rounded total",
        "mean",
        "last month of a stock",
        "mean of a stock",
        "own row of the whole",
        "counted once",
    ],
)
def test_other_totals_than_sums_are_not_called_wrong(
    understood: Understood, header: list[str], rows: Rows, total: Any
) -> None:
    below = ["合计", *[""] * (len(header) - 2), total]
    assert differing(understood([header, *rows, below])) == []


@pytest.mark.parametrize(
    ("header", "rows", "total"),
    [
        (SCALED, [["2025-11", "大洋", 10.04], ["2025-11", "临江", 20.04], ["2025-11", "白山", 5.04]], 36.12),
        (COMPLAINTS, [["2025-11", "海岳省", 157], *THREE], 158),
        (
            ["月份", "单位", "充值渠道", "充值金额"],
            [["2025-11", "大洋", "APP", 10.5], ["2025-11", "临江", "APP", 9.5]],
            21,
        ),
    ],
)
def test_a_difference_beyond_rounding_is_an_error(
    understood: Understood, header: list[str], rows: Rows, total: Any
) -> None:
    below = ["合计", *[""] * (len(header) - 2), total]
    assert understood([header, *rows, below]).refused
