"""Verdicts: what is said, with its reason, in three languages; and when nothing may be said."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.snapshots.reader import open_snapshot
from locales import LANGUAGES
from metrics.analyses.scorecard import scorecard
from metrics.analyses.trend import trend
from metrics.assessment.verdicts import JUMPS, MOST_WORDS, verdict
from metrics.definitions import all_metrics
from metrics.engine.figures import Figures
from metrics.model.metric import Metric
from tests.metrics.conftest import loaded

RATE = next(metric for metric in all_metrics() if metric.code == "complaints_per_10k")
NAN = float("nan")


def row(**fields: object) -> dict:
    base = {
        "signal": "noise",
        "variation": "common",
        "jump": None,
        "model": "level",
        "expected": 1.55,
        "path_lower": 1.04,
        "path_upper": 2.06,
        "upper": 2.06,
        "course": "level",
        "course_since": None,
        "per_month": NAN,
        "shift_since": None,
        "shift_change": NAN,
        "met_months": 35,
        "months_judged": 36,
        "monthly_target": 3.0,
        "month_value": 1.2,
        "points": 36,
        "denominator": 5e4,
        "phase_start": None,
        "latest_month": "2025-11",
        "pooled": NAN,
        "pooled_low": NAN,
        "pooled_high": NAN,
        "pooled_months": NAN,
        "units_known": NAN,
        "units_expected": NAN,
        "total": False,
    }
    return {**base, **fields}


NO_TARGET = {"months_judged": 0, "met_months": 0, "monthly_target": NAN}
SHIFTED = {"signal": "signal", "variation": "concerning", "shift_since": "2025-06", "shift_change": 0.4}
RISING = {
    "signal": "signal",
    "variation": "concerning",
    "course": "rising",
    "course_since": "2023-02",
    "per_month": 0.031,
}
JUMP = {"signal": "signal", "variation": "concerning", "jump": "high"}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "Usual: within 1.04 to 2.06; level; target 3.00 met in 35 of 36 months"),
        (NO_TARGET, "Usual: within 1.04 to 2.06; level"),
        ({**NO_TARGET, "course": "season"}, "Usual: within 1.04 to 2.06; follows its season"),
        ({**NO_TARGET, **JUMP}, "Jump for the worse: above expected 1.04 to 2.06; level"),
        (
            {**NO_TARGET, **JUMP, "jump": "low", "variation": "improving"},
            "Jump for the better: below expected 1.04 to 2.06; level",
        ),
        ({**NO_TARGET, **JUMP, "jump": "low", "variation": "neither_low"}, "Jump: below expected 1.04 to 2.06; level"),
        ({**NO_TARGET, **SHIFTED}, "Usual: within 1.04 to 2.06; higher by 0.40 since 2025-06"),
        ({**NO_TARGET, **RISING}, "Usual: within 1.04 to 2.06; rising by 0.031 a month since 2023-02"),
        ({**NO_TARGET, **RISING, **SHIFTED}, "Usual: within 1.04 to 2.06; 0.40 above its earlier course since 2025-06"),
        (
            {**NO_TARGET, **RISING, **SHIFTED, "shift_since": "2022-01", "shift_change": -0.4},
            "Usual: within 1.04 to 2.06; rising by 0.031 a month since 2023-02",
        ),
        (
            {"months_judged": 20, "met_months": 3, "monthly_target": NAN},
            "Usual: within 1.04 to 2.06; level; target met in 3 of 20 months",
        ),
        (
            {**NO_TARGET, "path_lower": 1.5, "path_upper": 1.5, "expected": 1.5},
            "No variation: 1.50 month after month; level",
        ),
        (
            {**NO_TARGET, **JUMP, "path_lower": 1.5, "path_upper": 1.5, "expected": 1.5},
            "Jump: above 1.50, from which the other months hardly differ; level",
        ),
        ({**NO_TARGET, "model": "plain", "points": 9}, "Usual: within 1.04 to 2.06; provisional limits (9 months)"),
        (
            {"signal": "too_little_data", "denominator": 800.0},
            "Too little data: the base is 800, at least 1,000 are needed",
        ),
        (
            {"signal": "too_little_data", "month_value": NAN, "latest_month": "2025-08"},
            "No figure of this month; the latest is of 2025-08",
        ),
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
        ({"signal": None}, None),
    ],
)
def test_sentences(fields: dict, expected: str | None) -> None:
    assert verdict(row(**fields), RATE) == expected


PARTS = [
    {**NO_TARGET, "variation": variation, "jump": jump, "signal": "signal", **course, **limits}
    for variation, jump in JUMPS
    for course in (SHIFTED | {"variation": variation}, RISING | {"variation": variation}, {"course": "season"}, {})
    for limits in ({}, {"path_upper": 1.04}, {"model": "plain", "points": 9}, {"months_judged": 36, "met_months": 3})
]


@pytest.mark.parametrize("lang", LANGUAGES[1:])
def test_every_sentence_is_translated(lang: str) -> None:
    for fields in PARTS:
        said = verdict(row(**fields), RATE, lang)
        assert said
        assert not any(letter.isascii() and letter.isalpha() for letter in said), said


def test_no_verdict_is_longer_than_is_read(sample: Figures) -> None:
    said = [verdict(row(**fields), RATE) or "" for fields in PARTS]
    for unit in ("HY", "DY", "LJ"):
        said += [one for one in scorecard(sample, unit, "2025-11")["verdict"] if one]
    assert max(len(one.split()) for one in said) <= MOST_WORDS


def metric(figures: Figures, code: str) -> Metric:
    return figures.axes.metric(code)


def test_a_falling_network_is_a_signal(sample: Figures) -> None:
    card = scorecard(sample, "DY", "2025-11").set_index("metric")
    found = card.loc["satisfaction_network"]
    assert found[["signal", "variation", "course", "jump"]].tolist() == ["signal", "concerning", "falling", None]
    assert found["per_month_low"] < found["per_month"] < found["per_month_high"] < 0
    assert found["point_type"] == "outside_low"  # the plain chart, whose flat limits it left long ago
    assert card.loc["satisfaction_overall", "signal"] == "noise"


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
    assert row["verdict"] == ("No variation: 80.0% month after month; level; target 80.0% met in 22 of 22 months")


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
