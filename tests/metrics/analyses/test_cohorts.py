"""Cohorts: every point is what the export says, the newest agrees with the metric, the losses come from their cells."""

from __future__ import annotations

import numpy as np
import pytest

from metrics.analyses.cohorts import CohortLosses, cohort_curves, cohort_losses
from metrics.analyses.scorecard import scorecard
from metrics.analyses.tendency import tendency
from metrics.engine.figures import Figures
from metrics.model.periods import month_name


@pytest.mark.parametrize("unit", ["DY", "LJ"])
@pytest.mark.parametrize("month", ["2025-11", "2024-06"])
def test_the_last_point_is_the_metric(sample: Figures, unit: str, month: str) -> None:
    curves = cohort_curves(sample, unit, month)
    assert curves["month"].max() == month
    value = scorecard(sample, unit, month).set_index("metric").loc["snapshot_retention", "value"]
    assert curves[curves["month"] == month]["share"].tolist() == pytest.approx([value])


def test_each_snapshot_is_a_line_of_its_own(sample: Figures) -> None:
    curves = cohort_curves(sample, "DY", "2025-11")
    assert curves["snapshot"].unique().tolist() == ["2021-12", "2022-12", "2023-12", "2024-12"]
    assert curves.groupby("snapshot")["months_since"].apply(list)["2024-12"] == list(range(1, 12))
    assert curves["share"].between(0, 100).all()


def test_where_no_snapshot_is_named_there_is_none(small: Figures) -> None:
    assert cohort_curves(small, "A", "2025-02").empty


def test_losses(sample: Figures, small: Figures) -> None:
    found = cohort_losses(sample, "DY", "2025-11")
    assert found is not None
    card = scorecard(sample, "DY", "2025-11").set_index("metric").loc["snapshot_retention"]
    assert (found.retained, found.snapshot) == (card["numerator"], card["denominator"])
    assert found.left > 0 < found.value_lost
    assert cohort_losses(small, "A", "2025-02") is None
    assert found.other == 0


@pytest.mark.parametrize("month", ["2015-01", "2034-12"])
def test_a_month_without_figures_has_no_losses(sample: Figures, month: str) -> None:
    assert cohort_losses(sample, "DY", month) is None


@pytest.mark.parametrize("before", [1, 2, 12])
def test_a_month_before_the_first_is_not_one_counted_from_the_last(sample: Figures, before: int) -> None:
    month = month_name(sample.axes.first_month - before)
    assert cohort_losses(sample, "DY", month) is None
    assert cohort_curves(sample, "DY", month).empty


@pytest.mark.parametrize(
    ("held", "other", "inside"),
    [
        (CohortLosses(100, 10, 5, 85), 0, False),
        (CohortLosses(100, 10, 5, 80), 5, False),
        (CohortLosses(100, 15, 5, 85), -5, True),
        (CohortLosses(100, 15, 0, 85), 0, False),
    ],
)
def test_where_those_of_lower_value_are_counted(held: CohortLosses, other: float, inside: bool) -> None:
    assert (held.other, held.lost_are_retained) == (other, inside)


def test_a_cohort_that_falls_by_construction_is_no_signal(sample: Figures) -> None:
    row = scorecard(sample, "DY", "2025-11").set_index("metric").loc["snapshot_retention"]
    assert not row["signal"]
    assert row["verdict"] is None
    assert np.isnan(row["lower"])
    course = tendency(sample, "DY", "2025-11", ["snapshot_retention"]).iloc[0]
    assert course["direction"] is None
    assert course["season_years"] >= 2
