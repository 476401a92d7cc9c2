"""Figures of the small province, each checkable on paper."""

from __future__ import annotations

import gc
import weakref

import numpy as np
import pandas as pd
import pytest

from data.model.errors import WrongUsage
from metrics.analyses.scorecard import scorecard
from metrics.engine.figures import MOST_PERIODS, MOST_SEGMENTS, Figures
from metrics.model.periods import window


def value(figures: Figures, metric: str, unit: str, month: str, period: str = "month") -> float:
    found = figures.over(window(month, period))
    return float(found.value[figures.axes.metric_index(metric), figures.axes.unit_index(unit)])


@pytest.mark.parametrize(
    ("metric", "unit", "month", "period", "expected"),
    [
        # 30 + 15 + 10 complaints over A's own 50,000 customers
        ("complaints_per_10k", "A", "2025-01", "month", 55 / 50_000 * 1e4),
        # February: the counties' sums
        ("complaints_per_10k", "A", "2025-02", "month", 75 / 50_000 * 1e4),
        # the year so far: sum of complaints over the mean of the months' customers
        ("complaints_per_10k", "A", "2025-02", "ytd", 130 / 50_000 * 1e4),
        ("complaints_per_10k", "B", "2025-02", "ytd", 70 / 30_000 * 1e4),
        # the province in January: A and B only, C has nothing
        ("complaints_per_10k", "P", "2025-01", "month", 95 / 90_000 * 1e4),
        # a share among complaints for which the outcome is recorded: B1's January is not
        ("first_contact_resolution", "P", "2025-01", "month", 38 / 55 * 100),
        ("first_contact_resolution", "B", "2025-01", "month", np.nan),
        # a mean of scores weighs by responses: (80 x 100 + 90 x 300) / 400
        ("satisfaction_overall", "A", "2025-02", "month", 87.5),
        # ready-made without a base: its own unit only, never upward
        ("satisfaction_overall", "B", "2025-02", "month", 85),
        ("satisfaction_overall", "P", "2025-02", "month", (80 * 100 + 90 * 300 + 70 * 50) / 450),
        # a stock is the mean of its months
        ("mid_high_end_customers", "B", "2025-02", "ytd", 4500),
        ("mid_high_end_customers", "A", "2025-02", "ytd", 5500),
        ("escalated_complaints", "A", "2025-01", "month", 3),
        # nothing known is null, not 0
        ("complaints_per_10k", "C", "2025-01", "month", np.nan),
    ],
)
def test_values(small: Figures, metric: str, unit: str, month: str, period: str, expected: float) -> None:
    assert value(small, metric, unit, month, period) == pytest.approx(expected, nan_ok=True)


def test_months_run_from_the_first_to_the_last_with_gaps(small: Figures) -> None:
    assert small.axes.months[0] == "2024-02"
    assert small.axes.last_month == "2025-02"
    assert len(small.axes.months) == 13


def test_a_month_before_the_data_is_not_known(small: Figures) -> None:
    assert np.isnan(value(small, "complaints_per_10k", "A", "2001-01"))


@pytest.mark.parametrize(
    ("name", "code"),
    [("万客户投诉量", "complaints_per_10k"), ("Repeat complaints", "repeat_share"), ("repeat_share", "repeat_share")],
)
def test_a_metric_by_code_or_name(small: Figures, name: str, code: str) -> None:
    assert small.axes.metric(name).code == code


def test_an_unknown_metric_names_the_nearest(small: Figures) -> None:
    with pytest.raises(WrongUsage, match="repeat_share"):
        small.axes.metric("repeat_shar")


def test_reported_marks_what_came_ready_made(small: Figures) -> None:
    found = small.over(window("2025-02"))
    row = small.axes.metric_index("satisfaction_overall")
    assert found.reported[row, small.axes.unit_index("B")]
    assert not found.reported[row, small.axes.unit_index("A")]


def test_what_is_kept_is_bounded(small: Figures) -> None:
    """A dashboard runs for months: what readers once asked for is forgotten, and made again as it was."""
    figures = Figures(small.snapshot)
    first, names = figures.over(window("2025-02")), figures.segment_values("complaints", "category")[0]
    for number in range(2 * MOST_PERIODS):
        figures.over(window(f"{1900 + number}-01"))
        figures.segment_values(f"measure {number}", "category")
    assert (len(figures._periods), len(figures._segments)) == (MOST_PERIODS, MOST_SEGMENTS)
    assert np.array_equal(figures.over(window("2025-02")).value, first.value, equal_nan=True)
    assert figures.segment_values("complaints", "category")[0] == names == ["billing", "network"]


def test_a_version_that_nobody_holds_is_let_go_at_once(small: Figures) -> None:
    """Its arrays are large: they must not wait for a garbage collection, which sets aside what is alive."""
    figures = Figures(small.snapshot)
    scorecard(figures, "A", "2025-02")
    figures.segment_values("complaints", "category")
    held = weakref.ref(figures)
    gc.disable()
    try:
        del figures
        assert held() is None
    finally:
        gc.enable()


@pytest.mark.parametrize(
    ("whole", "expected"),
    [(True, [True, True, False, True, True, False]), (False, [True, True, False, False, False, False])],
)
def test_rows_that_concern_a_metric(small: Figures, whole: bool, expected: list[bool]) -> None:
    named = pd.Series(["repeat_share", "Repeat complaints", "callback", "", None, "no such metric"], index=range(3, 9))
    found = small.axes.mentioning(named, "repeat_share", whole=whole)
    assert (found.index.tolist(), found.tolist()) == (list(range(3, 9)), expected)
