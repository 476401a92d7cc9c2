"""A finished chart gives the same dictionary every time, and copies of it can still be changed."""

from __future__ import annotations

import json

import plotly.graph_objects as go
from plotly.io import to_json

from charts.drawn_once import drawn_once
from charts.finished import finished
from charts.theme import sized


def line() -> go.Figure:
    return go.Figure(go.Scatter(y=[1, 3, 2], name="大洋"), {"height": 280})


def test_what_is_sent_is_that_of_the_figure_and_made_once() -> None:
    figure = finished(line())
    assert figure.to_dict() == drawn_once(line())
    assert figure.to_dict() is figure.to_dict()
    assert json.loads(to_json(figure, validate=False)) == drawn_once(line())


def test_a_copy_in_another_size_is_a_figure_of_its_own() -> None:
    figure = finished(line())
    copy = sized(figure, 900, 500)
    assert copy.to_dict()["layout"]["width"] == 900
    assert "width" not in figure.to_dict()["layout"]


def test_what_is_no_figure_stays_as_it_is() -> None:
    words = "a table"
    assert finished(words) is words
