"""Targets: the nearest holds."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from metrics.analyses.scorecard import scorecard
from metrics.definitions import all_metrics
from metrics.engine.figures import Figures
from metrics.engine.rollup import Tree
from metrics.engine.targets import FIELDS, Targets

METRICS = [metric for metric in all_metrics() if metric.code in ("complaints_per_10k", "escalated_complaints")]
UNITS, LEVELS = ["P", "A", "B", "A1"], ["province", "city", "city", "county"]
TREE = Tree(np.array([-1, 0, 0, 1]))


def target(rows: list[tuple], unit: str, month: str = "2025-11", longer: bool = False, metric: int = 0) -> float:
    frame = pd.DataFrame(
        [(*row, *[None] * 3) for row in rows], columns=["metric", "period", "unit", "level", *FIELDS], dtype="object"
    )
    return float(Targets(frame, METRICS, UNITS, LEVELS, TREE).holding(month, longer).target[metric, UNITS.index(unit)])


RATE = "complaints_per_10k"


@pytest.mark.parametrize(
    ("rows", "unit", "expected"),
    [
        ([(RATE, "2025", "A", None, 12.0)], "A", 12),
        ([(RATE, "2025", "A", None, 12.0)], "A1", 12),  # from above
        ([(RATE, "2025", "A", None, 12.0)], "B", np.nan),
        (
            [(RATE, "2025", "A", None, 12.0), (RATE, "2025", "level:county", "county", 9.0)],
            "A1",
            9,
        ),  # the level before the ancestor
        ([(RATE, "2025", "level:city", "city", 14.0)], "A1", 14),  # from the level above
        ([(RATE, "2025", "level:city", "city", 14.0), (RATE, "2025", "P", None, 15.0)], "A1", 14),
        ([(RATE, "2025", "level:city", "city", 14.0), (RATE, "2025", "A", None, 12.0)], "A1", 12),
        ([(RATE, "2025", "level:city", "city", 14.0), (RATE, "2025", "*", None, 15.0)], "A1", 14),
        ([(RATE, "2025", "level:city", "city", 14.0)], "P", np.nan),
        ([(RATE, "2025", "*", None, 15.0)], "B", 15),
        (
            [
                (RATE, "2025", "*", None, 15.0),
                (RATE, "2025", "level:city", "city", 14.0),
                (RATE, "2025", "B", None, 13.0),
            ],
            "B",
            13,
        ),
        ([(RATE, "2024", "B", None, 13.0)], "B", np.nan),
        ([("万客户投诉量", "2025", "B", None, 13.0)], "B", 13),  # by name
        ([("no such metric", "2025", "B", None, 13.0)], "B", np.nan),
    ],
)
def test_the_nearest(rows: list[tuple], unit: str, expected: float) -> None:
    assert target(rows, unit) == pytest.approx(expected, nan_ok=True)


COUNT = "escalated_complaints"


@pytest.mark.parametrize(
    ("rows", "unit", "expected"),
    [
        ([(COUNT, "2025", "A", None, 22.0)], "A", 22),
        ([(COUNT, "2025", "A", None, 22.0)], "A1", np.nan),  # of the city as a whole
        ([(COUNT, "2025", "P", None, 200.0)], "A", np.nan),
        ([(COUNT, "2025", "level:city", "city", 22.0)], "A1", np.nan),
        ([(COUNT, "2025", "level:county", "county", 3.0), (COUNT, "2025", "A", None, 22.0)], "A1", 3),
        ([(COUNT, "2025", "*", None, 5.0), (COUNT, "2025", "A", None, 22.0)], "A1", 5),  # said of everybody
    ],
)
def test_a_total_is_not_handed_down(rows: list[tuple], unit: str, expected: float) -> None:
    assert target(rows, unit, metric=METRICS.index(next(m for m in METRICS if m.code == COUNT))) == pytest.approx(
        expected, nan_ok=True
    )


def test_a_month_before_its_year_and_the_year_before_its_month() -> None:
    rows = [(RATE, "2025", "A", None, 12.0), (RATE, "2025-11", "A", None, 1.0)]
    assert target(rows, "A") == 1
    assert target(rows, "A", longer=True) == 12
    assert target(rows, "A", month="2025-10") == 12


KEPT = "snapshot_retention"


def test_a_default_comes_last_and_is_said_to_be_one(small: Figures) -> None:
    """A county that keeps 84.4 % beats its cities' 84; nobody set it the definition's 85."""
    retention = [metric for metric in all_metrics() if metric.code == KEPT]
    rows = [(KEPT, "2025", "level:city", "city", 84.0, *[None] * 3)]
    frame = pd.DataFrame(rows, columns=["metric", "period", "unit", "level", *FIELDS], dtype="object")
    targets = Targets(frame, retention, UNITS, LEVELS, TREE)
    assert targets.holding("2025-11", False).target[0].tolist() == [85, 84, 84, 84]
    assert targets.by_default("2025-11", False)[0].tolist() == [True, False, False, False]
    card = scorecard(small, "A", "2025-02").set_index("metric")["target_default"]
    assert (card["satisfaction_overall"], card["complaints_per_10k"]) == (True, False)
