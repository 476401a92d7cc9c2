"""What people wrote is in all three exports: events on native charts, notes beside their chart, actions with their
course since.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pptx import Presentation

TARIFF, NOTE, ACTION = "融合套餐新资费上线", "跌破控制下限，为三年来最低", "统一新资费解释口径"


@pytest.fixture(scope="module")
def show(written: dict[str, Path]) -> Any:
    return Presentation(str(written[".pptx"]))


def slides(show: Any) -> list[tuple[str, str]]:
    """Title and all other words of every slide, tables included."""
    found = []
    for slide in show.slides:
        texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        cells = [
            cell.text_frame.text
            for shape in slide.shapes
            if shape.has_table
            for row in shape.table.rows
            for cell in row.cells
        ]
        found.append((slide.shapes.title.text_frame.text, "\n".join([*texts, *cells])))
    return found


def test_events_on_the_slides_charts(show: Any) -> None:
    charts = [shape.chart for slide in show.slides for shape in slide.shapes if shape.has_chart]
    marked = {}
    for chart in charts:
        for series in chart.plots[0].series:
            if series.name == TARIFF:
                assert series.data_labels.show_series_name
                months = [str(month) for month in chart.plots[0].categories]
                marked[chart.plots[0].series[1].name] = [
                    month for month, value in zip(months, series.values, strict=True) if value is not None
                ]
    # It concerns complaints per 10,000 customers and no other metric.
    assert list(marked.values()) == [["2025-09"]]


def test_notes_and_actions_on_the_slides(show: Any) -> None:
    found = slides(show)
    assert any(NOTE in words for title, words in found if title.startswith("网络质量满意度"))
    assert any(NOTE in words for title, words in found if title.startswith("点评意见"))
    title, words = next((title, words) for title, words in found if title.startswith("改进措施"))
    assert "已完成 1 项" in title.replace("已完成1项", "已完成 1 项")
    assert ACTION in words
    assert "已逾期" in words


def test_events_notes_and_actions_in_the_workbook(written: dict[str, Path], card: dict[str, Any]) -> None:
    book = load_workbook(written[".xlsx"])
    page = book["月度 万客户投诉量"]
    header = [cell.value for cell in page[1]]
    told = {
        row[0].value: row[header.index("大事记")].value
        for row in page.iter_rows(min_row=2)
        if row[header.index("大事记")].value
    }
    assert told == {"2024-07": "台风致光缆中断", "2025-08": "传输设备故障", "2025-09": TARIFF}
    names = [series.tx.v for chart in page._charts for series in chart.series if series.tx.v]
    assert names == list(told.values())
    assert any(NOTE in str(cell.value) for row in book["点评意见"].iter_rows() for cell in row)
    actions = [
        dict(zip([cell.value for cell in book["改进措施及成效"][1]], [cell.value for cell in row], strict=True))
        for row in book["改进措施及成效"].iter_rows(min_row=2)
    ]
    action = next(row for row in actions if str(row["改进措施"]).startswith(ACTION))
    assert action["本期"] == pytest.approx(card["complaints_per_10k"]["value"], rel=1e-14)
    assert action["此后变化"] == pytest.approx(100 * (action["本期"] / action["提出时"] - 1), rel=1e-9)


def test_events_notes_and_actions_on_the_page(written: dict[str, Path]) -> None:
    source = written[".html"].read_text("utf-8")
    body = re.sub(r"<script.*?</script>", "", source, flags=re.DOTALL)
    assert f"<p>周敏：降至76.91，{NOTE}" in body
    assert body.count(ACTION) == 1
    assert TARIFF in body
    drawn = source.encode().decode("unicode_escape", errors="ignore") if TARIFF not in source else source
    assert drawn.count(TARIFF) >= 2
