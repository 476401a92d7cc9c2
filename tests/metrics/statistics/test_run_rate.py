"""What is needed to reach the year's target, from literals and by going round once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.statistics.run_rate import feasibility, required_rate, required_ratio

NAN = np.nan


def test_complaints_per_ten_thousand() -> None:
    """12 per 10,000 of 500,000 customers are 600 a year; 480 in nine months leave 40 a month, .8 per 10,000."""
    found = required_rate(480, 500_000, 9, 3, 500_000, 12, 10_000)
    assert (found.natural, found.needed) == pytest.approx((40, 0.8))


@pytest.mark.parametrize(("flow", "needed"), [(480, 0.8), (570, 0.2), (630, -0.2), (0, 4.0)])
def test_a_used_up_allowance_leaves_less_than_nothing(flow: float, needed: float) -> None:
    assert required_rate(flow, 500_000, 9, 3, 500_000, 12, 10_000).needed == pytest.approx(needed)


def test_ratio() -> None:
    """80 % of 1,000 in all: 560 of 800 so far leave 240 of 200, more than all of them."""
    found = required_ratio([560, 620], 800, 200, 80, 100)
    assert found.natural == pytest.approx([240, 180])
    assert found.needed == pytest.approx([120, 90])


def test_the_year_has_not_begun() -> None:
    found = required_rate(NAN, NAN, 0, 12, 500_000, 12, 10_000)
    assert (found.natural, found.needed) == pytest.approx((50, 1))


@pytest.mark.parametrize(
    "found",
    [
        required_rate(480, 500_000, 12, 0, 500_000, 12, 10_000),
        required_rate(NAN, 500_000, 9, 3, 500_000, 12, 10_000),
        required_rate(480, 500_000, 9, 3, NAN, 12, 10_000),
        required_rate(480, 500_000, 9, 3, 500_000, NAN, 10_000),
        required_ratio(5, 10, 0, 80),
        required_ratio(NAN, 10, 5, 80),
    ],
)
def test_not_known(found: object) -> None:
    assert np.isnan(found.needed)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("needed", "lower", "upper", "higher", "lower_is_better"),
    [
        (5, 1, 3, "beyond", "safe"),
        (0.5, 1, 3, "safe", "beyond"),
        (2, 1, 3, "within", "within"),
        (-0.1, -1, 3, "within", "beyond"),
        (NAN, 1, 3, "", ""),
        (2, NAN, NAN, "", ""),
    ],
)
def test_reach(needed: float, lower: float, upper: float, higher: str, lower_is_better: str) -> None:
    assert feasibility(needed, lower, upper, ["higher", "lower", "neither"]).tolist() == [higher, lower_is_better, ""]


amounts = st.floats(1, 1e6)


@given(amounts, amounts, st.integers(1, 11), amounts, amounts)
def test_doing_what_is_needed_reaches_the_target(
    flow: float, stock: float, done: int, expected: float, target: float
) -> None:
    left = 12 - done
    found = required_rate(flow, stock, done, left, expected, target, 10_000)
    year = (flow + left * found.natural) / ((done * stock + left * expected) / 12) * 10_000
    assert year == pytest.approx(target, rel=1e-6, abs=1e-3)
    assert found.needed == pytest.approx(found.natural / expected * 10_000)
    found = required_ratio(flow, stock, expected, target, 100)
    assert (flow + found.natural) / (stock + expected) * 100 == pytest.approx(target, rel=1e-6, abs=1e-3)
