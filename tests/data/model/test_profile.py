"""Any profile survives being written as text and read again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.model.profile import Condition, Indicator, LeaveOut, MonthSource
from data.profiles import Profile, all_profiles, read_profile, write_profile
from tests.data.profiles.plain import UNITS


@pytest.mark.parametrize("profile", all_profiles(), ids=lambda profile: profile.name)
def test_ready_profiles_survive_being_written(profile: Profile) -> None:
    assert read_profile(write_profile(profile)) == profile


@given(
    name=st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8),
    parts=st.lists(st.text(min_size=1, max_size=6), min_size=1, max_size=3),
    factor=st.floats(0.001, 1e6),
    bound=st.none() | st.integers(-5, 5),
)
def test_any_profile_survives_being_written(name: str, parts: list[str], factor: float, bound: int | None) -> None:
    condition = Condition(parts[0], any_of=tuple(parts), above=bound)
    indicator = Indicator(name, name, numerator=tuple(parts), denominator=1.0, where=(condition,), factor=factor)
    profile = Profile(
        name,
        "indicators",
        MonthSource(column=parts[0]),
        UNITS,
        indicators=(indicator,),
        leave_out=(LeaveOut((condition,), True),),
    )
    assert read_profile(write_profile(profile)) == profile
