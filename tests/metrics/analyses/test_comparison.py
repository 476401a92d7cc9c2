"""Units side by side: differences with intervals, on cards written out by hand and on those of the small series."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from data.model.organisation import UNIT_COLUMNS, Organisation
from locales import Text
from metrics.analyses.comparison import comparison, most_significant
from metrics.analyses.scorecard import scorecard
from metrics.model.metric import Metric, Term

ORGANISATION = Organisation(
    pd.DataFrame(
        [
            (code, code, "level", parent, None, None, pd.NaT, pd.NaT)
            for code, parent in (("P", None), ("A", "P"), ("B", "P"), ("A1", "A"))
        ],
        columns=list(UNIT_COLUMNS),
    )
)


def metric(better: str) -> Metric:
    """A share by its direction; "counted": a bare count."""
    counted = better == "counted"
    return Metric(
        code="m",
        family="f",
        name=Text("M", "M", "M"),
        meaning=Text("", "", ""),
        unit=Text("", "", ""),
        format="count" if counted else "percent",
        better="lower" if counted else better,
        numerator=Term("a"),
        denominator=None if counted else Term("b"),
        scale=1,
        decimals=1,
        minimum_base=30,  # type: ignore[arg-type]
    )


def card(base: float = 100.0, **values: tuple[float, float, float]) -> pd.DataFrame:
    """Values with their intervals; the error is what the interval says."""
    columns = ["value", "low", "high", "target", "attainment", "error", "denominator", "reported"]
    rows = {code: (*sides, 80.0, 100.0, (sides[2] - sides[1]) / 3.92, base, False) for code, sides in values.items()}
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


def told(cards: dict[str, pd.DataFrame], better: str = "higher") -> list[tuple]:
    found = comparison(cards, {"m": metric(better)}, ORGANISATION)
    return [(row["unit"], row["real"], row["better"]) for row in found.to_dict("records")]


@pytest.mark.parametrize(
    ("better", "said"),
    [
        ("higher", [("A", None, None), ("B", True, True)]),
        ("lower", [("A", None, None), ("B", True, False)]),
        ("neither", [("A", None, None), ("B", True, None)]),
    ],
)
def test_a_real_difference_is_better_or_worse_by_direction(better: str, said: list) -> None:
    assert told({"A": card(m=(80, 78, 82)), "B": card(m=(90, 88, 92))}, better) == said


@pytest.mark.parametrize(
    ("cards", "real"),
    [
        ({"A": card(m=(80, 70, 90)), "B": card(m=(85, 75, 95))}, False),
        ({"A": card(m=(80, np.nan, np.nan)), "B": card(m=(90, 88, 92))}, None),
        ({"A": card(m=(80, 78, 82)), "A1": card(m=(90, 88, 92))}, None),
        ({"A": card(m=(80, 78, 82)), "P": card(m=(90, 88, 92))}, None),
        ({"A": card(m=(80, 78, 82)), "B": card(m=(np.nan, np.nan, np.nan))}, None),
        ({"A": card(m=(80, 78, 82)), "B": card(29, m=(90, 88, 92))}, None),
        ({"A": card(m=(80, 78, 82)), "B": card(30, m=(90, 88, 92))}, True),
    ],
    ids=["chance", "no error", "a part of it", "its whole", "not known", "too small a base", "the smallest base"],
)
def test_what_cannot_be_said_is_not_said(cards: dict, real: bool | None) -> None:
    assert told(cards)[1][1] is real


def test_counts_of_units_of_different_size_are_not_judged() -> None:
    assert told({"A": card(m=(80, 78, 82)), "B": card(m=(90, 88, 92))}, "counted")[1] == ("B", None, None)


def test_the_most_telling_is_the_one_farthest_from_chance() -> None:
    cards = {"A": card(m=(80, 79, 81), n=(10, 5, 15)), "B": card(m=(83, 82, 84), n=(30, 25, 35))}
    found = comparison(cards, {"m": metric("higher"), "n": metric("higher")}, ORGANISATION)
    telling = most_significant(found)
    assert telling is not None
    assert (telling["metric"], telling["unit"]) == ("n", "B")
    assert most_significant(found[found["unit"] == "A"]) is None


def test_the_months_own_variation_counts_too() -> None:
    """80 and 84 with samples of 1 each way, but months that vary by 2: the difference is known to 2.83."""
    cards = {"A": card(m=(80, 79, 81)).assign(error=2.0), "B": card(m=(84, 83, 85)).assign(error=2.0)}
    found = comparison(cards, {"m": metric("higher")}, ORGANISATION).iloc[1]
    assert (found["apart_low"], found["apart_high"]) == pytest.approx((4 - 1.96 * 8**0.5, 4 + 1.96 * 8**0.5), abs=1e-3)
    assert found["real"] is False


def test_of_several_units_some_differ_by_chance() -> None:
    """A difference of 2.2 standard errors is more than chance between two units, not among four."""
    sides = {"A": (80, 78.6, 81.4), "B": (82.2, 80.8, 83.6), "C": (80.5, 79.1, 81.9), "D": (79.8, 78.4, 81.2)}
    cards = {unit: card(m=known) for unit, known in sides.items()}
    assert told({unit: cards[unit] for unit in "AB"})[1][1] is True
    assert told(cards)[1][1] is False


def test_with_all_peers_compared_it_says_what_the_ranking_says(sample) -> None:
    """Two units are apart just where the ranking, of the same units, lets the one stand surely before the other."""
    units = sample.organisation.at_level("city")
    cards = {unit: scorecard(sample, unit, "2025-11").set_index("metric") for unit in units}
    metrics = {metric.code: metric for metric in sample.axes.metrics if metric.better != "neither" and not metric.total}
    worse, better = np.zeros((2, len(metrics)))
    for first in units:
        found = comparison({first: cards[first], **cards}, metrics, sample.organisation)
        real = found[[one is True for one in found["real"]]]
        for row, code in enumerate(metrics):
            mine = cards[first].loc[code]
            if mine["rank"] != mine["rank"]:
                continue
            ahead = real[(real["metric"] == code) & (real["better"] == True)]  # noqa: E712
            behind = real[(real["metric"] == code) & (real["better"] == False)]  # noqa: E712
            assert (mine["rank_low"], mine["peers"] - mine["rank_high"]) == (1 + len(ahead), len(behind)), (first, code)
            worse[row] += len(behind)
            better[row] += len(ahead)
    assert (worse == better).all()
    assert worse.any()


def test_on_real_cards_the_difference_of_values_is_exact(small_series) -> None:
    units = ["DRIFT", "SINK"]
    cards = {unit: scorecard(small_series, unit, "2025-12").set_index("metric") for unit in units}
    metrics = {metric.code: metric for metric in small_series.axes.metrics if metric.code in cards["SINK"].index}
    found = comparison(cards, metrics, small_series.organisation).set_index(["metric", "unit"])
    assert set(found.index.get_level_values("unit")) == set(units)
    both = found["value"].unstack().dropna()
    np.testing.assert_allclose(found["apart"].unstack().loc[both.index, "SINK"], both["SINK"] - both["DRIFT"])
