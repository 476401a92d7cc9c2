"""Trends: each point is the scorecard of its month."""

from __future__ import annotations

import pytest

from metrics.figures import Figures
from metrics.scorecard import scorecard
from metrics.trend import trend


@pytest.mark.parametrize("period", ["month", "ytd", "quarter", "rolling12"])
def test_points_equal_the_scorecards(sample: Figures, period: str) -> None:
    found = trend(sample, "complaints_per_10k", "DY", "2025-11", period, months=14).set_index("month")
    assert len(found) == 14
    for month in ("2024-12", "2025-03", "2025-11"):
        card = scorecard(sample, "DY", month, period).set_index("metric").loc["complaints_per_10k"]
        for field in ("value", "numerator", "denominator", "rank", "target", "mom", "yoy"):
            assert found.loc[month, field] == pytest.approx(card[field], nan_ok=True), field


def test_a_gap_is_a_row_without_a_value(small: Figures) -> None:
    found = trend(small, "complaints_per_10k", "A", "2025-02").set_index("month")
    assert found.index[0] == "2024-02"
    assert found["value"].isna().sum() == 10
    assert found.loc["2025-02", "value"] == pytest.approx(15)


def test_no_month_yet_gives_no_rows(small: Figures) -> None:
    assert trend(small, "complaints_per_10k", "A", "2001-01").empty
