"""Figures inside sentences."""

from __future__ import annotations

import pytest

from metrics.definitions import all_metrics
from metrics.shown import shown

METRICS = {metric.code: metric for metric in all_metrics()}


@pytest.mark.parametrize(
    ("code", "value", "expected"),
    [
        ("complaints_per_10k", 13.94, "13.94"), ("complaints_per_10k", -0.31, "-0.31"), ("repeat_share", 104.2, "104.2%"),
        ("escalated_complaints", 1234.0, "1,234"), ("satisfaction_hall", 101.0, "101.00"), ("satisfaction_hall", None, "–"),
        ("satisfaction_hall", float("nan"), "–"),
    ],
)  # fmt: skip
def test_with_the_metric_s_decimals_and_sign(code: str, value: float | None, expected: str) -> None:
    assert shown(value, METRICS[code]) == expected
