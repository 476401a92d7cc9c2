"""The ranking from literals."""

from __future__ import annotations

import pandas as pd

from charts.ranking import ranking_chart
from charts.theme import LIGHT
from metrics.metric import Metric


def frame(count: int = 3) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "unit": [f"u{i}" for i in range(count)], "name": [f"U{i}" for i in range(count)], "value": [float(i + 1) for i in range(count)],
            "rank": [float(i + 1) for i in range(count)], "target": [2.0] * count,
        }
    )  # fmt: skip


def test_best_on_top_and_the_chosen_accented(rate: Metric) -> None:
    figure = ranking_chart(frame(), rate, chosen="u1")
    (bars,) = figure.data
    assert bars.type == "bar"
    assert list(bars.x) == [3.0, 2.0, 1.0]
    assert list(bars.marker.color) == [LIGHT.peer, LIGHT.accent, LIGHT.peer]
    assert list(figure.layout.yaxis.ticktext) == ["U2", "<b>U1</b>", "U0"]
    assert figure.layout.annotations[0].text == "Target 2.0"


def test_shares_are_dots(share: Metric) -> None:
    assert ranking_chart(frame(), share).data[0].type == "scatter"


def test_many_units_are_all_drawn_but_only_some_named(rate: Metric) -> None:
    figure = ranking_chart(frame(90), rate, chosen="u40")
    assert len(figure.data[0].x) == 90
    assert list(figure.layout.yaxis.ticktext) == ["U89", "<b>U40</b>", "U0"]


def test_unknown_values_are_left_out(rate: Metric) -> None:
    rows = frame()
    rows.loc[1, "value"] = None
    assert len(ranking_chart(rows, rate).data[0].x) == 2
