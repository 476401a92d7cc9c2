"""Verdicts: what is said, with its reason, in three languages; and when nothing may be said."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from data.snapshots.reader import open_snapshot
from locales import LANGUAGES
from metrics.analyses.scorecard import scorecard
from metrics.analyses.trend import trend
from metrics.assessment.verdicts import CAPABLE, LEADS, RULES, verdict
from metrics.definitions import all_metrics
from metrics.engine.figures import Figures
from metrics.model.metric import Metric
from tests.metrics.conftest import loaded

RATE = next(metric for metric in all_metrics() if metric.code == "complaints_per_10k")
NAN = float("nan")


def row(**fields: object) -> dict:
    base = {
        "signal": "signal",
        "variation": "improving",
        "point_type": "shift_low",
        "assurance": "passes",
        "lower": 1.04,
        "upper": 2.06,
        "centre": 1.5,
        "monthly_target": 3.0,
        "month_value": 1.2,
        "provisional": False,
        "points": 36,
        "denominator": 5e4,
        "phase_start": None,
        "pooled": NAN,
        "pooled_low": NAN,
        "pooled_high": NAN,
        "pooled_months": NAN,
        "units_known": NAN,
        "units_expected": NAN,
    }
    return {**base, **fields}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "Signal for the better: 7 or more months in a row below the average 1.50; it meets the target 3.00"),
        (
            {"point_type": "outside_high", "variation": "concerning", "monthly_target": 0.5},
            "Signal for the worse: above the limits 1.04 to 2.06; it falls short of the target 0.50",
        ),
        (
            {"monthly_target": 1.2},
            "Signal for the better: 7 or more months in a row below the average 1.50; it meets the target 1.20",
        ),
        ({"monthly_target": NAN}, "Signal for the better: 7 or more months in a row below the average 1.50"),
        ({"signal": "noise"}, "Noise: within the usual limits 1.04 to 2.06; the target 3.00 is met in any usual month"),
        (
            {"signal": "noise", "assurance": "fails", "monthly_target": 0.5},
            "Noise: within the usual limits 1.04 to 2.06; the target 0.50 cannot be met without a change of the "
            "process",
        ),
        (
            {"signal": "noise", "assurance": "hit_or_miss", "monthly_target": 1.5},
            "Noise: within the usual limits 1.04 to 2.06; the target 1.50 lies inside the usual variation: some "
            "months meet it, some do not",
        ),
        (
            {
                "signal": "noise",
                "assurance": "hit_or_miss",
                "lower": 1.5,
                "upper": 1.5,
                "month_value": 1.5,
                "monthly_target": 1.5,
            },
            "No variation: 1.50 month after month; it meets the target 1.50",
        ),
        (
            {
                "signal": "noise",
                "assurance": "fails",
                "lower": 1.5,
                "upper": 1.5,
                "month_value": 1.5,
                "monthly_target": 1.4,
            },
            "No variation: 1.50 month after month; it falls short of the target 1.40",
        ),
        (
            {"point_type": "outside_low", "lower": 1.5, "upper": 1.5},
            "Signal for the better: below the average 1.50, while the other months hardly vary; it meets the target "
            "3.00",
        ),
        (
            {"signal": "noise", "assurance": "", "provisional": True, "points": 9},
            "Noise: within the usual limits 1.04 to 2.06; limits are provisional (9 months)",
        ),
        (
            {"signal": "too_little_data", "denominator": 800.0},
            "Too little data: the base is 800, at least 1,000 are needed",
        ),
        ({"signal": "too_little_data", "points": 36, "upper": np.nan}, "Too few cases: none in most months"),
        ({"signal": "too_little_data", "points": 4}, "Too little data: months known: 4, needed: 6"),
        (
            {
                "signal": "too_little_data",
                "denominator": 800.0,
                "pooled": 1.25,
                "pooled_low": 0.5,
                "pooled_high": 2.5,
                "pooled_months": 3.0,
            },
            "Too little data: the base is 800, at least 1,000 are needed; 3 months together: 1.25 (0.50 to 2.50)",
        ),
        (
            {"signal": "too_little_data", "denominator": 800.0, "pooled": 1.25, "pooled_months": 2.0},
            "Too little data: the base is 800, at least 1,000 are needed; 2 months together: 1.25",
        ),
        (
            {"signal": "too_little_data", "points": 4, "phase_start": "2025-08"},
            "Too little data: months known since 2025-08: 4, needed: 6",
        ),
        (
            {"signal": "noise", "assurance": "", "phase_start": "2024-07"},
            "Noise: within the usual limits 1.04 to 2.06; limits since 2024-07",
        ),
        ({"signal": None}, None),
    ],
)
def test_sentences(fields: dict, expected: str | None) -> None:
    assert verdict(row(**fields), RATE) == expected


@pytest.mark.parametrize("lang", LANGUAGES[1:])
def test_every_sentence_is_translated(lang: str) -> None:
    for variation in LEADS:
        for rule in RULES:
            for capable in CAPABLE:
                for fields in ({}, {"signal": "noise"}, {"upper": 1.04}, {"month_value": 9.0}):
                    given = {"variation": variation, "point_type": rule, "assurance": capable, "provisional": True}
                    said = verdict(row(**given, **fields), RATE, lang)
                    assert said
                    assert not any(letter.isascii() and letter.isalpha() for letter in said), said


def metric(figures: Figures, code: str) -> Metric:
    return figures.axes.metric(code)


def test_a_falling_network_is_a_signal(sample: Figures) -> None:
    card = scorecard(sample, "DY", "2025-11").set_index("metric")
    assert card.loc["satisfaction_network", ["signal", "variation", "point_type"]].tolist() == [
        "signal",
        "concerning",
        "outside_low",
    ]
    assert card.loc["satisfaction_overall", "signal"] == "noise"


def test_no_claim_about_other_months_while_this_one_is_a_signal(sample: Figures) -> None:
    """The province's soft binding, 57.1 % against 55 %, has met its target for twelve months: its limits, of three
    years, say it could not.
    """
    row = scorecard(sample, "HY", "2025-11").set_index("metric").loc["soft_binding"]
    assert row["signal"] == "signal"
    assert row["value"] > row["target"] == 55
    assert row["verdict"].endswith("; it meets the target 55.0%")


def test_of_a_longer_period_the_last_month_is_told(sample: Figures) -> None:
    month, year = (
        scorecard(sample, "DY", "2025-11", period).set_index("metric").loc["satisfaction_network"]
        for period in ("month", "ytd")
    )
    assert month["value"] != year["value"]
    assert month["month_value"] == year["month_value"] == month["value"]
    assert month["verdict"] == year["verdict"]


def test_what_never_varies_has_no_limits_in_words(tmp_path: Path) -> None:
    months = [f"{year}-{month:02d}" for year in (2024, 2025) for month in range(1, 12)]
    calls = "month,unit,calls,resolved_first_contact\n" + "".join(f"{month},A,500,400\n" for month in months)
    files = {"units": "code,name,level\nA,Alpha,city\n", "calls": calls}
    row = (
        scorecard(Figures(open_snapshot(loaded(tmp_path, files))), "A", "2025-11")
        .set_index("metric")
        .loc["hotline_first_contact"]
    )
    assert row["verdict"] == "No variation: 80.0% month after month; it meets the target 80.0%"


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
    below = [code for code in little.index if little.loc[code, "denominator"] < sample.axes.metric(code).minimum_base]
    assert card.loc[below, "rank"].isna().all()
