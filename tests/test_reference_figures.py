"""The published year of 大洋, loaded from the samples and read back as a user would, to the digits that were printed.

Source: the reference figures of a branch's report; every rank is among the 11 cities of the samples.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import run_module

CITIES = 11

# Metric, value, digits printed, rank (None = not published).
YEAR_TO_DATE = [
    ("complaints_per_10k", 13.9, 1, 2),
    ("escalated_complaints", 233, 0, None),
    ("satisfaction_complaint_handling", 57.58, 2, 2),
    ("hall_composite", 100, 0, None),
    ("hall_quarters_passed", 4, 0, None),
    ("mystery_shopping", 93.81, 2, None),
    ("callback", 86.55, 2, None),
    ("two_way_evaluation", 94.32, 2, None),
    ("self_service_share", 62.47, 2, None),
    ("mid_high_end_customers", 352_700, 0, None),
    ("snapshot_retention", 85.5, 1, None),
    ("deep_binding", 54.3, 1, None),
    ("hard_binding", 48.4, 1, None),
    ("soft_binding", 60.1, 1, None),
    ("overall_binding", 72.7, 1, None),
    ("binding_overlap", 35.8, 1, None),
    ("brand_assessment", 67.2, 1, 2),
    ("hotline_first_contact", 95, 0, None),
]


@cache
def _scorecard(home: Path, month: str, period: str) -> dict[str, dict[str, Any]]:
    words = ("scorecard", "--unit", "大洋", "--month", month, "--period", period, "--json")
    printed = json.loads(run_module("metrics", *words, home=home).stdout)
    assert printed["month"] == month
    return {entry["metric"]: entry for entry in printed["metrics"]}


@pytest.mark.parametrize(("metric", "value", "digits", "rank"), YEAR_TO_DATE, ids=[row[0] for row in YEAR_TO_DATE])
def test_the_year_to_date(sample_home: Path, metric: str, value: float, digits: int, rank: int | None) -> None:
    found = _scorecard(sample_home, "2025-11", "ytd")[metric]
    assert round(found["value"], digits) == value
    assert found["value"] == pytest.approx(value, abs=2e-3)
    assert found["peers"] == CITIES
    if rank:
        assert found["rank"] == rank


@pytest.mark.parametrize(
    ("touchpoint", "rank"),
    [("overall", 1), ("hall", 2), ("network", 2), ("promotion", 2), ("complaint_handling", 2), ("new_business", 3)],
)
def test_ranks_of_satisfaction(sample_home: Path, touchpoint: str, rank: int) -> None:
    assert _scorecard(sample_home, "2025-11", "ytd")[f"satisfaction_{touchpoint}"]["rank"] == rank


def test_complaint_handling_above_the_province(sample_home: Path) -> None:
    found = _scorecard(sample_home, "2025-11", "ytd")["satisfaction_complaint_handling"]
    assert round(found["gap_to_average"], 1) == 8.7


def test_attainment_of_the_customer_target(sample_home: Path) -> None:
    found = _scorecard(sample_home, "2025-11", "ytd")["mid_high_end_customers"]
    assert round(found["attainment"], 1) == 110.2


@pytest.mark.parametrize(
    ("period", "target"), [("month", 22), ("quarter", 22 + 22), ("ytd", 22 * 11), ("rolling12", 260)]
)
def test_what_accumulates_is_held_against_the_targets_of_as_many_months(
    sample_home: Path, period: str, target: float
) -> None:
    # The quarter has two months with data; a whole year has a target of its own.
    assert _scorecard(sample_home, "2025-11", period)["escalated_complaints"]["target"] == target


def test_overlap_is_hard_and_soft_less_overall(sample_home: Path) -> None:
    found = _scorecard(sample_home, "2025-11", "ytd")
    hard, soft, overall = (found[f"{part}_binding"]["value"] for part in ("hard", "soft", "overall"))
    assert found["binding_overlap"]["value"] == pytest.approx(hard + soft - overall)


@pytest.mark.parametrize(("month", "value"), [("2025-01", 85), ("2025-11", 95)])
def test_the_hotline_from_january_to_november(sample_home: Path, month: str, value: float) -> None:
    found = _scorecard(sample_home, month, "month")["hotline_first_contact"]
    assert found["value"] == pytest.approx(value)
    assert found["target"] == 80


@pytest.mark.parametrize("month", ["2025-03", "2025-06", "2025-09", "2025-11"])
def test_the_halls_pass_in_every_quarter(sample_home: Path, month: str) -> None:
    found = _scorecard(sample_home, month, "quarter")["hall_composite"]
    assert found["value"] >= 80
