"""What changed between two scorecards, from literals."""

from __future__ import annotations

import pandas as pd
import pytest

from metrics.since import since

STILL = {
    "metric": "m", "value": 1.0, "signal": "noise", "variation": "common", "attainment": 101.0, "rank_change": 0.0, "rank_moved": False,
}  # fmt: skip


def card(**changes: object) -> pd.DataFrame:
    return pd.DataFrame([STILL | changes])


WORSE = {"signal": "signal", "variation": "concerning"}


@pytest.mark.parametrize(
    ("before", "now", "kind"),
    [
        ({}, WORSE, "turned_worse"),
        (WORSE, WORSE, None),
        (WORSE, {"signal": "signal", "variation": "improving"}, "turned_better"),
        ({}, {"signal": "signal", "variation": "neither_high"}, "turned"),
        (WORSE, {}, "ended"),
        ({}, {"attainment": 99.0}, "missed"),
        ({"attainment": 99.0}, {}, "met"),
        ({"attainment": 99.0}, {"attainment": 98.0}, None),
        ({}, {"attainment": 99.99999999999997}, None),
        ({"attainment": None}, {}, None),
        ({}, {"rank_change": -2.0, "rank_moved": True}, "place"),
        ({}, {"rank_change": 1.0}, "noise"),
        ({}, {"rank_change": None}, None),
        ({}, {**WORSE, "attainment": 90.0, "rank_change": -5.0}, "turned_worse"),
    ],
)
def test_the_most_telling_change(before: dict, now: dict, kind: str | None) -> None:
    assert list(since(card(**now), card(**before))["change"]) == ([kind] if kind else [])


def test_a_first_value_is_no_change() -> None:
    assert since(card(**WORSE), card(value=None)).empty
    assert since(card(**WORSE), card(metric="other")).empty


def test_the_most_telling_stand_first() -> None:
    now = pd.DataFrame([STILL | {"metric": "a", "rank_change": 1.0}, STILL | {"metric": "b", "rank_change": -3.0}, STILL | {"metric": "c"} | WORSE])  # fmt: skip
    before = pd.DataFrame([STILL | {"metric": code} for code in "abc"])
    assert list(since(now, before)["metric"]) == ["c", "b", "a"]
