"""The scatter from literals."""

from __future__ import annotations

import pandas as pd

from charts.scatter import scatter_chart
from charts.theme import LIGHT


def cloud(count: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "unit": [f"u{n}" for n in range(count)],
            "name": [f"<{n}>" for n in range(count)],
            "x": range(count),
            "y": [float(n % 7) for n in range(count)],
        }
    )


def test_the_chosen_unit_is_accented_and_every_name_is_escaped() -> None:
    (points,) = scatter_chart(cloud(5), x_title="x", y_title="y", chosen="u2").data
    assert list(points.marker.color).count(LIGHT.accent) == 1
    assert points.text[2] == "<b>&lt;2&gt;</b>"
    assert points.text[0] == "&lt;0&gt;"


def test_of_many_only_the_ends_are_named() -> None:
    (points,) = scatter_chart(cloud(60), x_title="x", y_title="y").data
    assert 0 < sum(bool(name) for name in points.text) <= 8


def test_what_is_not_known_is_left_out() -> None:
    frame = cloud(3).assign(y=[1.0, None, 2.0])
    assert len(scatter_chart(frame, x_title="x", y_title="y").data[0].x) == 2


def test_a_click_on_a_point_means_its_unit() -> None:
    (points,) = scatter_chart(cloud(3), x_title="x", y_title="y").data
    assert list(points.customdata) == ["u0", "u1", "u2"]
