"""Names of events stand beside their lines and never over each other."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts.events import EventLabel, event_labels

MONTHS = [str(month) for month in pd.period_range("2023-01", periods=36, freq="M")]


def events(*rows: tuple[str, str, bool | None]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["month", "label", "new_phase"])


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], ()),
        ([("2022-12", "before the chart", None)], ()),
        ([("2023-03", "停电", None)], (EventLabel(2, "停电", "停电", 0, False, False),)),
        (
            [("2023-03", "停电", None), ("2023-03", "口径调整", True)],
            (EventLabel(2, "停电 · 口径调整", "停电 · 口径调整", 0, False, True),),
        ),
        # At the right edge the name stands left of the line; two neighbours take two rows.
        (
            [("2025-11", "新资费上线", None), ("2025-12", "网络割接", None)],
            (
                EventLabel(34, "新资费上线", "新资费上线", 0, True, False),
                EventLabel(35, "网络割接", "网络割接", 1, True, False),
            ),
        ),
    ],
)
def test_where_names_stand(rows: list[tuple[str, str, bool | None]], expected: tuple[EventLabel, ...]) -> None:
    assert event_labels(events(*rows), MONTHS, 90) == expected


@given(st.lists(st.tuples(st.sampled_from(MONTHS), st.text("停电ab", min_size=1, max_size=20)), max_size=12))
def test_no_two_names_of_a_row_overlap(rows: list[tuple[str, str]]) -> None:
    found = event_labels(events(*((month, label, None) for month, label in rows)), MONTHS, 90)
    assert {MONTHS[one.place] for one in found} == {month for month, _ in rows}
    for row in {one.row for one in found}:
        spans = []
        for one in (one for one in found if one.row == row):
            wide = sum(1.0 if sign in "停电" else 0.6 for sign in one.label) / 90 * len(MONTHS)
            spans.append((one.place - wide, one.place) if one.leftward else (one.place, one.place + wide))
        assert all(end <= start for (_, end), (start, _) in pairwise(sorted(spans)))


def test_a_long_name_is_shown_in_part_and_takes_the_room_of_that() -> None:
    (one,) = event_labels(events(("2024-01", "割" * 200, None)), MONTHS, 80, longest=30)
    assert one == EventLabel(12, "割" * 29 + "…", "割" * 200, 0, False, False)
