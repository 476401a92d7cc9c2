"""The funnel of real metrics: scaled to their unit, flagged by their direction, with what chance would give."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from data.model.errors import WrongUsage
from data.snapshots.reader import open_snapshot
from metrics.analyses.funnel import funnel
from metrics.analyses.ranking import ranking
from metrics.analyses.scorecard import scorecard
from metrics.assessment.peer_funnel import has_funnel
from metrics.engine.figures import Figures
from metrics.statistics.funnel import funnel_of_means, pooled_deviation
from metrics.statistics.intervals import normal_quantile
from tests.metrics.conftest import loaded


def test_a_rate_in_its_unit(sample: Figures) -> None:
    found = funnel(sample, "complaints_per_10k", "2025-11", "ytd", "city")
    table = ranking(sample, "complaints_per_10k", "2025-11", "ytd", "city").set_index("unit")
    assert found.centre == pytest.approx(1e4 * table["numerator"].sum() / table["denominator"].sum())
    assert found.judged == 11
    assert found.expected_by_chance == pytest.approx(11 * 0.002)
    assert found.units.set_index("unit")["value"].to_dict() == pytest.approx(table["value"].to_dict())
    assert found.units["base"].is_monotonic_decreasing


def test_the_drawn_limits_are_those_that_judge(sample: Figures) -> None:
    for metric in ("complaints_per_10k", "repeat_share", "satisfaction_overall"):
        found = funnel(sample, metric, "2025-11", "ytd", "city")
        widest, narrowest = found.units.iloc[-1], found.units.iloc[0]
        for unit, point in ((widest, found.curve.iloc[0]), (narrowest, found.curve.iloc[-1])):
            assert point["base"] == pytest.approx(unit["base"])
            assert (point["lower"], point["upper"]) == pytest.approx((unit["lower"], unit["upper"]))
        assert (found.curve["inner_lower"] >= found.curve["lower"]).all()
        assert (found.curve["inner_upper"] <= found.curve["upper"]).all()


def test_over_dispersion_widens(sample: Figures) -> None:
    plain = funnel(sample, "complaints_per_10k", "2025-11", "ytd", "city", overdispersed=False)
    assert plain.flagged > funnel(sample, "complaints_per_10k", "2025-11", "ytd", "city").flagged


@pytest.mark.parametrize(("metric", "good"), [("complaints_per_10k", "low"), ("first_contact_resolution", "high")])
def test_colour_follows_the_direction_that_is_better(sample: Figures, metric: str, good: str) -> None:
    found = funnel(sample, metric, "2025-11", "ytd", "city", overdispersed=False).units.dropna(subset=["flag"])
    assert len(found)
    assert ((found["flag"] == good) == (found["variation"] == "improving")).all()


def test_what_has_no_base_has_no_funnel(sample: Figures) -> None:
    assert not has_funnel(sample, sample.axes.metric("escalated_complaints"))
    with pytest.raises(WrongUsage, match="no base"):
        funnel(sample, "mid_high_end_customers", "2025-11")


def test_nothing_known(small: Figures) -> None:
    found = funnel(small, "hotline_first_contact", "2025-02")
    assert (len(found.units), found.judged, len(found.curve)) == (0, 0, 0)


def test_pooled_deviation_by_hand() -> None:
    assert pooled_deviation(np.array([[2.0, 4, np.nan, 9]]), np.array([[11.0, 31, 50, 1]]))[0] == pytest.approx(
        np.sqrt((10 * 4 + 30 * 16) / 40)
    )
    assert np.isnan(pooled_deviation(np.full((1, 2), np.nan), np.ones((1, 2)))).all()


def test_means_by_hand() -> None:
    """Centre 80, deviation 10: a hundred responses are known to 1, so 84 is outside 80 +- 3.09, 83 is not."""
    mean, base = np.array([[80.0, 84, 76, 83, 77]]), np.full((1, 5), 100.0)
    found = funnel_of_means(mean, base, np.full((1, 5), 10.0), overdispersed=False)
    assert found.centre[0] == pytest.approx(80)
    assert found.upper[0] == pytest.approx(80 + normal_quantile(0.998))
    assert found.flag[0].tolist() == [0, 1, -1, 0, 0]
    # A peer with one response, or none known, is not judged.
    few = funnel_of_means(mean, np.array([[100, 100, 100, 1, np.nan]]), np.full((1, 5), 10.0))
    assert np.isnan(few.value[0]).tolist() == [False, False, False, True, True]
    assert few.expected_false[0] == pytest.approx(3 * 0.002)


SURVEYED = "month,unit,survey,touchpoint,score,responses,std_dev\n"
HALLS = "code,name,level,parent\nP,Province,province,\n" + "".join(f"{code},{code},city,P\n" for code in "ABCD")


@pytest.mark.parametrize(
    ("with_one", "interval"),
    [("ABCD", True), ("ABC", True), ("AB", False), ("", False)],
    ids=["all", "95 %", "two thirds", "none"],
)
def test_the_spread_of_a_few_says_nothing_of_all(tmp_path: Path, with_one: str, interval: bool) -> None:
    """Of 400 answers D has 20: without its deviation 95 % are covered, without C's and D's two thirds."""
    answers = {"A": 160, "B": 110, "C": 110, "D": 20}
    scores = SURVEYED + "".join(
        f"2025-01,{code},callback,overall,{80 + place * 4},{answers[code]},{18 if code in with_one else ''}\n"
        for place, code in enumerate("ABCD")
    )
    figures = Figures(open_snapshot(loaded(tmp_path, {"units": HALLS, "scores": scores})))
    card = scorecard(figures, "P", "2025-01").set_index("metric")
    assert np.isfinite(card.loc["callback", ["low", "high"]].astype(float)).all() == interval
    found = funnel(figures, "callback", "2025-01")
    assert (found.judged > 0, found.unjudged) == ((True, "") if interval else (False, "spread"))
    assert found.flagged == 0 or interval
    assert len(found.units) == 4


def test_deviations_of_other_answers_are_not_those_of_the_mean(tmp_path: Path) -> None:
    """The province's own row speaks for its 300 answers, and says nothing of how they spread; its cities' 200 are
    others.
    """
    scores = (
        SURVEYED
        + "2025-01,P,callback,overall,85,300,\n2025-01,A,callback,overall,80,100,11\n2025-01,B,callback,overall,"
        "90,100,11\n"
    )
    figures = Figures(open_snapshot(loaded(tmp_path, {"units": HALLS, "scores": scores})))
    assert scorecard(figures, "P", "2025-01").set_index("metric").loc["callback", ["low", "high"]].isna().all()
    assert scorecard(figures, "A", "2025-01").set_index("metric").loc["callback", ["low", "high"]].notna().all()


def test_below_the_minimum_base_nobody_is_flagged(tmp_path: Path) -> None:
    """Hotline calls: A, B and C answer 90 % of 1,000 (less or more), D answered 0 of 99 where 100 are needed."""
    calls = (
        "month,unit,calls,resolved_first_contact\n2025-01,A,1000,900\n2025-01,B,1000,905\n2025-01,C,1000,"
        "895\n2025-01,D,99,0\n"
    )
    found = funnel(
        Figures(open_snapshot(loaded(tmp_path, {"units": HALLS, "calls": calls}))), "hotline_first_contact", "2025-01"
    )
    units = found.units.set_index("unit")
    assert units["little"].to_dict() == {"A": False, "B": False, "C": False, "D": True}
    assert units.loc["D", "value"] == 0
    assert np.isnan(units.loc["D", "upper"])
    assert (found.judged, found.flagged) == (3, 0)
    # With D among them the spread would be that of D.
    assert found.phi < 20
    assert found.centre == pytest.approx(100 * 2700 / 3099)


def test_limits_stay_within_the_scale(tmp_path: Path) -> None:
    """Thirty answers of 97 that spread by 18: 97 +- 10.2."""
    scores = SURVEYED + "".join(f"2025-01,{code},callback,overall,97,30,18\n" for code in "ABCD")
    found = funnel(Figures(open_snapshot(loaded(tmp_path, {"units": HALLS, "scores": scores}))), "callback", "2025-01")
    assert found.units["upper"].tolist() == [100.0] * 4
    assert found.curve[["upper", "inner_upper"]].max().tolist() == [100.0, 100.0]
    assert found.units["lower"].min() == pytest.approx(97 - normal_quantile(0.998) * 18 / np.sqrt(30))
