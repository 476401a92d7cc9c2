"""Trends: each point is the scorecard of its month."""

from __future__ import annotations

import pytest

from metrics.analyses.scorecard import scorecard
from metrics.analyses.trend import complete_periods, trend
from metrics.engine.figures import Figures


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


@pytest.mark.parametrize(
    ("period", "metric", "month", "shown"),
    [
        ("quarter", "complaints_per_10k", "2025-08", ["2023-03", "2023-06", "2025-03", "2025-06"]),
        ("quarter", "complaints_per_10k", "2025-09", ["2023-03", "2023-06", "2025-06", "2025-09"]),
        ("quarter", "satisfaction_overall", "2025-08", ["2023-03", "2023-06", "2025-06", "2025-08"]),
        ("rolling12", "complaints_per_10k", "2025-08", ["2023-11", "2023-12", "2025-07", "2025-08"]),
        ("rolling12", "satisfaction_overall", "2025-08", ["2022-12", "2023-01", "2025-07", "2025-08"]),
        ("quarter", "complaints_per_10k", "2023-02", ["2023-02", "2023-02"]),
        ("rolling12", "complaints_per_10k", "2023-02", ["2023-02", "2023-02"]),
        ("ytd", "complaints_per_10k", "2025-08", ["2022-12", "2023-01", "2025-07", "2025-08"]),
        ("month", "complaints_per_10k", "2025-08", ["2022-12", "2023-01", "2025-07", "2025-08"]),
        ("quarter", "complaints_per_10k", "2001-01", []),
    ],
)
def test_only_whole_periods_are_held_against_each_other(
    sample: Figures, period: str, metric: str, month: str, shown: list[str]
) -> None:
    """The figures begin in December 2022: a quarter of one month is none, nor one that only grows yet, nor is a sum of
    fewer than twelve.
    """
    found = trend(sample, metric, "DY", month, period, months=60)
    months = list(complete_periods(sample, found, metric, month, period)["month"])
    assert [*months[:2], *months[-2:]] == shown if shown else months == []
