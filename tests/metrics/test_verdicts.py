"""Verdicts: what is said, with its reason, in three languages; and when nothing may be said."""

from __future__ import annotations

import numpy as np
import pytest

from locales import LANGUAGES
from metrics.definitions import all_metrics
from metrics.figures import Figures
from metrics.metric import Metric
from metrics.scorecard import scorecard
from metrics.trend import trend
from metrics.verdicts import CAPABLE, LEADS, RULES, sentence

RATE = next(metric for metric in all_metrics() if metric.code == "complaints_per_10k")
NAN = float("nan")


def row(**fields: object) -> dict:
    base = {
        "signal": "signal", "variation": "improving", "point_type": "shift_low", "assurance": "passes", "lower": 1.04, "upper": 2.06, "centre": 1.5,
        "monthly_target": 3.0, "provisional": False, "points": 36, "denominator": 5e4,
        "phase_start": None, "pooled": NAN, "pooled_low": NAN, "pooled_high": NAN, "units_known": NAN, "units_expected": NAN,
    }  # fmt: skip
    return {**base, **fields}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "Signal for the better: 7 or more months in a row below the average 1.50; the target 3.00 is met in any usual month"),
        ({"point_type": "outside_high", "variation": "concerning", "assurance": "fails", "monthly_target": 0.5}, "Signal for the worse: above the limits 1.04 to 2.06; the target 0.50 cannot be met without a change of the process"),
        ({"signal": "noise", "assurance": "", "provisional": True, "points": 9}, "Noise: within the usual limits 1.04 to 2.06; limits are provisional (9 months)"),
        ({"signal": "too_little_data", "denominator": 800.0}, "Too little data: the base is 800, at least 1,000 are needed"),
        ({"signal": "too_little_data", "points": 36, "upper": np.nan}, "Too few cases: none in most months"),
        ({"signal": "too_little_data", "points": 4}, "Too little data: months known: 4, needed: 6"),
        ({"signal": "too_little_data", "denominator": 800.0, "pooled": 1.25, "pooled_low": 0.5, "pooled_high": 2.5}, "Too little data: the base is 800, at least 1,000 are needed; 3 months together: 1.25 (0.50 to 2.50)"),
        ({"signal": "too_little_data", "points": 4, "phase_start": "2025-08"}, "Too little data: months known since 2025-08: 4, needed: 6"),
        ({"signal": "noise", "assurance": "", "phase_start": "2024-07"}, "Noise: within the usual limits 1.04 to 2.06; limits since 2024-07"),
        ({"signal": None}, None),
    ],
)  # fmt: skip
def test_sentences(fields: dict, expected: str | None) -> None:
    assert sentence(row(**fields), RATE) == expected


@pytest.mark.parametrize("lang", LANGUAGES[1:])
def test_every_sentence_is_translated(lang: str) -> None:
    for variation in LEADS:
        for rule in RULES:
            for capable in CAPABLE:
                said = sentence(
                    row(variation=variation, point_type=rule, assurance=capable, provisional=True), RATE, lang
                )
                assert said
                assert not any(letter.isascii() and letter.isalpha() for letter in said), said


def metric(figures: Figures, code: str) -> Metric:
    return figures.metric(code)


def test_a_falling_network_is_a_signal(sample: Figures) -> None:
    card = scorecard(sample, "DY", "2025-11").set_index("metric")
    assert card.loc["satisfaction_network", ["signal", "variation", "point_type"]].tolist() == [
        "signal",
        "concerning",
        "outside_low",
    ]
    assert card.loc["satisfaction_overall", "signal"] == "noise"


def test_the_trend_carries_one_chart(sample: Figures) -> None:
    found = trend(sample, "satisfaction_network", "DY", "2025-11")
    assert found["centre"].nunique() == 1
    assert (found["lower"] < found["centre"]).all()
    assert (found["upper"] > found["centre"]).all()
    last = scorecard(sample, "DY", "2025-11").set_index("metric").loc["satisfaction_network"]
    assert (found["lower"].iloc[-1], found["upper"].iloc[-1]) == (last["lower"], last["upper"])


def test_few_months_are_too_little(small: Figures) -> None:
    assert set(scorecard(small, "A", "2025-02")["signal"].dropna()) == {"too_little_data"}


def test_intervals_hold_their_value(sample: Figures) -> None:
    for unit in ("DY", "LJ"):
        card = scorecard(sample, unit, "2025-11", "ytd").dropna(subset=["low", "high", "value"])
        assert len(card) > 15
        assert ((card["low"] <= card["value"] + 1e-9) & (card["value"] <= card["high"] + 1e-9)).all()
        ranked = card.dropna(subset=["rank"])
        assert ((ranked["rank_low"] <= ranked["rank"]) & (ranked["rank"] <= ranked["rank_high"])).all()


def test_a_small_base_holds_no_place(sample: Figures) -> None:
    card = scorecard(sample, sample.organisation.at_level("hall")[0], "2025-11").set_index("metric")
    little = card[card["signal"] == "too_little_data"]
    below = [code for code in little.index if little.loc[code, "denominator"] < sample.metric(code).minimum_base]
    assert card.loc[below, "rank"].isna().all()
