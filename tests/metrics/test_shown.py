"""Figures inside sentences."""

from __future__ import annotations

import pytest

from metrics.definitions import all_metrics
from metrics.shown import shown, shown_limit

METRICS = {metric.code: metric for metric in all_metrics()}


@pytest.mark.parametrize(
    ("code", "value", "expected", "limit"),
    [
        ("complaints_per_10k", 13.94, "13.94", "13.94"), ("complaints_per_10k", -0.31, "-0.31", "0.00"), ("repeat_share", 104.2, "104.2%", "100.0%"),
        ("escalated_complaints", 1234.0, "1,234", "1,234"), ("satisfaction_hall", 101.0, "101.00", "100.00"), ("satisfaction_hall", None, "–", "–"),
        ("satisfaction_hall", float("nan"), "–", "–"),
    ],
)  # fmt: skip
def test_a_limit_is_not_said_to_lie_beyond_the_possible(
    code: str, value: float | None, expected: str, limit: str
) -> None:
    assert (shown(value, METRICS[code]), shown_limit(value, METRICS[code])) == (expected, limit)
