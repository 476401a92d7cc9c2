"""The course of a metric: what is said of a trend, a run, volatility and the season, and only where it is so."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from locales import LANGUAGES
from metrics.analyses.tendency import COLUMNS, tendency, tendency_in_words
from metrics.engine.figures import Figures

NAN = float("nan")


def course(figures: Figures, unit: str, month: str = "2025-12", metric: str = "callback") -> Any:
    return tendency(figures, unit, month, [metric]).iloc[0]


def test_a_drift_rises_by_its_step(small_series: Figures) -> None:
    found = course(small_series, "DRIFT")
    assert (found["direction"], found["months_known"]) == ("rising", 24)
    assert found["slope"] == pytest.approx(0.5, abs=0.02)
    assert found["sentence"].startswith("rising over 24 months, by 0.5")


def test_noise_has_no_trend(small_series: Figures) -> None:
    found = course(small_series, "FLAT")
    assert (found["direction"], found["sentence"].split(";")[0]) == ("none", "no trend over 24 months")


def test_few_months_say_nothing(small_series: Figures) -> None:
    found = course(small_series, "DRIFT", "2024-04")
    assert found["direction"] is None
    assert not found["season_years"] > 0


def test_the_same_month_of_last_year(small_series: Figures) -> None:
    found = course(small_series, "STEP")
    assert found["season_difference"] == pytest.approx(
        course(small_series, "STEP")["season_value"] - found["season_mean"]
    )
    assert "higher than in the same season of the year before" in found["sentence"]


def test_january_and_february_are_one_season(small_series: Figures) -> None:
    """Both months' responses together, against both of the year before."""
    rows = small_series.monthly_values.value[
        small_series.axes.metric_index("callback"), small_series.axes.unit_index("DRIFT")
    ]
    found = course(small_series, "DRIFT", "2025-02")
    assert found["season_value"] == pytest.approx(rows[12:14].mean())
    assert found["season_mean"] == pytest.approx(rows[0:2].mean())


def test_volatility_is_measured_against_the_others(sample: Figures) -> None:
    found = tendency(sample, "DY", "2025-11")
    assert tuple(found.columns) == COLUMNS
    some = found.dropna(subset=["volatility"])
    assert len(some) > 20
    assert (some["volatility"] >= 0).all()
    assert found.set_index("metric").loc["hall_quarters_passed", ["direction", "slope"]].isna().all()


def test_a_run_ends_where_the_last_month_is_not_known(small: Figures) -> None:
    assert np.isnan(tendency(small, "C", "2025-01")["run"].astype(float)).all()


def test_months_without_data(small: Figures) -> None:
    for month in ("2001-01", "2030-01"):
        assert tendency(small, "A", month)["sentence"].dropna().map(lambda said: "rising" not in said).all()


BASE = {
    "months_known": 36,
    "direction": "none",
    "slope": 0.1,
    "run": 0.0,
    "volatility_against_peers": 1.0,
    "season_years": 0,
    "season_value": NAN,
    "season_low": NAN,
    "season_high": NAN,
}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "no trend over 36 months"),
        ({"direction": "falling", "slope": -0.125}, "falling over 36 months, by 0.125 a month"),
        ({"run": -3.0}, "no trend over 36 months; fallen 3 months in a row"),
        ({"run": -2.0}, "no trend over 36 months"),
        ({"run": 5.0, "direction": None}, "risen 5 months in a row"),
        ({"volatility_against_peers": 2.5}, "no trend over 36 months; moves 2.5 times as much as its peers"),
        (
            {"season_years": 2, "season_value": 3.0, "season_low": 1.0, "season_high": 2.0},
            "no trend over 36 months; higher than in the same season of 2 earlier years (1.00 to 2.00)",
        ),
        (
            {"season_years": 1, "season_value": 0.5, "season_low": 1.0, "season_high": 1.0},
            "no trend over 36 months; lower than in the same season of the year before (1.00)",
        ),
        ({"season_years": 2, "season_value": 1.5, "season_low": 1.0, "season_high": 2.0}, "no trend over 36 months"),
        ({"months_known": 0}, None),
    ],
)
def test_sentences(sample: Figures, fields: dict, expected: str | None) -> None:
    metric = sample.axes.metric("complaints_per_10k")
    assert tendency_in_words({**BASE, **fields}, metric, "en") == expected
    for lang in LANGUAGES[1:]:
        said = tendency_in_words({**BASE, **fields}, metric, lang) or ""
        assert not any(letter.isascii() and letter.isalpha() for letter in said), said
