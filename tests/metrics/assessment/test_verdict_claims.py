"""What verdicts claim, recomputed from the data: every metric of the cities and of every fifth county."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from metrics.assessment.expected_paths import PATH_MONTHS, expected_paths
from metrics.assessment.records import records
from metrics.assessment.signals import signals
from metrics.assessment.standing import standing
from metrics.assessment.verdicts import MOST_WORDS
from metrics.engine.figures import Figures
from metrics.engine.phases import CHART_MONTHS
from metrics.model.periods import Window, month_number
from metrics.statistics.attainment import met

MONTHS = ("2024-06", "2025-11")
# Of a percentage, a share or a score: what no figure on the screen tells apart.
ROUNDING = 1e-9


@pytest.fixture(scope="module")
def said(sample: Figures) -> pd.DataFrame:
    """One row per metric, unit and month: the record with its verdict, and `at`, the month's index on the axis."""
    units = np.concatenate([sample.axes.peers("city"), sample.axes.peers("county")[::5]])
    parts = []
    for month in MONTHS:
        covered = Window(month_number(month), month_number(month))
        found = standing(sample, covered, "month", units)
        rows, columns = (place.ravel() for place in np.indices(found.value.shape))
        frame = records(sample, found, signals(sample, found, covered), rows, columns)
        parts.append(frame.assign(month=month, at=covered.last - sample.axes.first_month))
    frame = pd.concat(parts, ignore_index=True)
    return frame[frame["verdict"].notna() & (frame["signal"] != "")].reset_index(drop=True)


def judged(said: pd.DataFrame) -> pd.DataFrame:
    return said[said["signal"].isin(["signal", "noise"])]


def index(sample: Figures, month: object) -> int:
    return month_number(str(month)) - sample.axes.first_month


def values(sample: Figures, row: pd.Series) -> np.ndarray:
    """The months known to the one judged, gaps included."""
    place = sample.axes.metric_index(row["metric"]), sample.axes.unit_index(row["unit"])
    return np.asarray(sample.complete_months[place])[: row["at"] + 1]


def test_no_verdict_is_longer_than_is_read(said: pd.DataFrame) -> None:
    assert said["verdict"].str.split().str.len().max() <= MOST_WORDS
    assert len(judged(said)) > 1_000


@pytest.mark.parametrize(
    ("words", "true"),
    [
        (r"^Jump\b.*: above", lambda row: row["month_value"] > row["path_upper"] - ROUNDING * abs(row["path_upper"])),
        (r"^Jump\b.*: below", lambda row: row["month_value"] < row["path_lower"] + ROUNDING * abs(row["path_lower"])),
        (
            r"^Usual: within",
            lambda row: row["path_lower"] - ROUNDING <= row["month_value"] <= row["path_upper"] + ROUNDING,
        ),
        (r"^Jump for the", lambda row: row["signal"] == "signal"),
    ],
)
def test_a_month_jumps_just_where_it_lies_outside_its_limits(
    said: pd.DataFrame, words: str, true: Callable[[pd.Series], bool]
) -> None:
    found = judged(said)[judged(said)["verdict"].str.contains(words)]
    assert len(found) > 2
    wrong = found[~found.apply(true, axis=1)]
    assert wrong[["metric", "unit", "month", "month_value", "path_lower", "path_upper", "verdict"]].empty


def test_better_and_worse_go_by_the_direction_that_is_better(sample: Figures, said: pd.DataFrame) -> None:
    for row in said[said["verdict"].str.contains("Jump for the")].to_dict("records"):
        higher = sample.axes.metric(row["metric"]).better == "higher"
        better = (row["month_value"] > row["expected"]) == higher
        assert ("for the better" in row["verdict"]) == better, row["verdict"]


def test_a_target_was_met_in_as_many_months_as_is_said(sample: Figures, said: pd.DataFrame) -> None:
    """Counted month by month from the values and the targets of each month, over the months of a chart."""
    targets = {
        at: sample.targets_over(Window(sample.axes.first_month + at, sample.axes.first_month + at))
        for at in range(len(sample.axes.months))
    }
    checked = 0
    for _, row in judged(said).iloc[::2].iterrows():
        claim = re.search(r"target (?:\S+ )?met in (\d+) of (\d+) months?", row["verdict"])
        place = sample.axes.metric_index(row["metric"]), sample.axes.unit_index(row["unit"])
        months = range(max(row["at"] - CHART_MONTHS + 1, 0), row["at"] + 1)
        directed = sample.axes.metric(row["metric"]).better != "neither"
        lower = np.array(sample.axes.lower_is_better[place[0]])
        known = [
            float(met(np.array(value), np.array(goal), lower))
            for month in months
            if (value := values(sample, row)[month]) == value and (goal := targets[month][place]) == goal and directed
        ]
        expected = (str(int(sum(known))), str(len(known))) if known else None
        assert (claim.groups() if claim else None) == expected, (row["metric"], row["unit"], row["month"])
        checked += claim is not None
    assert checked > 300


@pytest.mark.parametrize(("word", "sign"), [("rising", 1), ("falling", -1)])
def test_a_course_goes_where_it_is_said_to_go(sample: Figures, said: pd.DataFrame, word: str, sign: int) -> None:
    """The interval of the slope leaves out 0, and the months since lie around a line that goes the same way."""
    found = judged(said)[judged(said)["verdict"].str.contains(rf"\b{word} by")]
    assert len(found) > 2
    assert ((found["per_month_low"] * sign > 0) & (found["per_month_high"] * sign > 0)).all()
    agreeing = []
    for _, row in found.iterrows():
        since = values(sample, row)[max(index(sample, row["course_since"]), row["at"] - PATH_MONTHS + 1) :]
        known = np.flatnonzero(~np.isnan(since))
        assert len(known) >= 6, row["verdict"]
        if row["shift_since"] is None and "season" not in row["model"]:
            agreeing.append(np.polyfit(known, since[known], 1)[0] * sign > 0)
    assert np.mean(agreeing) > 0.98


@pytest.mark.parametrize(("word", "sign"), [("higher", 1), ("lower", -1)])
def test_a_shift_is_one(sample: Figures, said: pd.DataFrame, word: str, sign: int) -> None:
    """Its interval leaves out 0, and the mean of the months from it on lies on the side that is said."""
    found = judged(said)[judged(said)["verdict"].str.contains(rf"; {word} by")]
    assert len(found) > 2
    assert ((found["shift_low"] * sign > 0) & (found["shift_high"] * sign > 0)).mean() > 0.97
    agreeing = []
    for _, row in found.iterrows():
        at, held = index(sample, row["shift_since"]), values(sample, row)
        if row["course"] == "level":
            agreeing.append((np.nanmedian(held[at:]) - np.nanmedian(held[max(at - 12, 0) : at])) * sign > 0)
    assert np.mean(agreeing) > 0.95


def test_a_level_neither_rises_nor_falls(said: pd.DataFrame) -> None:
    found = judged(said)[judged(said)["verdict"].str.contains("; (?:level|follows its season)")]
    assert not ((found["per_month_low"] > 0) | (found["per_month_high"] < 0)).any()
    assert (found["verdict"].str.contains("; follows its season") == (found["course"] == "season")).all()


def test_limits_that_are_plain_say_so(said: pd.DataFrame) -> None:
    found = judged(said)
    assert (found["verdict"].str.contains("provisional limits") == (found["model"] == "plain")).all()


def test_the_path_is_the_one_that_the_chart_draws(sample: Figures, said: pd.DataFrame) -> None:
    rows = judged(said)[judged(said)["month"] == MONTHS[-1]]
    metrics = np.array([sample.axes.metric_index(code) for code in rows["metric"]])
    units = np.array([sample.axes.unit_index(code) for code in rows["unit"]])
    found = expected_paths(sample, metrics, units, int(rows["at"].iloc[0]))
    np.testing.assert_allclose(rows["path_lower"], found.lower[:, -1])
    np.testing.assert_allclose(rows["path_upper"], found.upper[:, -1])
