"""What a click in a chart chooses."""

from __future__ import annotations

import pytest

from pages.shared.components.charts import clicked_choices


@pytest.mark.parametrize(
    ("drawn", "said", "expected"),
    [
        # The chart shows nothing chosen: however often its click is told, it chooses.
        ({"category": ""}, "资费争议", {"category": "资费争议"}),
        ({"category": "网络质量"}, "资费争议", {"category": "资费争议"}),
        ({"category": "资费争议"}, "资费争议", {"category": ""}),
        # A page always has a unit and a metric.
        ({"unit": "DY"}, ["DY"], {"unit": "DY"}),
        ({"unit": "DY", "metric": "x"}, ["LJ", "y"], {"unit": "LJ", "metric": "y"}),
        ({"unit": "DY", "metric": "x"}, ["LJ"], {"unit": "LJ"}),
        ({"category": ""}, None, {}),
    ],
)
def test_choices_of_a_click(drawn: dict[str, str], said: object, expected: dict[str, str]) -> None:
    assert clicked_choices(drawn, said) == expected
