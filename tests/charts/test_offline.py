"""Figures outside a dashboard carry their data and need no network."""

from __future__ import annotations

from charts.offline import as_html, as_json, library
from charts.theme import empty_figure


def test_a_figure_keeps_its_data() -> None:
    figure = empty_figure("light", 300)
    figure.add_scatter(x=["2025-01", "2025-02"], y=[1.5, None], name="大洋")
    assert as_json(figure)["data"][0]["y"] == [1.5, None]
    piece = as_html(figure, "trend-x")
    assert 'id="trend-x"' in piece
    assert "cdn.plot.ly" not in piece


def test_the_library_is_whole() -> None:
    assert len(library()) > 1_000_000
