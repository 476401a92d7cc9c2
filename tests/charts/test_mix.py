"""The channel mix from literals."""

from __future__ import annotations

import pandas as pd
import pytest

from charts.mix import SHADES, mix_chart


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


def test_a_name_is_escaped_once() -> None:
    frame = pd.DataFrame([("2025-01", "r", 1.0), ("2025-01", "s", 3.0)], columns=["month", "segment", "value"])
    figure = mix_chart(frame, names={"r": "R&D <b>"}, order=("r", "s"), accented=())
    assert figure.layout.annotations[0].text.replace("<br>", " ") == "R&amp;D &lt;b&gt; 25.0%"
    assert figure.data[0].hovertext == ("R&amp;D &lt;b&gt; · 2025-01 · 25.0%",)
