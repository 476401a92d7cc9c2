"""The bars of reasons sum to the change, whatever is drawn, and take the colour of the better side."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts.contributions import contributions_chart
from charts.theme import LIGHT
from metrics.definitions import all_metrics

METRICS = {metric.code: metric for metric in all_metrics()}


@given(st.lists(st.floats(-10, 10), min_size=1, max_size=40))
def test_nothing_is_lost(totals: list[float]) -> None:
    frame = pd.DataFrame({"name": [f"u{n}" for n in range(len(totals))], "within": totals, "mix": 0.0, "total": totals})
    bars = contributions_chart(frame, METRICS["complaints_per_10k"], rest="Others").data[0]
    assert sum(bars.x) == pytest.approx(sum(totals), abs=1e-9)
    assert len(bars.x) <= 10


@pytest.mark.parametrize(
    ("metric", "colours"),
    [("complaints_per_10k", [LIGHT.better, LIGHT.worse]), ("first_contact_resolution", [LIGHT.worse, LIGHT.better])],
)
def test_colours_follow_the_better_direction(metric: str, colours: list[str]) -> None:
    frame = pd.DataFrame({"name": ["up", "down"], "within": [1.0, -2.0], "mix": 0.0, "total": [1.0, -2.0]})
    assert list(contributions_chart(frame, METRICS[metric], rest="Others").data[0].marker.color) == colours
