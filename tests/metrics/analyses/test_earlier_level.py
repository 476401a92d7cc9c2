"""The months that a verdict holds its own against."""

from __future__ import annotations

import pytest

from metrics.analyses.earlier_level import level_before, span_in_words
from metrics.analyses.explain import explain
from metrics.analyses.scorecard import scorecard
from metrics.engine.figures import Figures
from metrics.model.record import records_of


@pytest.mark.parametrize(
    ("jump", "shift_since", "signal", "period", "expected"),
    [
        ("high", None, "signal", "month", "2024-11..2025-10"),
        ("low", "2025-08", "signal", "month", "2025-08..2025-10"),
        ("high", "2025-11", "signal", "month", "2024-11..2025-10"),
        (None, "2025-06", "signal", "month", "2024-06..2025-05"),
        (None, "2023-03", "signal", "month", None),
        (None, "2023-03", "noise", "month", None),
        (None, None, "noise", "month", None),
        ("high", None, "signal", "quarter", None),
    ],
)
def test_jump_and_shift(
    sample: Figures, jump: str | None, shift_since: str | None, signal: str, period: str, expected: str | None
) -> None:
    row = {"jump": jump, "shift_since": shift_since, "signal": signal, "course": "level"}
    assert level_before(sample, row, period, "2025-11") == expected  # type: ignore[arg-type]
    assert level_before(sample, {**row, "course": "rising"}, period, "2025-11") is None  # type: ignore[arg-type]


def test_it_begins_with_what_is_known(sample: Figures) -> None:
    row = {"jump": None, "shift_since": "2023-03", "signal": "signal", "course": "level"}
    assert level_before(sample, row, "month", "2023-06") == "2022-12..2023-02"  # type: ignore[arg-type]


def test_the_change_that_is_explained_is_the_one_that_is_said(sample: Figures) -> None:
    """Of every metric of some cities that jumped or shifted within the year: the same direction as the verdict."""
    checked = 0
    for unit in ("DY", "BP", "YZ", "SL"):
        for row in records_of(scorecard(sample, unit, "2025-11")):
            before = level_before(sample, row, "month", "2025-11")
            if before is None or sample.axes.metric(row["metric"]).components:
                continue
            found = explain(sample, row["metric"], unit, "2025-11", "month", before)
            up = row["jump"] == "high" if row["jump"] else row["shift_change"] > 0
            assert (found.change > 0) == up, (unit, row["metric"], row["verdict"], found.change)
            assert found.before == before
            checked += 1
    print(f"{checked} changes")
    assert checked > 5


def test_a_span_in_words() -> None:
    assert (span_in_words("2024-06..2025-05"), span_in_words("2025-05")) == ("2024-06 – 2025-05", "2025-05")
