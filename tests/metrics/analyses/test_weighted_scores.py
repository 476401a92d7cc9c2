"""The weighted scorecard: points by hand, places, and how far they are owed to the weights."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from data.snapshots.reader import open_snapshot
from metrics.analyses.weighted_scores import weighted_scores
from metrics.engine.figures import Figures
from tests.metrics.conftest import loaded

UNITS = "code,name,level,parent\nP,Province,province,\nA,Alpha,city,P\nB,Beta,city,P\nC,Gamma,city,P\n"
SCORES = """month,unit,survey,touchpoint,score,responses
2025-01,A,standard,hall,90,100
2025-01,B,standard,hall,80,100
2025-01,C,standard,hall,85,100
2025-01,A,standard,network,60,100
2025-01,B,standard,network,80,100
"""
CALLS = "month,unit,calls,resolved_first_contact\n2025-01,A,100,80\n2025-01,B,100,95\n2025-01,C,100,90\n"
TARGETS = """metric,period,level,target,base,challenge,weight
satisfaction_hall,2025,city,85,70,90,60
satisfaction_network,2025,city,75,,,20
hotline_first_contact,2025,city,90,70,90,20
"""


@pytest.fixture(scope="module")
def weighted(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    folder = tmp_path_factory.mktemp("weighted")
    return Figures(
        open_snapshot(loaded(folder, {"units": UNITS, "scores": SCORES, "calls": CALLS, "targets": TARGETS}))
    )


def test_points_by_hand(weighted: Figures) -> None:
    """A: hall 90 earns all of 60, network 60 of 75 earns .8 of 20, hotline 80 between 70 and 90 half of 20: 86.

    B: .5 of 60, 20, 20: 70.
    """
    found = weighted_scores(weighted, "2025-01", level="city")
    table = found.units.set_index("unit")
    assert table["score"].to_dict() == pytest.approx({"A": 86, "B": 70, "C": np.nan}, nan_ok=True)
    assert table["rank"].to_dict() == pytest.approx({"A": 1, "B": 2, "C": np.nan}, nan_ok=True)
    assert not found.equal
    parts = found.parts[found.parts["unit"] == "A"].set_index("metric")
    assert parts["points"].to_dict() == pytest.approx(
        {"satisfaction_hall": 60, "satisfaction_network": 16, "hotline_first_contact": 10}
    )


def test_a_cap_above_one_pays_for_more(weighted: Figures) -> None:
    """B: hotline 95 is 1.25 of the way to the challenge; network 80 is 1.0667 of its target."""
    table = weighted_scores(weighted, "2025-01", level="city", cap=1.2).units.set_index("unit")
    assert table.loc["B", "score"] == pytest.approx(30 + 20 * 80 / 75 + 20 * 1.2)


def test_weights_by_hand_and_equal_weights(weighted: Figures, small: Figures) -> None:
    found = weighted_scores(weighted, "2025-01", level="city", weights={"satisfaction_network": 1})
    assert found.units["unit"].tolist()[:2] == ["B", "A"]
    assert weighted_scores(small, "2025-02", level="city").equal


def test_the_share_says_how_far_a_place_is_owed_to_the_weights(weighted: Figures) -> None:
    first = weighted_scores(weighted, "2025-01", level="city", top=1).units.set_index("unit")["share_in_top"]
    assert first["A"] + first["B"] == pytest.approx(1, abs=0.01)
    assert 0.9 < first["A"] <= 1
    assert np.isnan(first["C"])


@pytest.mark.parametrize(("calls", "least", "most"), [(100, 0.6, 0.8), (1_000_000, 0.99, 1)])
def test_the_share_carries_the_errors_of_the_values(tmp_path: Path, calls: int, least: float, most: float) -> None:
    """82 against 80 % of 100 calls: errors of 4 points each, so A leads with f(2 / 5.5) = .64; of a million always."""
    rows = "".join(f"2025-01,{unit},{calls},{calls * share // 100}\n" for unit, share in (("A", 82), ("B", 80)))
    files = {
        "units": UNITS,
        "calls": f"month,unit,calls,resolved_first_contact\n{rows}",
        "targets": "metric,period,level,target,base,challenge,weight\nhotline_first_contact,2025,city,90,60,99,20\n",
    }
    found = weighted_scores(Figures(open_snapshot(loaded(tmp_path, files))), "2025-01", level="city", top=1)
    assert least < found.units.set_index("unit")["share_in_top"]["A"] <= most


def test_the_order_of_units_does_not_matter(weighted: Figures, tmp_path: Path) -> None:
    turned = "\n".join([SCORES.splitlines()[0], *reversed(SCORES.splitlines()[1:])]) + "\n"
    units = "\n".join([*UNITS.splitlines()[:2], *reversed(UNITS.splitlines()[2:])]) + "\n"
    other = Figures(
        open_snapshot(loaded(tmp_path, {"units": units, "scores": turned, "calls": CALLS, "targets": TARGETS}))
    )
    before, after = (weighted_scores(figures, "2025-01", level="city").units for figures in (weighted, other))
    assert before.equals(after)


CUSTOMERS = "month,unit,customers\n" + "".join(
    f"2025-{month:02d},{unit},10000\n" for month in range(1, 7) for unit in "AB"
)
COMPLAINTS = "month,unit,category,complaints\n" + "".join(
    f"2025-{month:02d},{unit},billing,{count}\n" for month in range(1, 7) for unit, count in (("A", 11), ("B", 14))
)
YEARLY = (
    "metric,period,unit,target,base,challenge,weight\ncomplaints_per_10k,2025,A,120,,,60\ncomplaints_per_10k,"
    "2025,B,120,240,120,60\n"
)


@pytest.mark.parametrize("period", ["month", "quarter", "ytd"])
def test_a_years_goals_are_shared_among_its_months(tmp_path: Path, period: str) -> None:
    """A: 11 a month against 10 attains .9. B: 14 a month lies .6 of the way from 20 to 10."""
    files = {"units": UNITS, "customers": CUSTOMERS, "complaints": COMPLAINTS, "targets": YEARLY}
    found = weighted_scores(Figures(open_snapshot(loaded(tmp_path, files))), "2025-06", period, level="city")
    assert found.parts.set_index("unit")["score"].to_dict() == pytest.approx({"A": 0.9, "B": 0.6})
