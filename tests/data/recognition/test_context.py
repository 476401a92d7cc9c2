"""What stands around a table: its month and year, in titles and names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from data.model.staged import StagedFile
from tests.data.small_books import told


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        ([["2025年11月客户规模"], ["单位", "客户数"], ["大洋", 5]], "客户.xlsx", "2025-11"),
        ({"2025.11": [["单位", "客户数"], ["大洋", 5]]}, "客户.xlsx", "2025-11"),
        ([["单位", "客户数"], ["大洋", 5]], "客户规模_202511.xlsx", "2025-11"),
        ([["Customers, November 2025"], ["Unit", "Customers"], ["DY", 5]], "customers.xlsx", "2025-11"),
        ([["制表日期：2025年12月"], ["单位", "客户数"], ["大洋", 5]], "客户.xlsx", None),
        ([["单位", "客户数"], ["大洋", 5]], "客户_20251205.xlsx", None),
    ],
)
def test_a_month_that_only_a_title_or_a_name_tells(
    understood: Callable[..., StagedFile], content: Any, name: str, said: str | None
) -> None:
    """A span of months, the day of printing, the day in a file's name are not the month of the figures."""
    file = understood(content, name=name)
    codes = [code for code, _ in told(file)]
    if said is None:
        assert codes == ["required_column_missing"]
    else:
        assert (codes, file.sheets[0].months) == (["month_from_title"], [said])


@pytest.mark.parametrize(
    ("title", "taken"),
    [
        ("2025年1、2月客户", None),
        ("2025年1月和2月客户", None),
        ("2025年1月及2月客户", None),
        ("2025年1,2月客户", None),
        ("2025年1月、2月客户", None),
        ("2025年1与2月客户", None),
        ("Customers, Jan 2025 and Feb 2025", None),
        ("2025年1月至2025年11月客户", None),
        ("2025-01~2025-11客户", None),
        ("2025年1-11月客户", None),
        ("Customers, Sept to Nov 2025", None),
        ("Customers, year to November 2025", None),
        ("截至2025年11月累计客户", None),
        ("截至2025年11月客户", "2025-11"),
        ("月报-2025年11月", "2025-11"),
        ("2025年11月客户（2025-12-03）", "2025-11"),
        ("2025年11月、大洋等地客户", "2025-11"),
    ],
)
def test_a_title_of_two_months_names_no_month(
    understood: Callable[..., StagedFile], title: str, taken: str | None
) -> None:
    file = understood([[title], ["单位", "客户数"], ["大洋", 5]])
    told = [(one.code, one.cell) for one in file.all_findings if one.severity == "error"]
    assert told == ([] if taken else [("month_of_a_span", "A1")])
    assert file.sheets[0].months == ([taken] if taken else [])


@pytest.mark.parametrize(
    ("content", "name", "codes", "said"),
    [
        (
            {"2025年10月": [["2025年11月客户"], ["单位", "客户数"], ["大洋", 5]]},
            "客户.xlsx",
            ["month_from_title", "titles_contradict"],
            "2025-10",
        ),
        (
            [["2025年11月客户"], ["单位", "客户数"], ["大洋", 5]],
            "客户2025年10月.xlsx",
            ["month_from_title", "titles_contradict"],
            "2025-10",
        ),
        ([["2025年11月客户"], ["单位", "客户数"], ["大洋", 5]], "客户202511.xlsx", ["month_from_title"], None),
        (
            [["2025年客户数"], ["单位", "10月", "11月"], ["大洋", 5, 6]],
            "客户2024.xlsx",
            ["year_from_title", "titles_contradict"],
            "2024",
        ),
        (
            [["各市客户数"], ["制表日期：2026-01-05"], ["单位", "10月", "11月"], ["大洋", 5, 6]],
            "客户2025.xlsx",
            ["year_from_name"],
            None,
        ),
        (
            [["各市客户数"], ["2026-01-05 打印"], ["单位", "10月", "11月"], ["大洋", 5, 6]],
            "客户2025.xlsx",
            ["year_from_name"],
            None,
        ),
        (
            [["各市客户数"], ["制表日期：2026-01-05"], ["单位", "2025年10月", "2025年11月"], ["大洋", 5, 6]],
            "客户2026.xlsx",
            [],
            None,
        ),
    ],
)
def test_where_a_month_or_a_year_is_from_and_what_says_otherwise(
    understood: Callable[..., StagedFile], content: Any, name: str, codes: list[str], said: str | None
) -> None:
    """The day of printing is no year of the figures."""
    file = understood(content, name=name)
    assert [code for code, _ in told(file)] == codes
    assert {month[:4] for month in file.sheets[0].months} == {"2025"}
    others = [finding.params["said"] for finding in file.all_findings if finding.code == "titles_contradict"]
    assert others == ([said] if said else [])


@pytest.mark.parametrize(
    ("title", "name", "codes"),
    [
        ("2026年1月5日", "客户.xlsx", None),
        ("客户数（2026-01-05）", "客户.xlsx", None),
        ("日期：2026年1月5日", "客户.xlsx", None),
        ("2026/1/5", "客户.xlsx", None),
        ("2026.01.05", "客户.xlsx", None),
        ("5 January 2026", "客户.xlsx", None),
        ("January 5th, 2026", "客户.xlsx", None),
        ("2026年1月5日", "客户2025.xlsx", ["year_from_name"]),
        ("2025年", "客户.xlsx", ["year_from_title"]),
        ("2025年1-2月", "客户.xlsx", ["year_from_title"]),
        ("2025年1月1日至2025年2月28日", "客户.xlsx", ["year_from_title"]),
    ],
)
def test_a_bare_date_is_no_year_of_the_figures(
    understood: Callable[..., StagedFile], title: str, name: str, codes: list[str] | None
) -> None:
    """It is the day of printing, unless it is one end of a span; where a title tells the year, that is told."""
    file = understood([["各市客户数"], [title], ["单位", "1月", "2月"], ["大洋", 5, 6]], name=name)
    assert file.refused == (codes is None)
    assert [month for sheet in file.sheets for month in sheet.months] == (["2025-01", "2025-02"] if codes else [])
    assert codes is None or [code for code, _ in told(file)] == codes
