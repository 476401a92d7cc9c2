"""The waterfall from literals: its end is the sum of its steps."""

from __future__ import annotations

import pytest

from charts.waterfall import waterfall_chart


def test_the_end_is_what_the_steps_come_to() -> None:
    (bars,) = waterfall_chart([("Snapshot", 1000.0), ("Left", -120.0), ("Value lost", -30.0)], "Retained").data
    assert list(bars.measure) == ["absolute", "relative", "relative", "total"]
    assert list(bars.y) == [1000, -120, -30, 850]
    assert bars.text[-1].endswith("85.0%")


@pytest.mark.parametrize("name", ["<b>x</b>", "<script>alert(1)</script>"])
def test_names_are_shown_as_they_are(name: str) -> None:
    (bars,) = waterfall_chart([(name, 0.0)], "end").data
    assert "<" not in bars.x[0]
