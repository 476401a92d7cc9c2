"""Strengths, weak spots and early warnings come from verdicts, not from signs."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from locales import LANGUAGES
from metrics.analyses.attention import (
    CROSSING,
    FALSE_ALARM_RATE,
    attention,
    early_warnings,
    signal_counts,
    strengths,
    weak_spots,
)
from metrics.analyses.outlook import outlook
from metrics.analyses.scorecard import scorecard
from metrics.engine.figures import Figures


def card(*rows: dict) -> pd.DataFrame:
    base = {
        "attainment": 101.0,
        "rank": 2.0,
        "rank_low": 1.0,
        "rank_high": 4.0,
        "peers": 10,
        "value": 1.0,
        "target": 1.0,
        "met": 1.0,
        "listed": False,
        "expected": np.nan,
        "expected_error": np.nan,
        "monthly_target": 1.0,
        "signal": "noise",
        "variation": "common",
        "assurance": "hit_or_miss",
        "total": False,
        "provisional_until": None,
        "months_known": 10,
        "months_expected": 10,
    }
    return pd.DataFrame([{**base, "metric": f"m{place}", **row} for place, row in enumerate(rows)])


MISSED = {"attainment": 80.0, "met": 0.0}
BETTER, WORSE = (
    {"signal": "signal", "listed": True, "variation": variation} for variation in ("improving", "concerning")
)


def test_strengths_are_ordered_by_verdict() -> None:
    found = strengths(
        card(
            {},
            BETTER,
            WORSE,
            {"attainment": 99.0, "met": 0.0},
            {"assurance": "passes"},
            {"signal": "too_little_data"},
            {"rank": 9.0, "rank_high": 10.0, "attainment": np.nan, "met": np.nan},
            {"rank": 2.0, "rank_high": 6.0},
        )
    )
    assert found["metric"].tolist() == ["m1", "m4", "m0"]


def test_the_second_half_is_no_strength_though_it_meets_its_target() -> None:
    rows = card(
        {"rank": 5.0, "rank_high": 5.0},
        {"rank": 5.0, "rank_high": 6.0},
        {"rank": 11.0, "rank_high": 11.0},
        {"rank": np.nan, "rank_high": np.nan},
        {"rank": 1.0, "rank_high": 1.0, "peers": 1.0},
    )
    assert set(strengths(rows)["metric"]) == {"m0", "m3", "m4"}


def test_weak_spots_need_more_than_a_place_that_may_be_chance() -> None:
    found = weak_spots(
        card(
            MISSED,
            {"rank": 10.0, "rank_low": 3.0},
            {"rank": 10.0, "rank_low": 8.0, "attainment": np.nan, "met": np.nan},
            {**MISSED, "signal": "too_little_data"},
            {**WORSE, "attainment": 98.0, "met": 0.0, "assurance": "fails"},
            {},
        )
    )
    assert found["metric"].tolist() == ["m4", "m2", "m0", "m3"]


def test_a_missed_target_is_a_fact_whatever_the_data_and_a_place_is_not() -> None:
    few = {"signal": "too_little_data", "rank": 10.0, "rank_low": 8.0}
    assert weak_spots(card({**few, **MISSED}, {**few, "attainment": np.nan, "met": np.nan}))["metric"].tolist() == [
        "m0"
    ]


def test_the_place_of_a_total_is_neither_strength_nor_weakness() -> None:
    """It says how large a unit is; its target counts all the same."""
    total = {"total": True, "attainment": np.nan, "met": np.nan}
    rows = card(
        {**total, "rank": 1.0},
        {**total, "rank": 10.0, "rank_low": 9.0},
        {"total": True, "rank": 10.0, "rank_low": 9.0},
        {"total": True, "attainment": 90.0, "met": 0.0},
    )
    assert strengths(rows)["metric"].tolist() == ["m2"]
    assert weak_spots(rows)["metric"].tolist() == ["m3"]


def test_a_sum_of_fewer_months_than_the_peers_is_no_strength() -> None:
    rows = card(
        {"rank": np.nan, "months_known": 6, "months_expected": 9},
        {"rank": np.nan, "months_known": 6, "months_expected": 6},
    )
    assert strengths(rows)["metric"].tolist() == ["m1"]


def test_a_target_met_but_for_the_last_binary_digit_is_no_weak_spot() -> None:
    rows = card({"attainment": 99.99999999999997, "met": 1.0})
    assert strengths(rows)["metric"].tolist() == ["m0"]
    assert weak_spots(rows).empty


@pytest.mark.parametrize(("path", "weak"), [(3.0, ["m0"]), (2.2, []), (0.5, []), (np.nan, ["m0"])])
def test_a_missed_target_is_weak_where_the_path_misses_it_too(path: float, weak: list[str]) -> None:
    """Less is better: 4 in a month against 2, where the path stands at `path` with an error of 0.3."""
    missed = {**MISSED, "value": 4.0, "target": 2.0, "monthly_target": 2.0, "expected": path, "expected_error": 0.3}
    assert weak_spots(card(missed))["metric"].tolist() == weak


def test_a_sign_alone_moves_nothing() -> None:
    """A value that fell, within its limits, is in no list for it: month on month does not enter."""
    rows = card({"mom": -30.0, "yoy": -30.0}, {"mom": 30.0, "yoy": 30.0})
    assert strengths(rows)["metric"].tolist() == ["m0", "m1"]
    assert weak_spots(rows).empty


def test_a_falling_network_is_warned_of_before_its_target_is_missed(sample: Figures) -> None:
    found = attention(sample, "DY", "2025-09")
    warned = found.early_warnings.set_index("metric")
    assert warned.loc["satisfaction_network", "reason"] in ("crosses_target", "trend")
    assert "satisfaction_network" not in set(found.strengths["metric"])
    assert not set(found.early_warnings["metric"]) & set(found.weak_spots["metric"])
    assert found.expected_by_chance == pytest.approx(found.judged * FALSE_ALARM_RATE)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_warning_has_its_reason_in_words(sample: Figures, lang: str) -> None:
    for unit in ("DY", "SQ"):
        found = attention(sample, unit, "2025-09", lang=lang).early_warnings
        assert found["because"].map(bool).all()


def test_a_trend_that_will_cross_its_target(small_series: Figures) -> None:
    """SINK falls by .25 a month and stands at 86.25 in December: the default target 85 is five months away.

    DRIFT rises.
    """
    found = attention(small_series, "SINK", "2025-12").early_warnings.set_index("metric")
    assert found.loc["callback", "months_to_target"] == pytest.approx(5, abs=1)
    assert found.loc["callback", "reason"] in ("signal", "crosses_target")
    assert attention(small_series, "DRIFT", "2025-12").early_warnings.empty


def test_the_nearest_trouble_comes_first_and_is_said(small_series: Figures) -> None:
    """Without its signal, the same course is a warning for its trend, with the months that are left."""
    card = scorecard(small_series, "SINK", "2025-12").assign(signal="noise", variation="common")
    found = early_warnings(small_series, outlook(small_series, "SINK", "2025-12"), card).set_index("metric")
    assert found.loc["callback", "reason"] == "crosses_target"
    assert found.loc["callback", "because"].startswith("at this pace the target is crossed in ")


def test_chance_counts_only_what_was_judged() -> None:
    assert signal_counts(card({}, {"signal": "signal"}, {"signal": "too_little_data"}, {"signal": None})) == (2, 1)
    assert signal_counts(card({})[:0]) == (0, 0)


def test_nothing_known(small: Figures) -> None:
    found = attention(small, "P", "2001-01")
    assert (len(found.strengths), len(found.weak_spots), len(found.early_warnings), found.judged) == (0, 0, 0, 0)


@pytest.mark.parametrize("unit", ["DY", "LJ", "NP", "SQ"])
def test_a_strength_is_no_warning_but_for_its_target(sample: Figures, unit: str) -> None:
    """The hotline of 大洋 was a strength, a signal for the better and, for three steps, a warning."""
    found = attention(sample, unit, "2025-11")
    both = found.early_warnings[found.early_warnings["metric"].isin(found.strengths["metric"])]
    assert both["reason"].isin(CROSSING).all()
