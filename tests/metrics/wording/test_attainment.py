"""Attainments in words."""

from __future__ import annotations

from typing import Any

import pytest

from metrics.wording.attainment import attained_of_target, attainment_in_words

NAN = float("nan")


def record(**known: Any) -> Any:
    return {"value": NAN, "target": NAN, "attainment": NAN, "met": NAN} | known


@pytest.mark.parametrize(
    ("reached", "decimals", "said"),
    [
        (99.94, 0, "99.9%"),
        (99.99, 0, "99.9%"),
        (99.96, 1, "99.96%"),
        (99.4, 0, "99%"),
        (100.0, 0, "100%"),
        (100.04, 1, "100.0%"),
        (135.5, 1, "135.5%"),
        (-20.0, 0, "−20%"),
        (None, 0, "–"),
    ],
)
def test_what_falls_short_is_never_a_hundred_per_cent(reached: float | None, decimals: int, said: str) -> None:
    assert attainment_in_words(record(attainment=reached), "en", decimals) == said


@pytest.mark.parametrize(
    ("row", "en", "zh_hans"),
    [
        (record(value=24, target=10, attainment=-40, met=0), "2.4 times the target", "目标的 2.4 倍"),
        (record(value=20, target=10, attainment=0, met=0), "0.0%", "0.0%"),
        # Higher is better and the value is negative, or a position below the base: no multiple of the target.
        (record(value=-4, target=10, attainment=-40, met=0), "−40.0%", "−40.0%"),
        (record(value=-4, target=-2, attainment=-40, met=0), "−40.0%", "−40.0%"),
        (record(value=0, target=0, met=1), "met", "已达标"),
        (record(value=1, target=0, met=0), "not met", "未达标"),
        (record(value=1), "–", "–"),
    ],
)
def test_a_turned_round_per_cent_is_never_said(row: Any, en: str, zh_hans: str) -> None:
    assert (attainment_in_words(row, "en"), attainment_in_words(row, "zh_Hans")) == (en, zh_hans)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (record(value=8, target=10, attainment=80, met=0, target_default=False), "80.0% of the target 10"),
        (record(value=24, target=10, attainment=-40, met=0, target_default=False), "2.4 times the target 10"),
        (record(value=24, target=10, attainment=-40, met=0, target_default=True), "2.4 times the default target 10"),
        (record(value=0, target=0, met=1, target_default=False), "meets target 10"),
        (record(value=1, target=0, met=0, target_default=True), "short of the default target 10"),
    ],
)
def test_in_a_clause_with_the_target(row: Any, said: str) -> None:
    assert attained_of_target(row, "10", "en") == said
