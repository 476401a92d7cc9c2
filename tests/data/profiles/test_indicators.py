"""Figures computed from each row."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.model.profile import Condition, Indicator, MonthSource, UnitSource
from data.profiles import Profile
from tests.data.profiles.plain import applied, cells

PAYMENTS = [
    ["state", "kind", "count", "amount"],
    ["a", "Bills", 3, 1.5],
    ["a", "Shops", 7, 8.5],
    ["a", "Others", "...", 1],
    ["b", "bills ", 0, "N/A"],
]


@pytest.mark.parametrize(
    ("indicator", "expected"),
    [
        (
            Indicator("i", "i", ("count",), ("count",), where=(Condition("kind", any_of=("Bills",)),)),
            [(3, 3), (0, 7), (0, None), (0, 0)],
        ),
        (
            Indicator("i", "i", 1.0, 1.0, where=(Condition("kind", none_of=("Bill*",)),)),
            [(0, 1), (1, 1), (1, 1), (0, 1)],
        ),
        (Indicator("i", "i", ("count", "amount"), rows=(Condition("amount", above=1),)), [(4.5, None), (15.5, None)]),
        (
            Indicator(
                "i",
                "i",
                ("amount",),
                factor=10000.0,
                rows=(Condition("kind", any_of=("Bills", "Others")), Condition("count", below=9)),
            ),
            [(15000, None)],
        ),
    ],
)
def test_several_figures_from_each_row(indicator: Indicator, expected: list[tuple]) -> None:
    profile = Profile(
        "p",
        "indicators",
        MonthSource(constant="2025-11"),
        UnitSource(columns=("state",), create=True, level="state"),
        indicators=(indicator,),
    )
    assert cells(applied(profile, PAYMENTS)[-1], "numerator", "denominator") == expected


@given(st.lists(st.tuples(st.sampled_from("xyz"), st.integers(0, 9)), min_size=1, max_size=30))
def test_conditional_numerator_is_the_plain_sum(rows: list[tuple[str, int]]) -> None:
    indicator = Indicator("i", "i", ("n",), ("n",), where=(Condition("kind", any_of=("x", "y")),))
    profile = Profile(
        "p",
        "indicators",
        MonthSource(constant="2025-11"),
        UnitSource(constant="u", create=True),
        indicators=(indicator,),
    )
    frame = applied(profile, [["kind", "n"], *map(list, rows)])[-1].frame
    assert frame["numerator"].sum() == sum(number for kind, number in rows if kind != "z")
    assert frame["denominator"].sum() == sum(number for _, number in rows)
    assert len(frame) == len(rows)
