"""The ranking from literals."""

from __future__ import annotations

import pandas as pd
import pytest

from charts.ranking import axis_range, ranking_chart
from charts.theme import LIGHT
from metrics.model.metric import Metric


def frame(count: int = 3) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "unit": [f"u{i}" for i in range(count)],
            "name": [f"U{i}" for i in range(count)],
            "value": [float(i + 1) for i in range(count)],
            "rank": [float(i + 1) for i in range(count)],
            "target": [2.0] * count,
        }
    )


def test_best_on_top_and_the_chosen_accented(rate: Metric) -> None:
    figure = ranking_chart(frame(), rate, chosen="u1")
    bars, values = figure.data
    assert bars.type == "bar"
    assert list(bars.x) == [3.0, 2.0, 1.0]
    assert [text.strip() for text in values.text] == ["3.0", "<b>2.0</b>", "1.0"]
    assert figure.layout.xaxis.range[0] == 0.0
    assert bars.error_x.array is None
    assert list(bars.marker.color) == [LIGHT.peer, LIGHT.accent, LIGHT.peer]
    assert list(figure.layout.yaxis.ticktext) == ["U2", "<b>U1</b>", "U0"]
    assert figure.layout.annotations[0].text == "Target 2.0"


def test_shares_are_dots(share: Metric) -> None:
    assert ranking_chart(frame(), share).data[0].type == "scatter"


def test_many_units_are_all_drawn_but_only_some_named(rate: Metric) -> None:
    figure = ranking_chart(frame(90), rate, chosen="u40")
    assert len(figure.data[0].x) == 90
    assert list(figure.layout.yaxis.ticktext) == ["U89", "<b>U40</b>", "U0"]


def test_unknown_values_are_left_out(rate: Metric) -> None:
    rows = frame()
    rows.loc[1, "value"] = None
    assert len(ranking_chart(rows, rate).data[0].x) == 2


def test_whiskers_reach_from_the_low_to_the_high_end(rate: Metric) -> None:
    rows = frame().assign(low=[0.5, None, 2.0], high=[2.0, None, 4.5])
    bars = ranking_chart(rows, rate).data[0]
    assert (list(bars.error_x.arrayminus), list(bars.error_x.array)) == ([1.0, 0.0, 0.5], [1.5, 0.0, 1.0])
    assert list(bars.hovertext) == [
        "U2 · 3.0 · 95%: 2.0 to 4.5 · 3 of 3",
        "U1 · 2.0 · 2 of 3",
        "U0 · 1.0 · 95%: 0.5 to 2.0 · 1 of 3",
    ]


def test_places_count_the_peers_that_are_left_out(rate: Metric) -> None:
    rows = frame().assign(peers=90, rank=[1.0, 45.0, 90.0])
    assert [hint.rsplit(" · ")[-1] for hint in ranking_chart(rows, rate).data[0].hovertext] == [
        "90 of 90",
        "45 of 90",
        "1 of 90",
    ]


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        ({"value": [1.0, 2.0, 5.0]}, (0.0, 5.3)),
        ({"value": [1.0, 2.0, 5.0], "high": [2.0, 3.0, 10.0]}, (0.0, 10.6)),
        ({"value": [1.0, 2.0, 5.0], "target": [20.0] * 3}, (0.0, 21.2)),
        ({"value": [-10.0, 2.0, 5.0]}, (-10.9, 5.9)),
        ({"value": [0.0, 0.0, 0.0]}, (0.0, 1.0)),
    ],
)
def test_bars_begin_at_zero_and_everything_drawn_fits(
    ends: dict[str, list[float]], expected: tuple[float, float]
) -> None:
    assert axis_range(pd.DataFrame(ends), from_zero=True) == pytest.approx(expected)


def test_dots_need_not_begin_at_zero() -> None:
    rows = pd.DataFrame({"value": [90.0, 95.0], "low": [88.0, None], "high": [None, 98.0]})
    assert axis_range(rows, from_zero=False) == pytest.approx((87.4, 98.6))


@pytest.mark.parametrize(
    ("targets", "line", "ticks"),
    [
        ([2.0, 2.0, 2.0], ["Target 2.0"], []),
        # The target of one unit says nothing of its peers: it stands on its own row.
        ([None, 2.0, None], ["| Target"], [(1, 2.0)]),
        ([2.0, 2.0, None], ["| Target"], [(1, 2.0), (2, 2.0)]),
        ([1.0, 2.0, 3.0], ["| Target"], [(0, 3.0), (1, 2.0), (2, 1.0)]),
        ([None, None, None], [], []),
    ],
)
def test_a_line_at_a_target_means_that_all_rows_share_it(
    targets: list[float | None], line: list[str], ticks: list[tuple[int, float]], rate: Metric
) -> None:
    figure = ranking_chart(frame().assign(target=pd.Series(targets, dtype=float)), rate, chosen="u1")
    assert [note.text for note in figure.layout.annotations] == line
    assert len(figure.layout.shapes) == (line == ["Target 2.0"])
    drawn = [(y, x) for trace in figure.data[2:] for y, x in zip(trace.y, trace.x, strict=True) if x == x]
    assert drawn == ticks
