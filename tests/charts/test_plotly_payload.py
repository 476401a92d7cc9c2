"""What is sent of a chart: everything that the figure says, in the one form that Plotly does not draw a second time."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from plotly.io import to_json

from charts.plotly_payload import figure_payload, freeze_payload
from charts.theme import empty_figure, resized, template, with_alt_text


def dots(x: object, **more: object) -> go.Figure:
    return go.Figure(go.Scatter(x=x, y=[1, 2, 3], **more), {"height": 280})


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        (np.array([1.5, np.nan, 3.0]), [1.5, None, 3.0]),
        (pd.Series([1, 2, 3]), [1, 2, 3]),
        (np.array([1, 2, 200], dtype=np.uint8), [1, 2, 200]),
        (pd.Series([1.5, None, 2.0]), [1.5, None, 2.0]),
        (["2025-01", "2025-02", None], ["2025-01", "2025-02", None]),
    ],
)
def test_numbers_are_sent_as_lists_and_what_is_missing_as_null(given: object, sent: list[object]) -> None:
    assert figure_payload(dots(given))["data"][0]["x"] == sent


def test_tables_of_numbers_keep_their_shape() -> None:
    figure = go.Figure(go.Heatmap(z=np.array([[1.0, 2.0], [np.nan, 4.0]])))
    assert figure_payload(figure)["data"][0]["z"] == [[1.0, 2.0], [None, 4.0]]


def test_every_digit_arrives() -> None:
    value = 0.1 + 0.2
    assert figure_payload(dots(np.array([value, 1e-300, 123456789012345680.0])))["data"][0]["x"] == [
        value,
        1e-300,
        123456789012345680.0,
    ]


def test_the_template_is_merged_and_what_the_figure_says_stands() -> None:
    figure = empty_figure("dark", 300)
    figure.add_bar(x=[1], y=[2])
    figure.update_layout(bargap=0.1, font={"size": 15}, yaxis2={"overlaying": "y"})
    layout = figure_payload(figure)["layout"]
    usual = template("dark").layout.to_plotly_json()
    assert "template" not in layout
    assert layout["bargap"] == 0.1
    assert layout["font"] == usual["font"] | {"size": 15}
    assert layout["xaxis"] == usual["xaxis"] | {"fixedrange": True}
    assert layout["yaxis2"] == usual["yaxis"] | {"overlaying": "y"}
    assert layout["paper_bgcolor"] == usual["paper_bgcolor"]


def test_the_revision_follows_the_data_and_nothing_else() -> None:
    def revision(figure: go.Figure) -> str:
        return str(figure_payload(figure)["layout"]["datarevision"])

    assert (
        revision(dots([1, 2, 3]))
        == revision(dots(np.array([1, 2, 3])))
        == revision(with_alt_text(dots([1, 2, 3]), "?"))
    )
    assert len({revision(dots(x)) for x in ([1, 2, 3], [1, 2, 4], [1, 2, None], [1.5, 2, 3])}) == 4
    assert revision(dots([1, 2, 3], marker={"color": "red"})) != revision(dots([1, 2, 3]))


def test_the_text_alternative_is_not_sent_and_stays_with_the_figure() -> None:
    figure = with_alt_text(dots([1, 2, 3]), "three months")
    assert "meta" not in figure_payload(figure)["layout"]
    assert figure.layout.meta == {"alternative": "three months"}


def test_only_what_carries_codes_takes_clicks() -> None:
    assert "clickmode" not in figure_payload(dots([1, 2, 3]))["layout"]
    layout = figure_payload(dots([1, 2, 3], customdata=["a", "b", "c"]))["layout"]
    assert (layout["clickmode"], layout["dragmode"], layout["hovermode"]) == ("event+select", "pan", "closest")
    own = dots([1, 2, 3], customdata=["a", "b", "c"]).update_layout(hovermode="x")
    assert figure_payload(own)["layout"]["hovermode"] == "x"


def test_it_is_json_as_it_stands() -> None:
    sent = figure_payload(dots(pd.to_datetime(["2025-01-01", "2025-02-01", "2025-03-01"])))
    assert json.loads(json.dumps(sent)) == sent


def line() -> go.Figure:
    return go.Figure(go.Scatter(y=[1, 3, 2], name="大洋"), {"height": 280})


def test_what_is_sent_is_that_of_the_figure_and_made_once() -> None:
    figure = freeze_payload(line())
    assert figure.to_dict() == figure_payload(line())
    figure.to_dict()["layout"]["height"] = 1
    assert figure.to_dict()["layout"]["height"] == 280, "each is asked for anew"
    assert json.loads(to_json(figure, validate=False)) == figure_payload(line())


def test_a_copy_in_another_size_is_a_figure_of_its_own() -> None:
    figure = freeze_payload(line())
    copy = resized(figure.figure(), 900, 500)
    assert copy.to_dict()["layout"]["width"] == 900
    assert "width" not in figure.to_dict()["layout"]


def test_what_is_no_figure_stays_as_it_is() -> None:
    words = "a table"
    assert freeze_payload(words) is words
