"""Cohort curves from literals: one line per snapshot, the newest accented and named."""

from __future__ import annotations

import pandas as pd

from charts.cohorts import cohort_chart
from charts.theme import LIGHT

FRAME = pd.DataFrame(
    [
        ("2023-12", 1, "2024-01", 100.0, 99.0),
        ("2023-12", 2, "2024-02", 100.0, 98.0),
        ("2024-12", 1, "2025-01", 200.0, 97.0),
    ],
    columns=["snapshot", "months_since", "month", "customers", "share"],
)


def test_lines_and_names() -> None:
    figure = cohort_chart(FRAME, x_title="Months")
    old, new = figure.data
    assert (list(old.x), list(old.y)) == ([1, 2], [99.0, 98.0])
    assert (old.line.color, new.line.color) == (LIGHT.peer, LIGHT.accent)
    assert {note.text for note in figure.layout.annotations} == {"2023-12 98.0%", "2024-12 97.0%"}


def test_nothing() -> None:
    assert len(cohort_chart(FRAME.iloc[:0], x_title="Months").data) == 0
