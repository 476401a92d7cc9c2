"""Templates: for every spreadsheet type and language, filled in as they are they load."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from openpyxl.utils import get_column_letter

from data.exports.template import write_template
from data.feeds import all_feeds
from data.intake.workbook import stage_workbook
from data.model.feed import Feed
from data.model.organisation import Organisation
from locales import LANGUAGES

UNITS = pd.DataFrame(
    [("P", "海岳省", "province", None, None, [], None, None), ("DY", "大洋", "city", "P", None, [], None, None)],
    columns=["code", "name", "level", "parent", "kind", "aliases", "opened", "closed"],
).astype({"opened": "datetime64[s]", "closed": "datetime64[s]"})


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("feed", all_feeds(), ids=lambda feed: feed.name)
def test_the_example_row_loads(feed: Feed, lang: str, tmp_path: Path) -> None:
    path = write_template(feed, tmp_path / "template.xlsx", lang)
    staged = stage_workbook(path, Organisation(UNITS), today=pd.Timestamp("2026-01-15"))
    assert [sheet.feed.name for sheet in staged.sheets] == [feed.name]
    assert [finding.message() for finding in staged.all_findings if finding.severity == "error"] == []
    assert len(staged.sheets[0].frame) == 1
    assert not staged.sheets[0].ignored


@pytest.mark.parametrize("feed", all_feeds(), ids=lambda feed: feed.name)
def test_texts_and_months_stay_as_typed_in_every_row(feed: Feed, tmp_path: Path) -> None:
    """A cell that is not in the file takes its column's format."""
    path = write_template(feed, tmp_path / "template.xlsx")
    sheet = openpyxl.load_workbook(path).worksheets[0]
    texts = {
        get_column_letter(place)
        for place, column in enumerate(feed.columns, start=1)
        if column.type in ("text", "unit", "month", "period")
    }
    assert {letter for letter, column in sheet.column_dimensions.items() if column.number_format == "@"} == texts
    assert {cell.column_letter for cell in sheet[2] if cell.number_format == "@"} == texts
    assert sheet.max_row == 2
    assert path.stat().st_size < 20_000


@pytest.mark.parametrize("feed", all_feeds(), ids=lambda feed: feed.name)
def test_header_notes_and_lists(feed: Feed, tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(write_template(feed, tmp_path / "template.xlsx", "zh_Hans")).worksheets[0]
    assert sheet.freeze_panes == "A2"
    assert all(cell.comment is not None for cell in sheet[1])
    assert [cell.value.rstrip("*") for cell in sheet[1]] == [column.title.zh_Hans for column in feed.columns]
    listed = sum(column.choices is not None or column.type == "flag" for column in feed.columns)
    assert len(sheet.data_validations.dataValidation) == listed
