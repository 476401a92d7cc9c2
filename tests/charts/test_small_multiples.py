"""Small multiples from literals: a panel a unit, one scale, names as they are."""

from __future__ import annotations

import pytest

from charts.small_multiples import GAP, small_multiples
from charts.theme import LIGHT, alt_text
from metrics.model.metric import Metric

MONTHS = ["2025-01", "2025-02", "2025-03"]


def drawn(figure, colour: str, dash: str | None = None) -> list[list[tuple]]:
    """The lines of one colour, a list of (x, y) each: what stands between gaps."""
    found: list[list[tuple]] = []
    for trace in figure.data:
        if trace.line.color == colour and trace.line.dash == dash:
            line: list[tuple] = []
            for x, y in zip(trace.x, trace.y, strict=True):
                if x is None:
                    found.append(line)
                    line = []
                else:
                    line.append((x, y))
    return found


def test_every_unit_has_its_panel_with_the_others_behind(rate: Metric) -> None:
    figure = small_multiples({"a": [1, 2, 3], "<b>": [4, None, 6]}, MONTHS, rate, across=2)
    second = 3 * (1 + GAP)
    assert drawn(figure, LIGHT.accent) == [[(0, 1), (1, 2), (2, 3)], [(second, 4), (second + 1, None), (second + 2, 6)]]
    assert drawn(figure, LIGHT.peer) == [[(0, 4), (1, None), (2, 6)], [(second, 1), (second + 1, 2), (second + 2, 3)]]
    assert [(note.x, note.text.split("  ")[0]) for note in figure.layout.annotations] == [
        (0, "<b>a</b>"),
        (second, "<b>&lt;b&gt;</b>"),
    ]
    assert figure.data[-1].hovertext[4] == "&lt;b&gt; · 2025-01 · 4.0"
    assert "a: " in alt_text(figure)
    assert "<b>: " in alt_text(figure)


def test_a_panel_of_the_next_row_is_the_same_moved_down(rate: Metric) -> None:
    figure = small_multiples({"a": [50, 51, 52], "b": [90, 91, 92]}, MONTHS, rate, targets={"b": 99.0}, across=1)
    (first, second), (goal,) = drawn(figure, LIGHT.accent), drawn(figure, LIGHT.ink, "dash")
    down = 90 - second[0][1]
    assert [y for _, y in first] == [50, 51, 52]
    assert [y for _, y in second] == pytest.approx([90 - down, 91 - down, 92 - down])
    assert [y for _, y in goal] == pytest.approx([99 - down] * 3)
    # The numbers beside both panels are the same.
    labels = list(figure.layout.yaxis.ticktext)
    assert labels[: len(labels) // 2] == labels[len(labels) // 2 :]
    places = list(figure.layout.yaxis.tickvals)
    assert [high - low for high, low in zip(places, places[len(places) // 2 :], strict=False)] == pytest.approx(
        [down] * (len(places) // 2)
    )


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([50, 91, 99], ["60", "80", "100"]),
        ([0.02, 0.05, 0.31], ["0.0", "0.1", "0.2", "0.3"]),
        ([310_000, 320_000, 360_000], ["320,000", "340,000", "360,000"]),
        ([7, 7, 7], ["6.8", "7.0", "7.2"]),
    ],
)
def test_few_round_numbers_stand_beside_a_panel(values: list[float], ticks: list[str], rate: Metric) -> None:
    figure = small_multiples({"a": values}, MONTHS, rate)
    assert list(figure.layout.yaxis.ticktext) == ticks
    assert [float(tick.replace(",", "")) for tick in ticks] == pytest.approx(list(figure.layout.yaxis.tickvals))
    low, high = figure.layout.yaxis.range
    assert low <= min(values) <= max(values) <= high


def test_months_are_named_below_every_column(rate: Metric) -> None:
    months = [f"{year}-{month:02d}" for year in (2023, 2024, 2025) for month in range(1, 13)]
    figure = small_multiples({"a": [1.0] * 36, "b": [2.0] * 36}, months, rate, across=2)
    assert list(figure.layout.xaxis.ticktext) == ["2025-12", "2024-12", "2023-12"] * 2
    assert list(figure.layout.xaxis.tickvals) == pytest.approx(
        [35, 23, 11, 36 * (1 + GAP) + 35, 36 * (1 + GAP) + 23, 36 * (1 + GAP) + 11]
    )


@pytest.mark.parametrize(
    ("units", "across", "rows"), [(1, 3, 1), (2, 2, 1), (4, 2, 2), (5, 3, 2), (8, 3, 3), (8, 9, 2)]
)
def test_panels_fill_rows(units: int, across: int, rows: int, rate: Metric) -> None:
    figure = small_multiples({str(number): [1.0, 2.0, 3.0] for number in range(units)}, MONTHS, rate, across=across)
    one, foot = small_multiples({"a": [1.0, 2.0, 3.0]}, MONTHS, rate), figure.layout.margin.b
    assert (figure.layout.height - foot) / (one.layout.height - foot) == rows


def test_without_a_single_value_nothing_breaks(rate: Metric) -> None:
    (line,) = drawn(small_multiples({"a": [None, None, None]}, MONTHS, rate), LIGHT.accent)
    assert [y for _, y in line] == [None, None, None]
