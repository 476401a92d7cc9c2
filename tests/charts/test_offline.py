"""Figures outside a dashboard carry their data and need no network."""

from __future__ import annotations

import pytest

from charts.offline import figure_html, figure_json, plotly_script
from charts.theme import empty_figure


def test_a_figure_keeps_its_data() -> None:
    figure = empty_figure("light", 300)
    figure.add_scatter(x=["2025-01", "2025-02"], y=[1.5, None], name="大洋")
    assert figure_json(figure)["data"][0]["y"] == [1.5, None]
    piece = figure_html(figure, "trend-x")
    assert 'id="trend-x"' in piece
    assert "cdn.plot.ly" not in piece


def test_the_library_is_whole() -> None:
    assert len(plotly_script()) > 1_000_000


@pytest.mark.parametrize("name", ['trend-a"><img src=x onerror=alert(1)>', "trend_x", "Trend-x", "trend-x\n", ""])
def test_an_element_has_no_other_name_than_of_letters_digits_and_hyphens(name: str) -> None:
    with pytest.raises(ValueError, match="not the name of an element"):
        figure_html(empty_figure("light", 300), name)


def test_words_of_users_stay_words_in_a_figure() -> None:
    figure = empty_figure("light", 300)
    figure.add_scatter(x=[1], y=[1], name="</script><img src=x>")
    assert "<img" not in figure_html(figure, "trend-0")
