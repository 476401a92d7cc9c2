"""A name of several units means the one that is open in the row's month; a code may lack its leading zeros."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook

from data.intake.workbook import StagingOptions, stage_workbook
from data.model.choices import Choices
from data.model.organisation import UNIT_COLUMNS, Organisation
from data.model.staged import StagedFile

UNITS = [
    ("P", "全省", "province", None, None, [], None, None),
    ("0571", "杭州", "city", "P", None, ["Hangzhou"], None, None),
    ("010", "北京", "city", "P", None, [], None, None),
    # Closed, and open again as another unit of the same name; one between them has it as an alias.
    ("H1", "中山路厅", "hall", "010", None, [], None, "2024-06"),
    ("H2", "临时厅", "hall", "010", None, ["中山路厅"], "2024-08", "2024-09"),
    ("H3", "中山路厅", "hall", "010", None, [], "2024-11", None),
    # Open side by side.
    ("C1", "城关", "county", "0571", None, [], None, None),
    ("C2", "城关", "county", "010", None, [], "2024-05", None),
]


@pytest.fixture
def organisation() -> Organisation:
    frame = pd.DataFrame(UNITS, columns=list(UNIT_COLUMNS))
    return Organisation(frame.assign(opened=pd.to_datetime(frame["opened"]), closed=pd.to_datetime(frame["closed"])))


def staged(folder: Path, organisation: Organisation, rows: list, **answers: str) -> StagedFile:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))  # type: ignore[union-attr]
    book.save(path := folder / "报表.xlsx")
    return stage_workbook(path, organisation, StagingOptions(choices=Choices(answers=answers)))


@pytest.mark.parametrize(
    ("name", "month", "expected"),
    [
        ("中山路厅", "2024-06", "H1"),
        ("中山路厅", "2024-07", None),
        ("中山路厅", "2024-08", "H2"),
        ("中山路厅", "2024-11", "H3"),
        ("城关", "2024-04", "C1"),
        ("城关", "2024-05", None),
        ("杭州/城关", "2024-05", "C1"),
    ],
)
def test_a_name_means_the_unit_open_in_the_rows_month(
    tmp_path: Path, organisation: Organisation, name: str, month: str, expected: str | None
) -> None:
    found = staged(tmp_path, organisation, [("月份", "单位", "客户数"), (month, name, 100), ("2024-01", "北京", 7)])
    assert found.sheets[0].frame["key_unit"].tolist()[0] == expected
    assert found.sheets[0].frame["unit"].tolist() == [expected, "010"]
    open_ = [finding.cell for finding in found.all_findings if finding.code == "ambiguous_unit"]
    assert open_ == ([] if expected else ["B2"])


def test_each_month_of_a_wide_row_has_its_unit(tmp_path: Path, organisation: Organisation) -> None:
    rows = [("单位", "指标", "2024-05", "2024-06", "2024-11"), ("中山路厅", "x", 1, 2, 3), ("北京", "x", 4, 5, 6)]
    sheet = staged(tmp_path, organisation, rows).sheets[0]
    hall = sheet.frame[sheet.frame["row"] == 2]
    assert hall["key_unit"].tolist() == ["H1", "H1", "H3"]


@pytest.mark.parametrize(
    ("text", "answer", "expected"),
    [
        (571, None, None),
        ("571", None, None),
        (571, "with_zeros", "0571"),
        (10, "with_zeros", "010"),
        ("0571", None, "0571"),
    ],
)
def test_a_code_without_its_zeros_is_proposed(
    tmp_path: Path, organisation: Organisation, text: object, answer: str | None, expected: str | None
) -> None:
    rows = [("月份", "单位", "客户数"), ("2024-01", text, 100), ("2024-01", "全省", 7)]
    found = staged(tmp_path, organisation, rows, **({"codes": answer} if answer else {}))
    assert found.sheets[0].frame["key_unit"].tolist() == [expected, "P"]
    said = [finding for finding in found.all_findings if finding.code == "code_without_zeros"]
    assert [(finding.cell, finding.params["code"], finding.params["unit"]) for finding in said] == (
        [] if expected else [("B2", "0571", "杭州")]
    )
    assert organisation.find_misspelt("571") == "0571"
    assert organisation.nearest("571")[0] == "杭州"


@pytest.mark.parametrize(
    ("answer", "codes", "expected"),
    [(None, ["571", "C9"], {"A2"}), ("with_zeros", ["0571", "C9"], set()), ("as_written", ["571", "C9"], set())],
)
def test_a_units_file_does_not_make_a_second_unit_of_a_code_without_zeros(
    tmp_path: Path, organisation: Organisation, answer: str | None, codes: list[str], expected: set[str]
) -> None:
    rows = [("编码", "名称", "层级", "上级单位"), (571, "杭州", "市", "P"), ("C9", "新县", "县", 571)]
    found = staged(tmp_path, organisation, rows, **({"codes": answer} if answer else {}))
    assert found.sheets[0].frame["code"].tolist() == codes
    assert {one.cell for one in found.all_findings if one.code == "unit_code_without_zeros"} == expected
    if answer == "with_zeros":
        assert found.sheets[0].frame["parent"].tolist() == ["P", "0571"]
        assert not found.refused
