"""The slides, read back: native charts with the numbers of the command line, and nothing outside the frame."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation

from reports.deck import HEIGHT, INNER, WIDTH
from reports.text_fit import line_count


@pytest.fixture(scope="module")
def show(written: dict[str, Path]) -> Any:
    return Presentation(str(written[".pptx"]))


def charts(show: Any) -> list[tuple[str, Any]]:
    return [
        (slide.shapes.title.text_frame.text, shape.chart)
        for slide in show.slides
        for shape in slide.shapes
        if shape.has_chart
    ]


def test_every_slide_has_a_title_a_footer_and_a_number(show: Any, pack: dict[str, Any]) -> None:
    assert len(show.slides) == pack["slides"] > 15
    assert (show.slide_width / 914_400, show.slide_height / 914_400) == pytest.approx((WIDTH, HEIGHT), abs=0.01)
    for number, slide in enumerate(show.slides, start=1):
        texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        assert slide.shapes.title.text_frame.text
        assert any(f"版本 {pack['version']}" in words for words in texts)
        assert 'type="slidenum"' in "".join(shape._element.xml for shape in slide.shapes if shape.has_text_frame), (
            number
        )


def test_scorecard_rows_are_all_there(show: Any, card: dict[str, Any], names: dict[str, str]) -> None:
    shown = [
        row.cells[0].text_frame.text
        for slide in show.slides
        if slide.shapes.title.text_frame.text.startswith("指标总览")
        for shape in slide.shapes
        if shape.has_table
        for row in list(shape.table.rows)[1:]
    ]
    assert shown == [names[code] for code in card]


def test_native_charts_hold_the_numbers_of_the_command_line(
    show: Any, card: dict[str, Any], names: dict[str, str]
) -> None:
    found = {}
    for _, chart in charts(show):
        for series in chart.plots[0].series:
            found.setdefault(series.name, []).append(list(series.values))
    assert card["complaints_per_10k"]["value"] in found[names["complaints_per_10k"]][0], found.keys()
    network = [values for values in found["大洋"] if values[-1] == card["satisfaction_network"]["value"]]
    assert len(network) == 1
    attained = [value for values in found["完成率"] for value in values]
    complaints = (
        "complaints_per_10k",
        "escalated_complaints",
        "repeat_share",
        "first_contact_resolution",
        "on_time_resolution",
    )
    assert {card[code]["attainment"] for code in complaints} <= set(attained)


def test_nothing_lies_outside_the_slide_and_titles_fit(show: Any) -> None:
    for slide in show.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= show.slide_width + 10
            assert shape.top + shape.height <= show.slide_height + 10, slide.shapes.title.text_frame.text
        run = slide.shapes.title.text_frame.paragraphs[0].runs[0]
        assert line_count(run.text, run.font.size.pt, INNER) <= 3


def test_speaker_notes_say_what_is_meant(show: Any) -> None:
    notes = [slide.notes_slide.notes_text_frame.text for slide in show.slides if slide.has_notes_slide]
    assert any("万客户投诉量" in words and "来源" in words for words in notes)


def test_theme_fonts_carry_chinese(written: dict[str, Path]) -> None:
    import zipfile

    with zipfile.ZipFile(written[".pptx"]) as archive:
        theme = archive.read("ppt/theme/theme1.xml").decode()
    assert '<a:ea typeface="Microsoft YaHei"' in theme
    assert 'script="Hant" typeface="Microsoft JhengHei"' in theme
