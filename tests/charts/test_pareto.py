"""The Pareto from literals."""

from __future__ import annotations

import pandas as pd
import pytest

from charts.pareto import pareto_chart
from charts.theme import LIGHT


def test_order_shares_and_the_vital_few() -> None:
    figure = pareto_chart(pd.DataFrame({"label": ["b", "a", "c"], "value": [30.0, 60.0, 10.0]}))
    (bars,) = figure.data
    assert list(bars.x) == [60, 30, 10]
    assert list(figure.layout.yaxis.ticktext) == ["a", "b", "c"]
    assert bars.text[1] == "30 · 30.0% · cum. 90%"
    assert bars.hovertext[1] == "b · 30 · 30.0% · together 90%"
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


def test_the_rest_is_none_of_the_vital_few() -> None:
    frame = pd.DataFrame({"label": list("abcde"), "value": [10.0, 9, 8, 8, 8]})
    assert list(pareto_chart(frame, most=2).data[0].marker.color) == [LIGHT.muted, LIGHT.muted, LIGHT.peer]


@pytest.mark.parametrize(
    ("name", "size", "before", "written"),
    [
        ("网络部", 553.0, 562.0, "553 (−9) · 100.0% · cum. 100%"),
        ("10086热线", 1_130.0, 1_149.0, "1,130 (−19) · 100.0% · cum. 100%"),
        ("营业厅服务态度问题", 1_130.0, 1_149.0, "1,130 (−19) · 100.0%"),
        ("Complaints about the handling of complaints", 13_130.0, 11_149.0, "13,130 (+1,981) · 100.0%"),
    ],
)
def test_no_label_is_cut_where_the_chart_is_narrow(name: str, size: float, before: float, written: str) -> None:
    figure = pareto_chart(pd.DataFrame({"label": [name], "value": [size], "before": [before]}))
    (bars,) = figure.data
    left, right = figure.layout.margin.l, figure.layout.margin.r
    assert bars.text[0] == written
    assert right >= 7 * len(written)
    assert left + right <= 356 - 24
    assert figure.layout.xaxis.range == (0, size)
