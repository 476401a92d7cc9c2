"""The forecast of the year: put together as the program puts a year together, and surer as the year goes by."""

from __future__ import annotations

import numpy as np
import pytest

from metrics.analyses.forecast import SUREST, forecasts, months_ahead
from metrics.analyses.year_end import year_so_far
from metrics.engine.figures import Figures
from metrics.model.periods import Window, month_number

UNIT = "DY"
YEARLY = [
    "complaints_per_10k",
    "escalated_complaints",
    "repeat_share",
    "satisfaction_overall",
    "terminals_per_10k",
    "mid_high_end_customers",
    "snapshot_retention",
    "soft_binding",
    "mystery_shopping",
]


def pair(figures: Figures, metric: str, unit: str = UNIT) -> tuple[np.ndarray, np.ndarray]:
    return np.array([figures.axes.metric_index(metric)]), np.array([figures.axes.unit_index(unit)])


@pytest.mark.parametrize("metric", YEARLY)
@pytest.mark.parametrize("last", ["2023-12", "2024-03", "2024-09", "2024-11"])
def test_the_months_as_they_came_make_the_year_as_it_was(sample: Figures, metric: str, last: str) -> None:
    metrics, units = pair(sample, metric)
    end = month_number("2024-12")
    columns = np.arange(month_number(last) + 1, end + 1) - sample.axes.first_month
    values, base = (
        getattr(sample.monthly_values, name)[metrics, units][:, columns] for name in ("value", "denominator")
    )
    start, weight = year_so_far(sample, metrics, units, month_number(last), end).combination(base, ~np.isnan(values))
    year = float((start + np.where(weight != 0, weight * values, 0.0).sum(axis=1))[0])
    assert year == pytest.approx(sample.over(Window(end - 11, end)).value[metrics[0], units[0]])


@pytest.mark.parametrize("metric", YEARLY)
def test_intervals_hold_each_other_and_what_a_figure_can_be(sample: Figures, metric: str) -> None:
    found = forecasts(sample, *pair(sample, metric), "2025-06")
    floor, ceiling = sample.axes.metric(metric).bounds
    months = months_ahead(found, 0)
    assert [name for name, _ in months] == [f"2025-{month:02d}" for month in range(7, 13)]
    for _, one in months:
        if one.expected == one.expected:
            assert floor <= one.low95 <= one.low80 <= one.expected <= one.high80 <= one.high95 <= ceiling
    year = found.year_end
    assert year.low95[0] < year.expected[0] < year.high95[0]


def test_the_last_months_of_a_sum_cannot_take_back_what_happened(sample: Figures) -> None:
    metrics, units = pair(sample, "escalated_complaints")
    found = forecasts(sample, metrics, units, "2025-10")
    so_far = sample.over(Window(month_number("2025-01"), month_number("2025-10"))).value[metrics[0], units[0]]
    assert found.year_end.low95[0] >= so_far


def test_once_the_year_is_over_it_is_known(sample: Figures) -> None:
    metrics, units = pair(sample, "callback")
    found = forecasts(sample, metrics, units, "2024-12")
    year = sample.over(Window(month_number("2024-01"), month_number("2024-12"))).value[metrics[0], units[0]]
    assert months_ahead(found, 0) == []
    assert (found.year_end.low95[0], found.year_end.expected[0], found.year_end.high95[0]) == (year, year, year)
    assert found.probability[0] == (year >= found.target[0])


def test_a_probability_has_a_direction_and_is_never_quite_sure(sample: Figures) -> None:
    """Complaints far below the year's 18 and on-time resolution far above 90 are both as good as reached."""
    for metric in ("complaints_per_10k", "on_time_resolution"):
        assert forecasts(sample, *pair(sample, metric), "2025-09").probability[0] == SUREST
    assert forecasts(sample, *pair(sample, "repeat_share"), "2025-09").probability[0] < 0.2


def test_a_target_that_is_missed_for_good(sample: Figures) -> None:
    """206 escalated complaints by September of 260: by November more than the year's are there for some unit."""
    metrics, units = pair(sample, "escalated_complaints")
    found = forecasts(sample, metrics, units, "2025-11")
    so_far = sample.over(Window(month_number("2025-01"), month_number("2025-11"))).value[metrics[0], units[0]]
    assert found.probability[0] == (0.0 if so_far > found.target[0] else pytest.approx(found.probability[0]))


def test_a_cohort_goes_on_losing_and_starts_anew(sample: Figures) -> None:
    metrics, units = pair(sample, "snapshot_retention")
    months = months_ahead(forecasts(sample, metrics, units, "2024-10"), 0)
    came = sample.monthly_values.value[metrics[0], units[0]]
    for name, one in months:
        assert one.low95 <= came[month_number(name) - sample.axes.first_month] <= one.high95
    (name, january), *_ = months_ahead(forecasts(sample, metrics, units, "2024-12"), 0) or [("", None)]
    assert january is None, "the year is over"


@pytest.mark.parametrize("metric", ["hall_composite", "hall_quarters_passed", "4G网络覆盖率"])
def test_years_that_do_not_follow_from_their_months(sample: Figures, metric: str) -> None:
    found = forecasts(sample, *pair(sample, metric), "2025-09")
    assert np.isnan([found.year_end.expected[0], found.probability[0]]).all()


def test_a_survey_of_every_second_month_is_not_expected_in_the_others(sample: Figures) -> None:
    metrics, units = pair(sample, "mystery_shopping")
    known = ~np.isnan(sample.monthly_values.value[metrics[0], units[0]])
    months = months_ahead(forecasts(sample, metrics, units, "2025-06"), 0)
    for name, one in months:
        a_year_before = known[month_number(name) - 12 - sample.axes.first_month]
        assert (one.expected == one.expected) == a_year_before


def test_a_running_month_is_forecast(unfinished_home) -> None:
    from data.core.home import Home
    from data.snapshots.reader import open_snapshot

    figures = Figures(open_snapshot(Home(unfinished_home)))
    metrics, units = pair(figures, "hotline_first_contact", "A")
    found = forecasts(figures, metrics, units, "2025-11")
    assert [name for name, _ in months_ahead(found, 0)] == ["2025-11", "2025-12"]
    assert found.months.low95[0, 0] > 70, "the half month's 60 % does not count"
