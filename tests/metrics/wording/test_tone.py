"""Better or worse: which figure, attainment and point take a colour."""

from __future__ import annotations

import pytest

from metrics.wording.tone import tone_of_attainment, tone_of_point, tone_of_signal


@pytest.mark.parametrize(
    ("signal", "variation", "tone"),
    [
        ("signal", "improving", "better"),
        ("signal", "concerning", "worse"),
        ("signal", "neither_high", ""),
        ("noise", "improving", ""),
        ("too_little_data", "concerning", ""),
        (None, None, ""),
    ],
)
def test_of_signal(signal: str | None, variation: str | None, tone: str) -> None:
    assert tone_of_signal({"signal": signal, "variation": variation}) == tone


@pytest.mark.parametrize(
    ("assurance", "met", "tone"),
    [
        ("passes", 1.0, "better"),
        ("passes", 0.0, ""),
        ("fails", 0.0, "worse"),
        ("fails", 1.0, ""),
        ("hit_or_miss", 0.0, ""),
        ("hit_or_miss", 1.0, ""),
        (None, 0.0, ""),
        ("fails", float("nan"), ""),
    ],
)
def test_of_goal(assurance: str | None, met: float, tone: str) -> None:
    assert tone_of_attainment({"assurance": assurance, "met": met}) == tone


@pytest.mark.parametrize(
    ("point_type", "better", "tone"),
    [
        ("outside_high", "higher", "better"),
        ("outside_high", "lower", "worse"),
        ("trend_down", "lower", "better"),
        ("shift_low", "higher", "worse"),
        ("trend_up", "neither", ""),
        ("common", "higher", ""),
        ("", "higher", ""),
    ],
)
def test_of_point(point_type: str, better: str, tone: str) -> None:
    assert tone_of_point(point_type, better) == tone
