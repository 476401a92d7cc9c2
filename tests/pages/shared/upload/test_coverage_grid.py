"""A cell of the coverage grid stands for several branches: it is missing only where all of them are."""

from __future__ import annotations

import pandas as pd
import pytest

from pages.shared.upload.coverage_grid import SIGNS, _cell, combined_state

Branches = list[tuple[str, str, int, list[str]]]


def cells(*branches: tuple[str, str, int, list[str]]) -> pd.DataFrame:
    return pd.DataFrame(branches, columns=["branch", "state", "units", "absent"])


@pytest.mark.parametrize(
    ("branches", "told"),
    [
        ([("A", "loaded", 1, []), ("B", "missing", 0, ["B"])], ("partial", 1, ["B"])),
        ([("A", "loaded", 1, []), ("B", "late", 0, ["B"])], ("partial", 1, ["B"])),
        # Of a branch that came only twice no unit is waited for by name.
        ([("A", "restated", 4, []), ("B", "late", 0, [])], ("partial", 4, ["B"])),
        ([("A", "partial", 4, ["A1"]), ("B", "loaded", 2, [])], ("partial", 6, ["A1"])),
        ([("A", "missing", 0, ["A"]), ("B", "missing", 0, ["B"])], ("missing", 0, ["A", "B"])),
        ([("A", "late", 0, ["A"])], ("late", 0, ["A"])),
        ([("A", "loaded", 1, []), ("B", "restated", 1, [])], ("restated", 2, [])),
    ],
)
def test_several_branches_as_one(branches: Branches, told: tuple[str, int, list[str]]) -> None:
    assert combined_state(cells(*branches)) == told


def test_a_cell_names_who_is_absent() -> None:
    cell = _cell(cells(("A", "loaded", 18, []), ("B", "missing", 0, ["B"])), {"B": "海湖"}.__getitem__, "en")
    assert cell.text == SIGNS["partial"]
    assert cell.hint.endswith("Units: 18 of 19; absent: 海湖")
