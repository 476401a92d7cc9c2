"""How sure values are: what a period's error is made of."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from data.snapshot import open_snapshot
from metrics.certainty import process_error
from metrics.figures import Figures
from metrics.periods import window
from metrics.statistics.laney import D2
from metrics.values import LAST
from tests.metrics.conftest import loaded


def error(figures: Figures, metric: str, period: str, unit: str = "DY") -> float:
    rows, units = np.array([figures.metric_index(metric)]), np.array([figures.unit_index(unit)])
    return float(process_error(figures, window("2025-11", period), rows, units)[0, 0])


@pytest.mark.parametrize("metric", ["overall_binding", "hard_binding", "soft_binding", "deep_binding"])
def test_a_figure_of_the_last_month_is_as_sure_as_that_month(sample: Figures, metric: str) -> None:
    assert sample.monthly.top_over_time[sample.metric_index(metric)] == LAST
    assert error(sample, metric, "ytd") == error(sample, metric, "rolling12") == error(sample, metric, "month") > 0


@pytest.mark.parametrize(
    ("metric", "period", "times"),
    [("repeat_share", "ytd", 11**-0.5), ("repeat_share", "rolling12", 12**-0.5), ("complaints_per_10k", "ytd", 11**0.5)],
)  # fmt: skip
def test_a_mean_of_months_is_surer_and_a_sum_less_sure(sample: Figures, metric: str, period: str, times: float) -> None:
    assert error(sample, metric, period) == pytest.approx(times * error(sample, metric, "month"))


@pytest.mark.parametrize(
    ("scores", "mean_step"),
    [
        ([80, 82] * 6, 2.0),
        ([80, 82, 80, 82, 60, 82, 80, 82, 80, 82, 80, 82], 2.0),
        ([80.0] * 11 + [91.0], 1.0),
    ],
    ids=["steady", "a shock is screened", "the one step is all there is"],
)
def test_one_shock_does_not_blur_the_places(tmp_path: Path, scores: list[float], mean_step: float) -> None:
    months = [f"2025-{month:02d}" for month in range(1, 13)]
    rows = "".join(f"{month},A,callback,overall,{score},\n" for month, score in zip(months, scores, strict=True))
    files = {"units": "code,name,level\nA,Alpha,city\n", "scores": "month,unit,survey,touchpoint,score,responses\n" + rows}  # fmt: skip
    figures = Figures(open_snapshot(loaded(tmp_path, files)))
    found = process_error(
        figures, window("2025-12"), np.array([figures.metric_index("callback")]), np.array([figures.unit_index("A")])
    )
    assert found[0, 0] == pytest.approx(mean_step / D2)
