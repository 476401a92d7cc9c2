"""The effect of what was done: told only where it is more than the months' own variation and the peers' doing."""

from __future__ import annotations

import numpy as np
import pytest

from metrics.analyses.effect import BETTER, NO_CLEAR_CHANGE, TOO_EARLY, WORSE, _verdict, effect
from metrics.engine.figures import Figures


@pytest.mark.parametrize(
    ("low", "high", "better", "verdict"),
    [
        (0.1, 0.5, "higher", BETTER),
        (0.1, 0.5, "lower", WORSE),
        (-0.5, -0.1, "higher", WORSE),
        (-0.5, -0.1, "lower", BETTER),
        (-0.1, 0.5, "lower", NO_CLEAR_CHANGE),
        (0.1, 0.5, "neither", None),
        (float("nan"), float("nan"), "lower", None),
    ],
)
def test_verdicts(low: float, high: float, better: str, verdict: str | None) -> None:
    assert _verdict(low, high, better) == verdict


def test_under_three_months_it_is_too_early(sample: Figures) -> None:
    last = sample.axes.last_month
    found = effect(sample, "complaints_per_10k", "DY", sample.axes.months[-2], last)
    assert (found.months, found.verdict, found.change != found.change) == (2, TOO_EARLY, True)
    assert effect(sample, "complaints_per_10k", "DY", sample.axes.months[-3], last).verdict != TOO_EARLY


def test_of_a_month_in_which_nothing_was_done(sample: Figures) -> None:
    """All cities, one month: at 95 % hardly any change is told, and the peers stand beside each."""
    cities = [sample.axes.units[place] for place in sample.axes.peers("city")]
    found = [effect(sample, "callback", unit, "2024-11", "2025-06") for unit in cities]
    assert all(one.peers for one in found)
    assert np.mean([one.verdict in (BETTER, WORSE) for one in found]) <= 0.3
    for one in found:
        assert one.low <= one.change <= one.high


@pytest.mark.parametrize("metric", ["snapshot_retention"])
def test_a_cohort_that_starts_anew_has_none(sample: Figures, metric: str) -> None:
    assert effect(sample, metric, "DY", "2024-11", "2025-06").verdict is None
