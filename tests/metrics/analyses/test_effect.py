"""The effect of what was done: told only where it is more than the months' own variation and the peers' doing."""

from __future__ import annotations

import numpy as np
import pytest

from metrics.analyses.effect import BETTER, NO_CLEAR_CHANGE, TOO_EARLY, WORSE, Effect, _verdict, effect, effect_in_words
from metrics.definitions import all_metrics
from metrics.engine.figures import Figures
from metrics.model.metric import Metric


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


SATISFACTION = next(metric for metric in all_metrics() if metric.code == "satisfaction_overall")
SHARE = next(metric for metric in all_metrics() if metric.code == "repeat_share")


@pytest.mark.parametrize(
    ("metric", "found", "lang", "words"),
    [
        (SATISFACTION, Effect(1.25, 0.4, 2.1, 6, True, BETTER), "en", "+1.25 (+0.40 to +2.10): better"),
        (
            SHARE,
            Effect(-0.5, -2.9, 2.0, 6, True, NO_CLEAR_CHANGE),
            "en",
            "−0.5 pp (−2.9 pp to +2.0 pp): no clear change",
        ),
        (
            SHARE,
            Effect(3.0, 1.0, 5.0, 6, True, WORSE),
            "zh_Hans",
            "+3.0 个百分点（+1.0 个百分点 至 +5.0 个百分点）：变差",
        ),
        (SHARE, Effect(3.0, 1.0, 5.0, 6, True, None), "en", "+3.0 pp (+1.0 pp to +5.0 pp)"),
        (SHARE, Effect(float("nan"), float("nan"), float("nan"), 2, False, TOO_EARLY), "en", "too early to tell"),
        (SHARE, Effect(float("nan"), float("nan"), float("nan"), 9, False, None), "en", ""),
    ],
)
def test_in_words(metric: Metric, found: Effect, lang: str, words: str) -> None:
    assert effect_in_words(found, metric, lang) == words
