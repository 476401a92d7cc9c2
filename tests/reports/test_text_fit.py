"""Room for words: pages hold all rows in order, nothing runs over, larger type never takes fewer lines."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reports.text_fit import largest_size, line_count, paginate, paginate_evenly, text_height

HEIGHTS = st.lists(st.floats(0.1, 2.0), max_size=60)
WORDS = st.text("大洋分公司ab c,%1", min_size=0, max_size=120)


@given(HEIGHTS, st.floats(2.0, 6.0))
def test_pages_hold_every_row_once_and_fit(heights: list[float], room: float) -> None:
    found = paginate(heights, room)
    assert [row for part in found for row in range(part.start, part.stop)] == list(range(len(heights)))
    assert all(sum(heights[part]) <= room + 1e-9 or part.stop - part.start == 1 for part in found)


@given(WORDS, st.floats(1.0, 12.0))
def test_larger_type_takes_no_fewer_lines(words: str, inches: float) -> None:
    counted = [line_count(words, points, inches) for points in (8, 10, 14, 20, 28)]
    assert counted == sorted(counted)
    assert text_height(words, 10, inches) > 0


def test_a_name_of_thirty_chinese_signs_fits_two_lines() -> None:
    words = "大" * 30 + "：投诉量较上年同期下降，处于正常波动"
    assert line_count(words, largest_size(words, 12.2, 2, (24, 22, 20, 18)), 12.2) <= 2


@given(HEIGHTS, st.floats(2.0, 6.0))
def test_balanced_pages_hold_every_row_on_as_few_pages(heights: list[float], room: float) -> None:
    plain, even = paginate(heights, room), paginate_evenly(heights, room)
    assert [row for part in even for row in range(*part.indices(len(heights)))] == list(range(len(heights)))
    assert len(even) == len(plain)
    if even:
        assert max(sum(heights[part]) for part in even) <= max(sum(heights[part]) for part in plain) + 1e-6
