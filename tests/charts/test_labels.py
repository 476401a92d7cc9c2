"""Names on charts: their lines, and the room that they take."""

from __future__ import annotations

from itertools import pairwise

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts.labels import (
    EndLabel,
    add_end_labels,
    axis_label,
    category_axis_width,
    needs_rotation,
    row_height,
    spread_labels,
    text_width,
    value_axis_width,
    wrap_name,
    wrap_text,
)

LONG = "大洋高新技术产业开发区第一综合服务质量管理中心示范营业单位一"


@pytest.mark.parametrize(
    ("words", "most", "expected"),
    [
        ("大洋", 15, ["大洋"]),
        (LONG, 15, ["大洋高新技术产业开发区第一综合", "服务质量管理中心示范营业单位一"]),
        (LONG, 10, ["大洋高新技术产业开发", "区第一综合服务质量管", "理中心示范营业单位一"]),
        ("Target 1.5", 4, ["Target", "1.5"]),
        ("Complaint-handling satisfaction", 11, ["Complaint-handling", "satisfaction"]),
        ("Hall of the north", 15, ["Hall of the north"]),
        ("Hall of the far north", 9, ["Hall of the", "far north"]),
        ("Standard satisfaction, overall", 15, ["Standard", "satisfaction, overall"]),
        ("Mid- and high-end customers, monthly mean", 24, ["Mid- and high-end", "customers, monthly mean"]),
        ("Supercalifragilistic", 6, ["Supercalif", "ragilistic"]),
        ("", 5, [""]),
    ],
)
def test_lines(words: str, most: float, expected: list[str]) -> None:
    assert wrap_text(words, most) == expected


@given(st.text("大洋区abc -1", min_size=1, max_size=60), st.floats(2, 20))
def test_nothing_is_cut_and_no_line_is_too_wide(words: str, most: float) -> None:
    found = wrap_text(words, most)
    assert "".join("".join(found).split()) == "".join(words.split())
    assert all(text_width(line) <= most + 1e-9 for line in found) or found == [words]


@pytest.mark.parametrize(
    ("words", "most", "expected"),
    [
        (LONG, 15, ["大洋高新技术产业开发区第一综合", "服务质量管理中心示范营业单位一"]),
        ("号" * 40, 15, ["号" * 14, "号" * 14, "号" * 12]),
        ("号" * 90, 15, ["号" * 14, "号" * 14, "号" * 11 + "…"]),
        ("号" * 41, 10, ["号" * 10, "号" * 10, "号" * 10, "号" * 9 + "…"]),
        (
            "North Eastern Regional Directorate " * 3,
            15,
            ["North Eastern Regional", "Directorate North", "Eastern Regional Direct…"],
        ),
    ],
)
def test_a_name_takes_a_few_lines_and_an_ellipsis_stands_for_the_rest(
    words: str, most: float, expected: list[str]
) -> None:
    assert wrap_name(words, most) == expected


@given(st.text("大洋区第一", min_size=1, max_size=30), st.sampled_from([10, 15]))
def test_a_chinese_name_of_thirty_signs_is_never_cut(words: str, most: float) -> None:
    assert "".join(wrap_name(words, most)) == words


def test_a_very_long_name_makes_no_row_of_bars_higher_than_three_lines() -> None:
    assert row_height([LONG * 3], 22) == row_height([LONG * 30], 22) == 3 * 15 + 6
    assert category_axis_width([LONG * 30]) <= 15 * 12 + 12


def test_a_name_as_plotly_reads_it() -> None:
    assert axis_label("<b> & co", 15) == "&lt;b&gt; &amp; co"
    assert axis_label(LONG, 15, bold=True) == "<b>大洋高新技术产业开发区第一综合<br>服务质量管理中心示范营业单位一</b>"


def test_rows_of_bars_have_room_for_their_names() -> None:
    assert (row_height(["大洋"], 22), row_height(["大洋", LONG], 22), row_height([], 22)) == (22, 36, 22)


def test_names_beside_bars_and_numbers_beside_an_axis_have_their_room() -> None:
    assert category_axis_width(["大洋", LONG]) == 15 * 12 + 12
    assert category_axis_width([]) == 12
    # "360,000" is seven signs of 0.6 em, "2.5" three, "100%" four; an upright title takes 18 pixels more.
    rooms = [
        value_axis_width(310_000, 360_000),
        value_axis_width(1.0, 2.5),
        value_axis_width(0, 100, "%", ""),
        value_axis_width(0, 0),
    ]
    assert rooms == [round(7 * 7.2) + 12, round(3 * 7.2) + 12, round(4 * 7.2) + 12, round(7.2) + 12]
    assert value_axis_width(1.0, 2.5, title="per 10,000") - value_axis_width(1.0, 2.5) == 18


def test_names_of_columns_stand_level_while_that_holds_them() -> None:
    assert [needs_rotation(names) for names in (["大洋", "临江"], [LONG], [LONG] * 3, [LONG] * 11, [])] == [
        False,
        False,
        False,
        True,
        False,
    ]


def test_labels_beside_a_chart_leave_the_room_that_they_take() -> None:
    figure = go.Figure()
    room = add_end_labels(
        figure, [EndLabel(1.0, "大洋 1.0", "red", bold=True), EndLabel(5.0, LONG, "blue")], low=0, high=10, height=200
    )
    assert [note.text for note in figure.layout.annotations] == [
        "<b>大洋 1.0</b>",
        "大洋高新技术产业开发<br>区第一综合服务质量管<br>理中心示范营业单位一",
    ]
    assert room == 10 * 12 + 12
    assert add_end_labels(go.Figure(), [], low=0, high=1, height=10) == 12


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0.1, 8)), max_size=12))
def test_labels_never_touch_and_stay_inside(labels: list[tuple[float, float]]) -> None:
    placed = spread_labels(labels, 0, 100)
    spans = sorted(
        (middle - extent / 2, middle + extent / 2) for middle, (_, extent) in zip(placed, labels, strict=True)
    )
    assert all(after[0] >= before[1] - 1e-6 for before, after in pairwise(spans))
    assert not spans or (spans[0][0] >= -1e-6 and spans[-1][1] <= 100 + 1e-6)


def test_labels_with_room_stay_where_they_belong() -> None:
    assert spread_labels([(10, 4), (50, 4), (30, 4)], 0, 100) == [10, 50, 30]
