"""How whole a figure is: five cities of one true rate, of which some did not report; every figure can be checked on
paper.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from data.snapshots.reader import open_snapshot
from metrics.analyses.attention import attention
from metrics.analyses.briefing import briefing, briefing_text
from metrics.analyses.ranking import ranking
from metrics.analyses.scorecard import scorecard
from metrics.analyses.trend import trend
from metrics.engine.completeness import MEMORY, reporting_units
from metrics.engine.figures import Figures
from metrics.engine.rollup import Tree
from tests.metrics.conftest import CITIES, five_cities, loaded

RATE, COUNT = "complaints_per_10k", "escalated_complaints"


@pytest.fixture(scope="module")
def cities(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    return Figures(open_snapshot(five_cities(tmp_path_factory.mktemp("cities"))))


def test_a_sum_of_fewer_months_holds_no_place(cities: Figures) -> None:
    """C's six months are the smallest sum of all; it led with certainty, 1 to 1, and 135 % of the target of nine
    months.
    """
    found = ranking(cities, RATE, "2025-09", "ytd", "city").set_index("unit")
    mine = found.loc["C"]
    assert (mine["months_known"], mine["months_expected"]) == (6, 9)
    assert mine["value"] == found["value"].min()
    assert np.isnan(
        mine[["rank", "rank_low", "rank_high", "next_gap", "rank_change", "gap_to_average", "to_average"]].astype(float)
    ).all()
    assert mine["target"] == pytest.approx(6)
    assert mine["attainment"] == pytest.approx(100 * (1 - (mine["value"] - 6) / 6))
    assert found["peers"].tolist() == [4] * 5
    assert sorted(found["rank"].dropna()) == [1, 2, 3, 4]
    assert found.loc["B", "target"] == pytest.approx(9)
    strong = attention(cities, "C", "2025-09", "ytd").strengths
    assert RATE not in set(strong["metric"])


@pytest.mark.parametrize(
    ("unit", "month", "period", "target"),
    [
        ("A", "2025-09", "ytd", 9),
        ("C", "2025-09", "ytd", 6),
        ("C", "2025-06", "quarter", 1),
        ("C", "2025-04", "month", 1),
        ("A", "2025-10", "rolling12", 12),
        ("C", "2025-10", "rolling12", 9),
    ],
)
def test_the_target_is_that_of_the_months_known(
    cities: Figures, unit: str, month: str, period: str, target: float
) -> None:
    found = scorecard(cities, unit, month, period).set_index("metric").loc[RATE, "target"]
    assert found == pytest.approx(target)


def test_a_total_that_lacks_units_is_held_against_nothing(cities: Figures) -> None:
    """Three of five cities: the province's count fell by a third, its rate did not."""
    card = scorecard(cities, "P", "2025-10").set_index("metric")
    total, rate = card.loc[COUNT], card.loc["escalated_per_10k"]
    assert (total["units_known"], total["units_expected"]) == (3, 5)
    assert np.isnan(total[["mom", "yoy", "attainment", "gap", "to_target", "rank"]].astype(float)).all()
    assert total["verdict"] == "Not judged: 3 of 5 units reported"
    assert not np.isnan(total["target"])
    assert (rate["units_known"], rate["units_expected"]) == (3, 5)
    assert not np.isnan(rate["mom"])
    assert rate["signal"] == "noise"


def test_the_month_after_is_not_held_against_it(cities: Figures) -> None:
    card = scorecard(cities, "P", "2025-06").set_index("metric").loc[COUNT]
    assert (card["units_known"], card["units_expected"]) == (5, 5)
    assert np.isnan(card["mom"])
    assert not np.isnan(card["yoy"])


def test_of_a_longer_period_the_month_that_lacks_most_is_told(cities: Figures) -> None:
    card = scorecard(cities, "P", "2025-10", "ytd").set_index("metric").loc[COUNT]
    assert (card["units_known"], card["units_expected"]) == (3, 5)
    assert np.isnan(card["yoy"])


def test_a_total_that_lacks_units_is_no_point_of_the_chart(cities: Figures) -> None:
    found = trend(cities, COUNT, "P", "2025-10").set_index("month")
    assert found.loc["2025-10", "value"] < found.loc["2025-10", "lower"]
    assert not found.loc[["2025-03", "2025-04", "2025-05", "2025-10"], "point_type"].map(bool).any()


def test_a_file_without_the_column_lacks_in_the_total(tmp_path: Path) -> None:
    """B's tickets do not say how serious they were: nothing is known of B, and the province's total lacks it."""
    tickets = "ticket_id,received_at,unit,category"
    files = {
        "units.csv": "code,name,level,parent\nP,P,province,\nA,A,city,P\nB,B,city,P\nC,C,city,P\n",
        "a.csv": f"{tickets},level\n1,2025-10-03,A,billing,escalated\n2,2025-10-04,C,billing,normal\n",
        "b.csv": f"{tickets}\n3,2025-10-05,B,network\n",
    }
    figures = Figures(open_snapshot(loaded(tmp_path, files)))
    found = ranking(figures, COUNT, "2025-10", "month", "city").set_index("unit")["value"]
    assert (found["A"], found["C"]) == (1, 0)
    assert np.isnan(found["B"])
    total = scorecard(figures, "P", "2025-10").set_index("metric").loc[COUNT]
    assert (total["value"], total["units_known"], total["units_expected"]) == (1, 2, 3)
    assert np.isnan(scorecard(figures, "B", "2025-10").set_index("metric").loc["repeat_share", "value"])


@pytest.mark.parametrize("unit", CITIES)
def test_own_rows_are_no_sum(cities: Figures, unit: str) -> None:
    assert scorecard(cities, unit, "2025-09")["units_expected"].isna().all()


def test_the_briefing_says_it(cities: Figures) -> None:
    said = briefing_text(briefing(cities, "P", "2025-10"), "title")
    assert "3 of 5 units reported" in said
    assert "6 of 9 months known" in briefing_text(briefing(cities, "C", "2025-09", "ytd"), "title")


def test_nothing_lacks_in_the_samples_but_halls_that_a_survey_left_out(sample: Figures) -> None:
    lacking = sample.reporting_units.reported < sample.reporting_units.expected
    codes = {metric.code for metric, some in zip(sample.axes.metrics, lacking.any(axis=(1, 2)), strict=True) if some}
    levels = {
        sample.organisation.level(unit)
        for unit, some in zip(sample.axes.units, lacking.any(axis=(0, 2)), strict=True)
        if some
    }
    assert codes <= {"mystery_shopping", "callback", "two_way_evaluation"}
    assert levels <= {"county"}
    assert lacking.sum() < 25


TREE = Tree(np.array([-1, 0, 0, 0]))
YES, NO = 1.0, np.nan


@pytest.mark.parametrize(
    ("children", "closed", "counts"),
    [
        ([[YES] * 3, [YES] * 3, [YES, YES, NO]], 9, (2, 3)),
        ([[YES] * 3, [YES] * 3, [YES, YES, NO]], 1, (2, 2)),  # closed the month before
        ([[YES] * 3, [YES] * 3, [NO, NO, YES]], 9, (3, 3)),  # new
        ([[YES] * 5, [YES] * 5, [YES, NO, NO, NO, NO]], 9, (2, 2)),  # came once
        ([[YES] * 5, [YES] * 5, [YES, YES, NO, NO, NO]], 9, (2, 3)),  # half of the time
        ([[YES, NO, NO] * 2 + [YES], [YES, NO, NO] * 2 + [NO], [NO] * 7], 9, (1, 2)),  # a survey of each quarter
        ([[YES] * 16, [YES] * 16, [YES] + [NO] * 15], 99, (2, 2)),  # longer ago than MEMORY
        ([[NO] * 3, [NO] * 3, [NO] * 3], 9, (0, 0)),
    ],
)  # fmt: skip
def test_who_is_waited_for(children: list[list[float]], closed: int, counts: tuple[int, int]) -> None:
    months = len(children[0])
    own = np.array([[[NO] * months, *children]])
    found = reporting_units(own, [(0,)], TREE, np.array([99, 99, 99, closed]))
    assert (found.reported[0, 0, -1], found.expected[0, 0, -1]) == counts


def test_what_speaks_for_itself_or_cannot_be_summed_waits_for_nobody() -> None:
    own = np.array(
        [[[YES] * 3, [YES, YES, NO], [YES] * 3, [YES] * 3], [[NO] * 3, [YES, YES, NO], [YES] * 3, [YES] * 3]]
    )
    found = reporting_units(own, [(0,), (), (0, 1)], TREE, np.array([9, 9, 9, 9]))
    assert found.expected[:, 0, -1].tolist() == [0, 0, 3]
    assert found.reported[:, 0, -1].tolist() == [0, 0, 2]
    assert MEMORY == 12
