"""The channel mix from literals."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts.mix import SHADES, mix_chart, spread


def test_shares_of_each_month() -> None:
    frame = pd.DataFrame(
        [
            ("2025-01", "app", 30.0),
            ("2025-01", "agent", 70.0),
            ("2025-02", "app", 1.0),
            ("2025-02", "agent", 1.0),
            ("2025-02", "x", 2.0),
        ],
        columns=["month", "segment", "value"],
    )
    figure = mix_chart(frame, names={"app": "App", "agent": "Agent"}, order=("app", "agent"), accented=("app",))
    app, agent, other = figure.data
    assert list(app.y) == pytest.approx([30, 25])
    assert list(agent.y) == pytest.approx([70, 25])
    assert list(other.y) == pytest.approx([0, 50])
    assert app.marker.color == SHADES["light"][0]
    assert [a.text for a in figure.layout.annotations] == ["App 25.0%", "Agent 25.0%", "x 50.0%"]


@given(st.lists(st.floats(0.1, 60), min_size=1, max_size=9))
def test_labels_never_touch(parts: list[float]) -> None:
    total, base, labels = sum(parts), 0.0, []
    for part in parts:
        labels.append((100 * (base + part / 2) / total, "x"))
        base += part
    placed = [y for y, _ in spread(labels, 5)]
    assert all(b - a >= 5 - 1e-9 for a, b in pairwise(placed))
    assert max(placed) <= 100
