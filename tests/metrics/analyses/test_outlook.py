"""The outlook: what the months left must bring, going round once, and how surely."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from locales import LANGUAGES
from metrics.analyses.outlook import course_of, outlook, outlook_in_brief, outlook_in_words
from metrics.assessment.control_chart import control_charts
from metrics.engine.figures import Figures

NAN = float("nan")


def line(figures: Figures, metric: str, unit: str = "DY", month: str = "2025-09") -> pd.Series:
    return outlook(figures, unit, month, [metric]).iloc[0]


def test_a_rate_that_adds_up(sample: Figures) -> None:
    """Complaints so far plus what is needed, over the mean customers, times 10,000, is the year's 18 exactly."""
    found = line(sample, "complaints_per_10k")
    row, unit = sample.axes.metric_index("complaints_per_10k"), sample.axes.unit_index("DY")
    year = slice(sample.axes.months.index("2025-01"), sample.axes.months.index("2025-09") + 1)
    done, customers = (
        sample.monthly_values.numerator[row, unit, year].sum(),
        sample.monthly_values.denominator[row, unit, year].mean(),
    )
    assert (found["target"], found["months_left"], bool(found["per_month"])) == (18.0, 3, True)
    assert (done + 3 * found["natural"]) / customers * 1e4 == pytest.approx(18)
    assert found["needed"] == pytest.approx(found["natural"] / customers * 1e4)
    # 2.03 a month are allowed; three usual months bring 1.73 at most.
    assert (found["upper"] < 1.8, found["needed"] > 2, found["reach"]) == (True, True, "safe")


def test_a_mean_of_months_is_held_against_the_limits_of_a_mean(sample: Figures) -> None:
    """Half a year left: six months together vary less than one by the root of six, so that 1.84 a month is safe; one
    month may reach 1.96.
    """
    found = line(sample, "complaints_per_10k", month="2025-06")
    row, unit = np.array([sample.axes.metric_index("complaints_per_10k")]), np.array([sample.axes.unit_index("DY")])
    chart = control_charts(sample, row, unit, sample.axes.months.index("2025-06"))
    centre, upper = chart.centre[0, -1], chart.upper[0, -1]
    assert found["months_left"] == 6
    assert found["upper"] == pytest.approx(centre + (upper - centre) / 6**0.5)
    assert found["lower"] == pytest.approx(centre - (upper - centre) / 6**0.5)
    assert found["upper"] < found["needed"] < 2
    assert found["reach"] == "safe"


def test_a_figure_of_the_last_month_is_held_against_one_month(sample: Figures) -> None:
    found = line(sample, "soft_binding", month="2025-06")
    row, unit = np.array([sample.axes.metric_index("soft_binding")]), np.array([sample.axes.unit_index("DY")])
    chart = control_charts(sample, row, unit, sample.axes.months.index("2025-06"))
    assert found["upper"] == pytest.approx(chart.upper[0, -1])


def test_a_share(sample: Figures) -> None:
    found = line(sample, "repeat_share")
    row, unit = sample.axes.metric_index("repeat_share"), sample.axes.unit_index("DY")
    year = slice(sample.axes.months.index("2025-01"), sample.axes.months.index("2025-09") + 1)
    top, base = (
        sample.monthly_values.numerator[row, unit, year].sum(),
        sample.monthly_values.denominator[row, unit, year].sum(),
    )
    rest = base / 9 * 3
    assert 100 * (top + found["needed"] / 100 * rest) / (base + rest) == pytest.approx(10)


def test_a_count_and_a_mean_of_months(sample: Figures) -> None:
    counted = line(sample, "escalated_complaints")
    assert counted["value"] + 3 * counted["natural"] == pytest.approx(counted["target"])
    mean = line(sample, "mid_high_end_customers")
    assert (9 * mean["value"] + 3 * mean["needed"]) / 12 == pytest.approx(mean["target"])


def test_the_last_month_decides(sample: Figures) -> None:
    found = line(sample, "snapshot_retention")
    assert (found["needed"], found["target"]) == (84.0, 84.0)
    assert "last month" in found["sentence"]


@pytest.mark.parametrize("metric", ["hall_composite", "hall_quarters_passed", "4G网络覆盖率", "terminals_per_10k"])
def test_what_has_no_outlook(sample: Figures, metric: str) -> None:
    found = line(sample, metric)
    assert found[["needed", "natural"]].isna().all()
    assert (found["reach"], found["sentence"]) == (None, None)


def test_december_is_too_late_and_january_is_early(sample: Figures) -> None:
    assert outlook(sample, "DY", "2024-12")["reach"].isna().all()
    early = line(sample, "complaints_per_10k", month="2025-01")
    assert early["months_left"] == 11
    assert early["needed"] > 0


def test_a_months_target_is_not_the_years(small: Figures) -> None:
    """City A has 6 for February and 12 for the year 2025: the rate adds up, so only the latter counts."""
    assert line(small, "complaints_per_10k", "A", "2025-02")["target"] == 12
    assert np.isnan(line(small, "complaints_per_10k", "P", "2025-02")["target"])


BASE = {
    "reach": "safe",
    "possible": True,
    "months_left": 3,
    "needed": 1.5,
    "target": 18.0,
    "natural": 5.0,
    "probability": 0.93,
    "expected": 15.5,
    "low95": 14.0,
    "high95": 17.25,
}
EXPECTED = "15.50 expected (14.00 to 17.25), probability 93%"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, f"on course for the year's target 18.00; {EXPECTED}"),
        (
            {"reach": "within"},
            f"the year's target 18.00 is open; needs 1.50 on average over the 3 months left; {EXPECTED}",
        ),
        (
            {"reach": "beyond"},
            f"off course for the year's target 18.00; needs 1.50 on average over the 3 months left; {EXPECTED}",
        ),
        (
            {"reach": "within", "months_left": 1},
            f"the year's target 18.00 is open; needs 1.50 in the month left; {EXPECTED}",
        ),
        (
            {"reach": "within", "natural": NAN},
            f"the year's target 18.00 is open; needs 1.50 in the year's last month; {EXPECTED}",
        ),
        ({"reach": "beyond", "possible": False}, "the year's target 18.00 cannot be reached any more"),
        ({"target": NAN}, None),
        ({"months_left": 0}, None),
    ],
)
def test_sentences(sample: Figures, fields: dict, expected: str | None) -> None:
    metric = sample.axes.metric("complaints_per_10k")
    assert outlook_in_words({**BASE, **fields}, metric, "en") == expected
    for lang in LANGUAGES[1:]:
        said = outlook_in_words({**BASE, **fields}, metric, lang) or ""
        assert not any(letter.isascii() and letter.isalpha() for letter in said), said


@pytest.mark.parametrize(
    ("probability", "word"),
    [(1.0, "safe"), (0.8, "safe"), (0.5, "within"), (0.2, "beyond"), (0.0, "beyond"), (NAN, None)],
)
def test_words_for_probabilities(probability: float, word: str | None) -> None:
    assert course_of(probability) == word


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "year open, 45%"),
        ({"reach": "safe", "probability": 0.93}, "year on course, 93%"),
        ({"reach": "beyond", "probability": 0.08}, "year off course, 8%"),
        ({"needed": -1.0}, "year safe"),
        ({"possible": False}, "year out of reach"),
        ({"months_left": 0}, ""),
        ({"target": NAN}, ""),
        ({"reach": None, "needed": NAN, "probability": NAN}, ""),
    ],
)
def test_in_brief(sample: Figures, fields: dict, words: str) -> None:
    row = {"target": 80.0, "needed": 81.0, "possible": True, "months_left": 3, "reach": "within", "probability": 0.45}
    assert outlook_in_brief({**row, **fields}, sample.axes.metric("first_contact_resolution"), "en") == words
