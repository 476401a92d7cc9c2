"""The examples of docs/profiles.md: each gives the rows that it shows, and together they name every entry there is."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, get_args, get_type_hints

import pandas as pd
import pytest

from data.core.text import cell_text
from data.model.profile import Profile
from data.model.staged import StagedSheet
from data.profiles import read_profile
from tests.conftest import ROOT
from tests.data.profiles.plain import applied, organisation

DOCUMENT = (ROOT / "docs" / "profiles.md").read_text("utf-8")
UNITS = organisation(("GD", "广东省", "province", None), ("GZ", "广州", "city", "GD"), ("SZ", "深圳", "city", "GD"))
FENCE = re.compile(r"^```(\w+)(?: (\w+))?(?: ([^\n]*))?\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@dataclass
class Example:
    """One example: its source rows with names of sheet and file, its profile, and what must come out of it."""

    source: str
    sheet: str
    file: str
    profile: str = ""
    result: str = ""
    units: str | None = None
    findings: str = ""


def examples() -> Iterator[Example]:
    """Every example of the document; a block of source rows begins one."""
    found: Example | None = None
    for language, role, names, text in FENCE.findall(DOCUMENT):
        if role == "source":
            if found:
                yield found
            said = dict(word.split("=") for word in names.split())
            found = Example(text, said.get("sheet", "Sheet1"), said.get("file", "export.xlsx"))
        elif found and language == "toml":
            found.profile = text
        elif found:
            assert role in ("result", "units", "findings"), role
            setattr(found, role, text)
    if found:
        yield found


def cells_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def typed(rows: list[list[str]]) -> list[list[Any]]:
    """Cells as a spreadsheet holds them: numbers as numbers, empty cells as none."""

    def cell(text: str) -> Any:
        try:
            return float(text) if text else None
        except ValueError:
            return text

    return [[cell(text) for text in row] for row in rows]


def written(staged: StagedSheet, columns: list[str]) -> list[list[str]]:
    """The rows of a staged sheet as the document writes them, the named columns only."""

    def word(value: Any) -> str:
        if value is None or value != value:
            return ""
        if isinstance(value, pd.Timestamp):
            return f"{value:%Y-%m}"
        return f"{value:g}" if isinstance(value, float) else cell_text(value)

    frame = staged.frame[columns].astype("object")
    return [columns, *([word(value) for value in row] for row in frame.itertuples(index=False))]


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.profile[:40].splitlines()[0])
def test_an_example_gives_what_it_shows(example: Example) -> None:
    rows = typed(cells_of(example.source))
    *units, staged = applied(read_profile(example.profile), rows, UNITS, file=example.file, name=example.sheet)
    result = cells_of(example.result)
    assert written(staged, result[0]) == result
    if example.units is not None:
        brought = cells_of(example.units)
        assert written(units[0], brought[0]) == brought
    told = {finding.code for finding in staged.findings if finding.severity != "note"}
    assert sorted(told) == example.findings.split()


def entries_of(kind: type, where: str = "") -> Iterator[str]:
    """Every entry of a record and of the records inside it, as "unit.columns"."""
    hints = get_type_hints(kind)
    for item in fields(kind):
        yield f"{where}{item.name}"
        inside = [hints[item.name], *get_args(hints[item.name])]
        for record in inside:
            if isinstance(record, type) and is_dataclass(record):
                yield from entries_of(record, f"{where}{item.name}.")


def entries_shown(table: Any, where: str = "") -> Iterator[str]:
    """Every entry of a TOML table, in the same words."""
    for one in table if isinstance(table, list) else [table]:
        if isinstance(one, dict):
            for name, value in one.items():
                yield f"{where}{name}"
                yield from entries_shown(value, f"{where}{name}.")


def once(entries: Iterator[str]) -> set[str]:
    """Conditions are one record in three places: an entry of theirs need be shown in one of them."""
    return {
        re.sub(r"^(leave_out\.when|indicators\.where|indicators\.rows)\.", "condition.", entry) for entry in entries
    }


def test_the_examples_show_every_entry() -> None:
    shown = (entry for example in examples() for entry in entries_shown(tomllib.loads(example.profile)))
    assert sorted(once(entries_of(Profile)) - once(shown)) == []
