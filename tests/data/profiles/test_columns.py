"""Constants and translations of a profile."""

from __future__ import annotations

from data.model.profile import FixedUnit, MonthSource, UnitSource, Unpivot
from data.profiles import Profile
from tests.data.profiles.plain import applied


def test_a_constant_that_cannot_be_is_refused() -> None:
    profile = Profile(
        "p",
        "satisfaction_scores",
        MonthSource(constant="2025-11"),
        UnitSource(constant="t"),
        constants={"survey": "nothing we know"},
        unpivot=Unpivot("touchpoint", "score", {"all": "overall", "more": "everything"}),
        units=(FixedUnit("t", "Tiers", "survey"),),
    )
    errors = [one for one in applied(profile, [["all", "more"], [90, 80]])[-1].findings if one.severity == "error"]
    assert [(one.code, one.value) for one in errors] == [
        ("unknown_choice", "nothing we know"),
        ("unknown_choice", "everything"),
    ]
    assert "“everything” is not known in “Touchpoint”." in [one.message() for one in errors]
