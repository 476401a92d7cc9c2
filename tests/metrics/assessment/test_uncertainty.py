"""How sure values are: what a period's error is made of."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from data.snapshots.reader import open_snapshot
from metrics.analyses.ranking import ranking
from metrics.analyses.scorecard import scorecard
from metrics.assessment.uncertainty import pooled_interval, process_error, uncertainty
from metrics.engine.aggregation import LAST
from metrics.engine.figures import Figures
from metrics.model.periods import Window, month_number, window
from metrics.statistics.laney import D2
from tests.metrics.conftest import loaded


def error(figures: Figures, metric: str, period: str, unit: str = "DY") -> float:
    rows, units = np.array([figures.axes.metric_index(metric)]), np.array([figures.axes.unit_index(unit)])
    return float(process_error(figures, window("2025-11", period), rows, units)[0, 0])


@pytest.mark.parametrize("metric", ["overall_binding", "hard_binding", "soft_binding", "deep_binding"])
def test_a_figure_of_the_last_month_is_as_sure_as_that_month(sample: Figures, metric: str) -> None:
    assert sample.monthly_terms.numerator_over_time[sample.axes.metric_index(metric)] == LAST
    assert error(sample, metric, "ytd") == error(sample, metric, "rolling12") == error(sample, metric, "month") > 0


@pytest.mark.parametrize(
    ("metric", "period", "times"),
    [
        ("repeat_share", "ytd", 11**-0.5),
        ("repeat_share", "rolling12", 12**-0.5),
        ("complaints_per_10k", "ytd", 11**0.5),
    ],
)
def test_a_mean_of_months_is_surer_and_a_sum_less_sure(sample: Figures, metric: str, period: str, times: float) -> None:
    assert error(sample, metric, period) == pytest.approx(times * error(sample, metric, "month"))


@pytest.mark.parametrize(
    ("scores", "mean_step"),
    [([80, 82] * 6, 2.0), ([80, 82, 80, 82, 60, 82, 80, 82, 80, 82, 80, 82], 2.0), ([80.0] * 11 + [91.0], 1.0)],
    ids=["steady", "a shock is screened", "the one step is all there is"],
)
def test_one_shock_does_not_blur_the_places(tmp_path: Path, scores: list[float], mean_step: float) -> None:
    months = [f"2025-{month:02d}" for month in range(1, 13)]
    rows = "".join(f"{month},A,callback,overall,{score},\n" for month, score in zip(months, scores, strict=True))
    files = {
        "units": "code,name,level\nA,Alpha,city\n",
        "scores": "month,unit,survey,touchpoint,score,responses\n" + rows,
    }
    figures = Figures(open_snapshot(loaded(tmp_path, files)))
    found = process_error(
        figures,
        window("2025-12"),
        np.array([figures.axes.metric_index("callback")]),
        np.array([figures.axes.unit_index("A")]),
    )
    assert found[0, 0] == pytest.approx(mean_step / D2)


def test_a_hall_with_few_answers(sample: Figures) -> None:
    table = ranking(sample, "satisfaction_hall", "2025-11", level="county")
    offered = table.dropna(subset=["pooled"])
    assert (table.loc[~table.index.isin(offered.index), "pooled_low"].isna()).all()
    for row in offered.to_dict("records"):
        assert row["signal"] == "too_little_data"
        assert row["denominator"] < 30 <= row["pooled_base"]
        assert row["pooled_low"] <= row["pooled"] <= row["pooled_high"]
        assert "3 months together" in row["verdict"]
        last = month_number("2025-11")
        wide = sample.over(Window(last - 2, last)).value[
            sample.axes.metric_index("satisfaction_hall"), sample.axes.unit_index(row["unit"])
        ]
        assert row["pooled"] == pytest.approx(wide)


def test_only_single_months_are_pooled_and_only_where_asked(sample: Figures) -> None:
    row, units = np.array([sample.axes.metric_index("repeat_share")]), sample.axes.peers("county")
    last = month_number("2025-11")
    month, quarter = Window(last, last), Window(last - 1, last)
    little = uncertainty(sample, row, units, sample.over(month).at(np.ix_(row, units)), month).below_minimum_base
    assert little.any()
    found = pooled_interval(sample, row, units, little, month)
    assert (np.isnan(found.value) | little).all()
    assert (~np.isnan(found.value)).any()
    assert np.isnan(pooled_interval(sample, row, units, little, quarter).value).all()
    assert np.isnan(pooled_interval(sample, row, units, np.zeros_like(little), month).value).all()


def test_a_stock_does_not_grow_by_pooling(tmp_path: Path) -> None:
    """500 customers are 500 in three months too, below the 1,000 that a rate needs; 12 calls a month are 36, enough for
    a share of 30.
    """
    months = ("2025-01", "2025-02", "2025-03")
    tickets = "month,unit,category,complaints,resolved_first_contact\n" + "".join(
        f"{month},A,billing,12,9\n" for month in months
    )
    files = {
        "units": "code,name,level\nA,Alpha,city\n",
        "customers": "month,unit,customers\n" + "".join(f"{month},A,500\n" for month in months),
        "complaints": tickets,
    }
    figures = Figures(open_snapshot(loaded(tmp_path, files)))
    card = scorecard(figures, "A", "2025-03").set_index("metric")
    assert np.isnan(card.loc["complaints_per_10k", "pooled"])
    assert card.loc["first_contact_resolution", ["pooled", "pooled_base"]].tolist() == [75, 36]


def test_no_more_months_are_told_than_there_are(tmp_path: Path) -> None:
    """A home of two months: 60 and 50 calls, all answered; 100 are needed."""
    calls = "month,unit,calls,resolved_first_contact\n2025-01,A,60,60\n2025-02,A,50,50\n"
    figures = Figures(open_snapshot(loaded(tmp_path, {"units": "code,name,level\nA,Alpha,city\n", "calls": calls})))
    row = scorecard(figures, "A", "2025-02").set_index("metric").loc["hotline_first_contact"]
    assert row[["pooled", "pooled_base", "pooled_months"]].tolist() == [100, 110, 2]
    assert "; 2 months together: 100.0% (" in row["verdict"]
