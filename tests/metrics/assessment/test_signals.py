"""Signals: what the process of the months is held against."""

from __future__ import annotations

import pytest

from data.snapshots.reader import open_snapshot
from metrics.analyses.scorecard import scorecard
from metrics.analyses.trend import trend
from metrics.engine.figures import Figures
from tests.metrics.conftest import loaded

MONTHS = [f"{year}-{month:02d}" for year in (2024, 2025) for month in range(1, 13)]
UNITS = "code,name,level,parent\nP,Province,province,\nA,Alpha,city,P\nB,Beta,city,P\n"
CUSTOMERS = "month,unit,customers\n" + "".join(f"{month},{unit},10000\n" for month in MONTHS for unit in "AB")
# 10, 11 or 12 complaints a month for 10,000 customers.
COMPLAINTS = "month,unit,category,complaints\n" + "".join(
    f"{month},{unit},billing,{10 + place % 3}\n" for place, month in enumerate(MONTHS) for unit in "AB"
)
RATE = "complaints_per_10k"
# A has a target of the year only, B one of June beside it.
TARGETS = f"metric,period,unit,target\n{RATE},2025,A,84\n{RATE},2025,B,240\n{RATE},2025-06,B,11\n"


@pytest.fixture(scope="module")
def yearly(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    files = {"units": UNITS, "customers": CUSTOMERS, "complaints": COMPLAINTS, "targets": TARGETS}
    return Figures(open_snapshot(loaded(tmp_path_factory.mktemp("yearly"), files)))


@pytest.mark.parametrize(
    ("unit", "month", "period", "target", "monthly", "assurance"),
    [
        ("A", "2025-06", "month", 7, 7, "fails"),
        ("A", "2025-06", "quarter", 21, 7, "fails"),
        ("A", "2025-06", "ytd", 42, 7, "fails"),
        ("A", "2025-06", "rolling12", 84, 7, "fails"),
        ("B", "2025-05", "month", 20, 20, "passes"),
        ("B", "2025-06", "month", 11, 11, "hit_or_miss"),
        ("B", "2025-06", "ytd", 120, 11, "hit_or_miss"),
    ],
)
def test_a_month_is_held_against_its_share_of_the_years_target(
    yearly: Figures, unit: str, month: str, period: str, target: float, monthly: float, assurance: str
) -> None:
    row = scorecard(yearly, unit, month, period).set_index("metric").loc[RATE]
    assert row[["target", "monthly_target"]].tolist() == pytest.approx([target, monthly])
    assert row["assurance"] == assurance
    assert f"target {monthly:.2f} met in " in row["verdict"]


def test_so_is_each_month_of_a_trend(yearly: Figures) -> None:
    assert trend(yearly, RATE, "A", "2025-06", months=6)["monthly_target"].tolist() == pytest.approx([7] * 6)


def test_what_does_not_accumulate_keeps_its_years_target(small_series: Figures) -> None:
    row = scorecard(small_series, "FLAT", "2025-12", "quarter").set_index("metric").loc["callback"]
    assert row["monthly_target"] == row["target"] == 85
