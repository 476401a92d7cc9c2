"""The comparison from literals."""

from __future__ import annotations

import pandas as pd
import pytest

from charts.compare import comparison_chart


def test_value_average_and_target() -> None:
    frame = pd.DataFrame(
        {"label": ["Hall", "Net"], "value": [80.0, None], "average": [78.0, 70.0], "target": [79.0, None]}
    )
    figure = comparison_chart(frame, name="大洋", average="Province", form="score", decimals=2)
    average, target, value, written = figure.data
    assert list(figure.layout.yaxis.ticktext) == ["Net", "Hall"]
    assert [one.strip() for one in written.text] == ["<b>–</b>", "<b>80.00</b>"]
    assert len(set(written.x)) == 1
    assert written.x[0] == figure.layout.xaxis.range[1]
    assert value.mode == "markers"
    assert target.marker.symbol == "line-ns"
    assert list(average.x) == [70.0, 78.0]
    assert len(figure.layout.shapes) == 1


@pytest.mark.parametrize(
    ("average", "target", "key"),
    [
        ([78.0, 70.0], [79.0, None], ["大洋", "Province", "Target"]),
        ([None, None], [79.0, None], ["大洋", "Target"]),
        ([78.0, None], [None, None], ["大洋", "Province"]),
        ([None, None], [None, None], ["大洋"]),
    ],
)
def test_the_key_names_only_what_is_drawn(
    average: list[float | None], target: list[float | None], key: list[str]
) -> None:
    frame = pd.DataFrame(
        {"label": ["Hall", "Net"], "value": [80.0, 71.0], "average": average, "target": target}
    ).astype({"average": float, "target": float})
    (note,) = comparison_chart(frame, name="大洋", average="Province").layout.annotations
    assert [one.split()[-1] for one in note.text.split("   ")] == key


def test_each_row_is_written_in_its_own_format() -> None:
    frame = pd.DataFrame(
        {
            "label": ["Passed", "Score"],
            "value": [81.25, 90.0],
            "average": [80.0, None],
            "target": [None, 95.0],
            "form": ["percent", "score"],
            "decimals": [1, 2],
        }
    )
    figure = comparison_chart(frame, name="大洋", average="Province")
    assert [one.strip() for one in figure.data[-1].text] == ["<b>90.00</b>", "<b>81.2%</b>"]
    assert figure.data[0].hovertext[1] == "Passed · Province · 80.0%"
    assert figure.layout.xaxis.ticksuffix == ""
