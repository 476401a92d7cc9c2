"""Figures inside sentences."""

from __future__ import annotations

import pytest

from metrics.definitions import all_metrics
from metrics.wording.values import formatted, formatted_compact

METRICS = {metric.code: metric for metric in all_metrics()}


@pytest.mark.parametrize(
    ("code", "value", "expected"),
    [
        ("complaints_per_10k", 13.94, "13.94"),
        ("complaints_per_10k", -0.31, "-0.31"),
        ("repeat_share", 104.2, "104.2%"),
        ("escalated_complaints", 1234.0, "1,234"),
        ("satisfaction_hall", 101.0, "101.00"),
        ("satisfaction_hall", None, "–"),
        ("satisfaction_hall", float("nan"), "–"),
    ],
)
def test_with_the_metric_s_decimals_and_sign(code: str, value: float | None, expected: str) -> None:
    assert formatted(value, METRICS[code]) == expected


@pytest.mark.parametrize(
    ("code", "value", "english", "simplified"),
    [
        ("mid_high_end_customers", 359_120.0, "359.1K", "35.91万"),
        ("mid_high_end_customers", 9_120.0, "9,120", "9,120"),
        ("complaints_per_10k", 13.94, "13.94", "13.94"),
        ("mid_high_end_customers", float("nan"), "–", "–"),
    ],
)
def test_large_counts_are_written_as_on_the_screens(code: str, value: float, english: str, simplified: str) -> None:
    assert [formatted_compact(value, METRICS[code], lang) for lang in ("en", "zh_Hans")] == [english, simplified]
