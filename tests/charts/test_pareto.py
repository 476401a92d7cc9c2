"""The Pareto from literals."""

from __future__ import annotations

import pandas as pd

from charts.pareto import pareto_chart
from charts.theme import LIGHT


def test_order_shares_and_the_vital_few() -> None:
    figure = pareto_chart(pd.DataFrame({"label": ["b", "a", "c"], "value": [30.0, 60.0, 10.0]}))
    (bars,) = figure.data
    assert list(bars.x) == [60, 30, 10]
    assert list(figure.layout.yaxis.ticktext) == ["a", "b", "c"]
    assert bars.text[1] == "30 · 30.0% · together 90%"
    assert list(bars.marker.color) == [LIGHT.muted, LIGHT.muted, LIGHT.peer]


def test_the_rest_is_summed_not_dropped() -> None:
    figure = pareto_chart(pd.DataFrame({"label": list("abcde"), "value": [5.0, 4, 3, 2, 1]}), most=3)
    assert list(figure.data[0].x) == [5, 4, 3, 3]
    assert figure.layout.yaxis.ticktext[3] == "Other (2 more)"


def test_nothing() -> None:
    assert len(pareto_chart(pd.DataFrame({"label": [], "value": []})).data[0].x) == 0


def test_changes_stand_in_brackets_where_they_are_known() -> None:
    frame = pd.DataFrame({"label": list("ab"), "value": [30.0, 10.0], "before": [25.0, None]})
    assert [text.split(" · ")[0] for text in pareto_chart(frame).data[0].text] == ["30 (+5)", "10"]


def test_a_click_on_a_bar_means_its_segment_and_the_chosen_one_is_accented() -> None:
    frame = pd.DataFrame({"label": list("abc"), "segment": ["A", "B", "C"], "value": [3.0, 2, 1]})
    (bars,) = pareto_chart(frame, most=2, chosen="B").data
    assert list(bars.customdata) == ["A", "B", ""]
    assert [colour == LIGHT.accent for colour in bars.marker.color] == [False, True, False]
