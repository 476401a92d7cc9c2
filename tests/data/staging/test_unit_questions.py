"""Whether figures are in the unit that a header or a title names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from data.core.home import Home
from data.intake.workbook import StagingOptions, stage_workbook
from data.loading.commit import load
from data.loading.plan import LoadOptions
from data.model.choices import Choices
from data.model.profile import MonthSource, Profile, UnitSource
from tests.data.small_books import ORGANISATION, TODAY

HEADS = ["月份", "单位", "客户数", "中高端客户数"]
WHOLE, SMALL = [251124, 198344], [25.1124, 19.8344]


def book(path: Path, figures: list[Any], *, form: str = "General", unit: str = "", title: str = "") -> Path:
    """Customers of two cities, the figures in this number format; a unit in the header, or a title."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    if title:
        sheet.append([title])
    sheet.append(["月份", "单位", f"客户数{unit}"])
    for city, figure in zip(("大洋", "临江"), figures, strict=True):
        sheet.append(["2025-11", city, figure])
        sheet.cell(sheet.max_row, 3).number_format = form
    made.save(path)
    return path


CASES = [
    # figures, number format, unit in the header, title -> customers, or None where it is asked, and the codes told
    (WHOLE, "General", "", "", WHOLE, []),
    (WHOLE, "0!.0,", "", "单位：万户", WHOLE, ["unit_only_shown"]),
    (WHOLE, "0!.0000", "（万户）", "", WHOLE, ["unit_only_shown"]),
    (WHOLE, "#,##0,", "（千户）", "", WHOLE, ["unit_only_shown"]),
    (WHOLE, "#,##0,", " (thousands)", "", WHOLE, ["unit_only_shown"]),
    (WHOLE, '0!.0,"万"', "", "", WHOLE, ["unit_only_shown"]),
    (WHOLE, "#,##0,", "", "", WHOLE, []),
    (SMALL, "0.0", "（万户）", "", WHOLE, ["figures_scaled"]),
    (SMALL, '0.00"万"', "", "", WHOLE, []),
    (SMALL, '0.00"万"', "（万户）", "", WHOLE, []),
    (WHOLE, "#,##0,", "（万户）", "", None, ["unit_and_format_differ"]),
    (SMALL, '0.0"千"', "（万户）", "", None, ["unit_and_format_differ"]),
    (WHOLE, "General", "（万户）", "", None, ["unit_beyond_likelihood"]),
    (WHOLE, "General", "", "Unit: thousands", None, ["unit_beyond_likelihood"]),
    ([251, 198], "General", "（千户）", "", [251000, 198000], ["figures_scaled"]),
]


@pytest.mark.parametrize(("figures", "form", "unit", "title", "expected", "codes"), CASES)
def test_the_unit_is_held_against_the_number_format(
    tmp_path: Path, figures: list, form: str, unit: str, title: str, expected: list | None, codes: list
) -> None:
    staged = stage_workbook(
        book(tmp_path / "c.xlsx", figures, form=form, unit=unit, title=title), ORGANISATION, today=TODAY
    )
    told = [finding.code for finding in staged.all_findings]
    assert [code for code in told if code in set(codes) | {"figures_scaled"}] == codes
    assert staged.refused == (expected is None)
    if expected is not None:
        assert staged.sheets[0].frame["customers"].tolist() == expected


@pytest.mark.parametrize(("answer", "expected"), [("ones", WHOLE), ("stated", [2511240000, 1983440000])])
def test_what_is_open_is_answered(tmp_path: Path, answer: str, expected: list) -> None:
    path = book(tmp_path / "c.xlsx", WHOLE, form="#,##0,", unit="（万户）")
    staged = stage_workbook(path, ORGANISATION, StagingOptions(choices=Choices(answers={"units": answer})), today=TODAY)
    assert not staged.refused
    assert staged.sheets[0].frame["customers"].tolist() == expected


def test_a_profile_is_no_way_round(tmp_path: Path) -> None:
    profile = Profile(
        "p",
        "customers",
        MonthSource(column="月份"),
        UnitSource(columns=("单位",)),
        columns={"customers": "客户数（万户）"},
    )
    options = StagingOptions(profile=profile)
    shown = stage_workbook(
        book(tmp_path / "a.xlsx", WHOLE, form="0!.0,", unit="（万户）"), ORGANISATION, options, today=TODAY
    )
    assert shown.sheets[0].frame["customers"].tolist() == WHOLE
    asked = stage_workbook(book(tmp_path / "b.xlsx", WHOLE, unit="（万户）"), ORGANISATION, options, today=TODAY)
    assert "unit_beyond_likelihood" in {finding.code for finding in asked.all_findings}


@pytest.mark.parametrize(
    ("header", "cells", "form", "expected"),
    [
        ("得分", [0.865, 0.9], "0.0%", [86.5, 90]),
        ("得分", [86.5, 90], "0.0", [86.5, 90]),
        ("得分（‰）", [865, 900], "0", [86.5, 90]),
    ],
)
def test_per_cent_that_is_only_shown(tmp_path: Path, header: str, cells: list, form: str, expected: list) -> None:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append(["月份", "单位", "调查类型", "触点", header])
    for touchpoint, cell in zip(("综合", "营业厅"), cells, strict=True):
        sheet.append(["2025-11", "大洋", "标准", touchpoint, cell])
        sheet.cell(sheet.max_row, 5).number_format = form
    made.save(tmp_path / "s.xlsx")
    staged = stage_workbook(tmp_path / "s.xlsx", ORGANISATION, today=TODAY)
    assert not staged.refused, [finding.message() for finding in staged.all_findings]
    assert staged.sheets[0].frame["score"].tolist() == pytest.approx(expected)


def test_a_unit_in_words_is_held_against_the_months_before(home: Home, loads, write) -> None:
    """Thousands of what was counted in ones before, though each figure for itself could be."""
    loads("before.csv", "month unit customers", *((f"2025-{month:02}", "A", 2500 + month) for month in range(1, 7)))
    paths = [write("after.csv", "month unit customers(thousands)", ("2025-07", "A", 2507))]
    done = load(home, paths, LoadOptions(dry_run=True))
    assert [finding.code for finding in done.files[0].findings if finding.severity == "error"] == [
        "unit_against_history"
    ]
    said = LoadOptions(choices=Choices(answers={"units": "ones"}))
    frame = load(home, paths, said).files[0].staged.sheets[0].frame
    assert frame["customers"].tolist() == [2507]
