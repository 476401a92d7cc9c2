"""The trend line from literals."""

from __future__ import annotations

import pandas as pd

from charts.line import TrendLook, trend_chart
from metrics.model.metric import Metric

FRAME = pd.DataFrame(
    {
        "month": ["2025-01", "2025-02", "2025-03"],
        "value": [1.0, None, 3.0],
        "target": [2.0, 2.0, 2.5],
        "peer_average": [2.0, 2.1, 2.2],
    }
)


def words(figure: object) -> list[str]:
    return [annotation.text for annotation in figure.layout.annotations]  # type: ignore[attr-defined]


def test_lines_and_direct_labels(rate: Metric) -> None:
    figure = trend_chart(FRAME, rate, name="大<洋", peers={"甲": [1, 2, 3], "乙": [4, None, 6]}, average="Province")
    peer, average, target, own = figure.data
    assert peer.line.width == 1
    assert list(peer.y) == [1, 2, 3, None, 4, None, 6, None]
    assert (peer.x[4], peer.hovertext[4], peer.hovertext[3]) == ("2025-01", "乙 · 2025-01 · 4.0", "")
    assert average.line.dash == "dot"
    assert target.line.dash == "dash"
    assert next(iter(own.y)) == 1.0
    assert words(figure) == ["Province", "Target 2.5", "<b>大&lt;洋 3.0</b>"]
    assert "–" in own.hovertext[1]


def test_without_target_peers_or_average(rate: Metric) -> None:
    figure = trend_chart(FRAME[["month", "value"]], rate, name="A")
    assert len(figure.data) == 1


def test_one_month(share: Metric) -> None:
    figure = trend_chart(FRAME.head(1), share, name="A", look=TrendLook("zh_Hans", "dark"))
    assert figure.layout.yaxis.ticksuffix == "%"
    assert "目标 2.0%" in words(figure)


def test_events_are_marked_in_their_month(rate: Metric) -> None:
    frame = pd.DataFrame(
        {"month": ["2025-01", "2025-02", "2025-03"], "value": [1.0, 2.0, 3.0], "target": [None, None, None]}
    )
    events = pd.DataFrame(
        {
            "month": ["2025-02", "2025-02", "2019-01"],
            "label": ["tariff <b>", "fault", "before"],
            "new_phase": [True, None, False],
        }
    )
    figure = trend_chart(frame, rate, name="A", events=events)
    assert {(shape.x0, shape.line.dash) for shape in figure.layout.shapes} == {("2025-02", "dash")}
    assert any(note.text == "tariff &lt;b&gt; · fault" for note in figure.layout.annotations)


def test_names_of_events_stand_above_the_plot_where_no_point_lies(rate: Metric) -> None:
    frame = pd.DataFrame(
        {"month": ["2025-01", "2025-02", "2025-03"], "value": [1.0, 2.0, 9.0], "target": [None, None, None]}
    )
    events = pd.DataFrame(
        {
            "month": ["2025-01", "2025-02"],
            "label": ["a new tariff for all customers", "fault"],
            "new_phase": [None, None],
        }
    )
    plain, marked = trend_chart(frame, rate, name="A"), trend_chart(frame, rate, name="A", events=events)
    upper, lower = marked.layout.annotations[:2]
    assert [(note.y, note.yref, note.yanchor, note.yshift) for note in (upper, lower)] == [
        (1, "paper", "bottom", 14),
        (1, "paper", "bottom", 0),
    ]
    assert marked.layout.margin.t == plain.layout.margin.t + 28
    assert [shape.y1 for shape in marked.layout.shapes] == [1, 28, 1, 14]
