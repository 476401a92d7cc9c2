"""Rankings: the same figures as the scorecards of the peers, best first."""

from __future__ import annotations

import pytest

from metrics.analyses.rank_tables import rank_matrix
from metrics.analyses.ranking import ranking
from metrics.analyses.scorecard import scorecard
from metrics.engine.figures import Figures

SHARED = ["value", "rank", "peers", "target", "attainment", "mom", "yoy", "rank_change", "gap_to_average", "next_gap"]


def test_best_first_and_unknown_last(small: Figures) -> None:
    found = ranking(small, "complaints_per_10k", "2025-01", level="city")
    assert list(found["unit"]) == ["B", "A", "C"]
    assert found["value"].isna().tolist() == [False, False, True]


@pytest.mark.parametrize(
    "metric", ["complaints_per_10k", "satisfaction_overall", "hall_composite", "snapshot_retention"]
)
def test_rows_equal_the_scorecards(sample: Figures, metric: str) -> None:
    table = ranking(sample, metric, "2025-11", level="city").set_index("unit")
    assert len(table) == 11
    for unit in ("DY", "LJ", "NP"):
        card = scorecard(sample, unit, "2025-11").set_index("metric").loc[metric]
        for field in SHARED:
            assert table.loc[unit, field] == pytest.approx(card[field], nan_ok=True), field


def test_the_default_level_is_the_one_below(small: Figures) -> None:
    assert set(ranking(small, "complaints_per_10k", "2025-02")["unit"]) == {"A", "B", "C"}
    assert set(ranking(small, "complaints_per_10k", "2025-02", within="A")["unit"]) == {"A1", "A2"}


def test_the_matrix_ranks_as_the_ranking_does(sample: Figures) -> None:
    units = sample.organisation.at_level("city")
    cells = rank_matrix(sample, units, "2025-11")
    one = cells[cells["metric"] == "complaints_per_10k"].set_index("unit")["rank"]
    table = ranking(sample, "complaints_per_10k", "2025-11", level="city").set_index("unit")["rank"]
    assert one.to_dict() == table.to_dict()
    assert len(cells) == len(units) * len(sample.axes.metrics)


def test_estimates_lie_between_the_value_and_all_peers_and_small_bases_move_most(sample: Figures) -> None:
    table = ranking(sample, "complaints_per_10k", "2025-11", level="county").dropna(subset=["value"])
    centre = 1e4 * table["numerator"].sum() / table["denominator"].sum()
    share = (table["shrunken"] - centre) / (table["value"] - centre)
    assert ((share > 0) & (share < 1)).all()
    assert share.rank().equals(table["denominator"].rank())


def test_what_has_no_base_has_no_estimate(sample: Figures) -> None:
    assert ranking(sample, "mid_high_end_customers", "2025-11", level="city")["shrunken"].isna().all()
