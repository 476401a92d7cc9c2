"""The scorecard: targets, ranks, movement, the parent's value, distances."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data.snapshots.reader import open_snapshot
from metrics.analyses.scorecard import scorecard
from metrics.engine.figures import Figures
from metrics.model.record import COLUMNS
from tests.metrics.conftest import FILES, loaded

RATE = "complaints_per_10k"


def row(
    figures: Figures, metric: str, unit: str, month: str = "2025-02", period: str = "month", **more: str
) -> pd.Series:
    return scorecard(figures, unit, month, period, **more).set_index("metric").loc[metric]


def test_columns_and_order_are_the_catalogues(small: Figures) -> None:
    card = scorecard(small, "A", "2025-02")
    assert tuple(card.columns) == COLUMNS
    assert list(card["metric"]) == [metric.code for metric in small.axes.metrics]


@pytest.mark.parametrize(
    ("unit", "month", "period", "target"),
    [
        ("A", "2025-02", "month", 6),
        ("B", "2025-02", "month", 20),
        ("A", "2025-01", "month", 1),  # its twelfth of the year's 12
        ("A", "2025-02", "ytd", 2),  # two twelfths: January has no target of its own
        ("A", "2025-02", "rolling12", 2),  # of twelve months two are known
        ("A", "2024-06", "ytd", np.nan),
        ("A1", "2025-02", "month", 6),  # the level above its own
        ("P", "2025-02", "month", np.nan),
    ],
)
def test_the_nearest_target_holds(small: Figures, unit: str, month: str, period: str, target: float) -> None:
    assert row(small, RATE, unit, month, period)["target"] == pytest.approx(target, nan_ok=True)


def test_every_field_of_one_line(small: Figures) -> None:
    found = row(small, RATE, "A")
    # February per 10,000: A 15, B 15 (30 of 20,000), C 15 (15 of 10,000): all tie for the first place
    assert found["value"] == pytest.approx(15)
    assert (found["rank"], found["peers"]) == (1, 3)
    assert found["gap"] == pytest.approx(9)
    assert found["attainment"] == pytest.approx(100 * (1 - 9 / 6))
    assert found["peer_average"] == pytest.approx(120 / 80_000 * 1e4)
    assert found["gap_to_average"] == pytest.approx(0)
    assert np.isnan(found["next_gap"])
    assert found["next_unit"] is None or pd.isna(found["next_unit"])
    assert found["mom"] == pytest.approx(100 * (15 - 11) / 11)
    # a year ago only A1 reported: 60 complaints of its 30,000 customers
    assert found["yoy"] == pytest.approx(100 * (15 - 20) / 20)
    # January: B 10, A 11
    assert found["rank_change"] == 2 - 1


def test_the_gap_to_the_next_place_is_in_complaints(small: Figures) -> None:
    found = row(small, RATE, "A", "2025-01")
    # B has 10 per 10,000: 5 fewer of A's 55 complaints over 50,000 customers tie with it
    assert (found["rank"], found["next_unit"], found["next_rank"], found["next_gap"]) == (2, "B", 1, 5)


def test_points_for_percentages_and_scores(sample: Figures) -> None:
    now = row(sample, "self_service_share", "DY", "2025-11")
    before = row(sample, "self_service_share", "DY", "2025-10")
    assert now["mom"] == pytest.approx(now["value"] - before["value"])


def test_what_accumulates_is_not_compared_over_fewer_months(small: Figures) -> None:
    assert np.isnan(row(small, RATE, "A", "2025-02", "ytd")["mom"])
    # of January and February 2024 only one month is known
    assert np.isnan(row(small, RATE, "A", "2025-02", "ytd")["yoy"])


def test_the_top_has_no_parent_and_no_peers(small: Figures) -> None:
    found = row(small, RATE, "P")
    assert np.isnan(found["peer_average"])
    assert found["peers"] == 1


def test_peers_within_a_parent(small: Figures) -> None:
    assert row(small, RATE, "A1")["peers"] == 3
    assert row(small, RATE, "A1", within="A")["peers"] == 2


def test_a_level_that_is_not_the_units_own_gives_no_rank_among_them(small: Figures) -> None:
    assert row(small, RATE, "A1", level="city")["peers"] >= 3


@pytest.mark.parametrize(
    ("goals", "attainment", "met"),
    [
        ("0,,", np.nan, 0),
        ("0,20,10", 50, 0),  # 15 per 10,000 lies half way from 20 to 10
        ("6,,", -50, 0),
    ],
)
def test_a_target_of_zero_is_met_or_not(tmp_path: Path, goals: str, attainment: float, met: float) -> None:
    targets = f"metric,period,unit,target,base,challenge\ncomplaints_per_10k,2025-02,A,{goals}\n"
    found = row(Figures(open_snapshot(loaded(tmp_path, {**FILES, "targets": targets}))), RATE, "A")
    assert found["value"] == 15
    assert (found["attainment"], found["met"]) == pytest.approx((attainment, met), nan_ok=True)
    assert found["gap"] == pytest.approx(15 - found["target"])
