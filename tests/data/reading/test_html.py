"""Web pages named .xls: what a reader of the page sees is read, wherever it stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from data.reading import Sheet, read_file

HEAD = "<tr><td>月份<td>单位<td>投诉量</tr>"
TABLE = [["月份", "单位", "投诉量"], ["2025-11", "大洋", "12"]]


def sheets(tmp_path: Path, body: str, head: str = "") -> list[Sheet]:
    path = tmp_path / "t.xls"
    path.write_text(f"<html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>", "utf-8")
    return read_file(path).sheets


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("<table><tr><td>12</td></tr></table>", "12"),
        ("<div><table><tr><td><table><tr><td>12</table></table></div>", "12"),
        ("<span style='display:none'>00012</span>12", "12"),
        ("<span class=k>00012</span>12", "12"),
        ("<span hidden>00012</span>12", "12"),
        ("<span class='row hidden'>0</span>12", "012"),
        ("<i style='VISIBILITY: hidden'>9</i>12", "12"),
        ("12<sup>[1]</sup>", "12"),
        ("12<span style='vertical-align: super'>1</span>", "12"),
        ("<del>9</del><ins>12</ins>", "12"),
        ("<strike><font>9</font></strike>12", "12"),
        ("<span class=old>9</span>12", "12"),
        ("1<b>2</b>", "12"),
        ("10<sup>3</sup>", "10³"),
    ],
)
def test_a_value(cell: str, value: str, tmp_path: Path) -> None:
    style = (
        "<style><!-- .k, .x {display : none} span.old {text-decoration: line-through} @media print "
        "{b{display:none}} --></style>"
    )
    (sheet,) = sheets(tmp_path, f"<table>{HEAD}<tr><td>2025-11<td>大洋<td>{cell}</tr></table>", style)
    assert sheet.rows == [TABLE[0], ["2025-11", "大洋", value]]


def test_a_table_that_frames_another_is_its_title(tmp_path: Path) -> None:
    inner = f"<table>{HEAD}<tr><td>2025-11<td>大洋<td>12</tr></table>"
    (sheet,) = sheets(tmp_path, f"<table><tr><td>投诉月报</td></tr><tr><td>{inner}</td></tr></table>")
    assert sheet.rows == [["投诉月报"], *TABLE]


@pytest.mark.parametrize(
    ("body", "rows", "hidden_rows", "hidden_columns"),
    [
        (f"<table>{HEAD}<tr style='display:none'><td>2025-11<td>大洋<td>12</tr></table>", TABLE, {2}, set()),
        (f"<table>{HEAD}<tr><td>2025-11<td style='display:none'>x<td>大洋<td>12</tr></table>", TABLE, set(), set()),
        (
            "<table><tr><td hidden>键<td>月份</tr><tr><td hidden>1<td>2025-11</tr></table>",
            [["键", "月份"], ["1", "2025-11"]],
            set(),
            {0},
        ),
    ],
)
def test_hidden_rows_and_cells(
    body: str, rows: list[list[Any]], hidden_rows: set[int], hidden_columns: set[int], tmp_path: Path
) -> None:
    (sheet,) = sheets(tmp_path, body)
    assert (sheet.rows, sheet.hidden_rows, sheet.hidden_columns) == (rows, hidden_rows, hidden_columns)


def test_what_a_style_sheet_may_hide_and_cannot_be_told_is_said(tmp_path: Path) -> None:
    (sheet,) = sheets(tmp_path, f"<table>{HEAD}</table>", "<style>.a td:nth-child(2) {display:none}</style>")
    assert sheet.unseen
