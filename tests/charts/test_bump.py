"""The bump chart from literals: one line per peer, a month without a place breaks it."""

from __future__ import annotations

import pandas as pd

from charts.bump import MOST, bump_chart
from charts.theme import LIGHT
from metrics.model.metric import Metric

MONTHS = ["2025-01", "2025-02", "2025-03"]


def frame(places: dict[str, list[float | None]]) -> pd.DataFrame:
    rows = [
        (unit, f"<{unit}>", month, 1.0, rank, len(places))
        for unit, ranks in places.items()
        for month, rank in zip(MONTHS, ranks, strict=True)
    ]
    return pd.DataFrame(rows, columns=["unit", "name", "month", "value", "rank", "peers"])


def test_lines_names_and_the_chosen_on_top(rate: Metric) -> None:
    figure = bump_chart(frame({"a": [1, 2, 2], "b": [2, 1, 1], "c": [None, 3, None]}), rate, chosen="a")
    assert [list(line.y)[:2] for line in figure.data] == [[2, 1], [1, 2]]
    assert figure.data[-1].line.color == LIGHT.accent
    assert {note.text for note in figure.layout.annotations} == {"<b>2 &lt;a&gt;</b>", "1 &lt;b&gt;"}
    assert figure.layout.yaxis.range[0] > figure.layout.yaxis.range[1]


def test_of_many_the_best_and_the_chosen(rate: Metric) -> None:
    many = frame({f"u{number:02d}": [float(number)] * 3 for number in range(1, 61)})
    figure = bump_chart(many, rate, chosen="u55")
    assert len(figure.data) == MOST + 1
    assert figure.data[-1].y[0] == 55


def test_nothing(rate: Metric) -> None:
    assert len(bump_chart(frame({}), rate).data) == 0


def test_a_click_on_a_point_means_its_unit(rate: Metric) -> None:
    figure = bump_chart(frame({"a": [1, 2, 2], "b": [2, 1, 1]}), rate, chosen="a")
    assert {line.customdata[0] for line in figure.data} == {"a", "b"}
