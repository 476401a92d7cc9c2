"""A long ranking before a room: who leads, who is last, and who stands around the chosen unit."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from pages.shared.components.peers import shorten_ranking, with_rank_in_name


def ranked(count: int, unknown: int = 0) -> pd.DataFrame:
    values = [float(place) for place in range(count)] + [None] * unknown
    return pd.DataFrame({"unit": [f"u{place}" for place in range(count + unknown)], "value": values})


def test_a_short_one_is_whole() -> None:
    assert list(shorten_ranking(ranked(11), "u4")["unit"]) == [f"u{place}" for place in range(11)]


def test_a_long_one_keeps_both_ends_and_the_neighbours() -> None:
    assert list(shorten_ranking(ranked(100), "u50", most=8)["unit"]) == [
        "u0",
        "u1",
        "u2",
        "u48",
        "u49",
        "u50",
        "u51",
        "u99",
    ]


@given(st.integers(1, 60), st.integers(0, 5), st.integers(0, 59), st.integers(5, 14))
def test_it_is_short_in_order_and_holds_the_chosen_one(count: int, unknown: int, chosen: int, most: int) -> None:
    rows = ranked(count, unknown)
    found = shorten_ranking(rows, f"u{chosen}", most)
    assert len(found) <= most
    assert found.index.is_monotonic_increasing
    assert chosen >= count or f"u{chosen}" in set(found["unit"])
    assert len(rows) <= most or {"u0", f"u{count - 1}"} <= set(found["unit"])


def test_of_strangers_as_many_of_the_first_as_of_the_last() -> None:
    assert list(shorten_ranking(ranked(100), "other", most=6)["unit"]) == ["u0", "u1", "u2", "u97", "u98", "u99"]
    assert list(shorten_ranking(ranked(5, unknown=9), "other", most=6)["unit"]) == ["u0", "u1", "u2", "u3", "u4"]


def test_names_begin_with_their_place_where_there_is_one() -> None:
    rows = ranked(2).assign(rank=[1.0, float("nan")], name=["大洋", "临江"])
    assert list(with_rank_in_name(rows)["name"]) == ["1 · 大洋", "临江"]
