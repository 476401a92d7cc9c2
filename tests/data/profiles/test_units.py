"""Which unit a row belongs to, and which units a profile brings."""

from __future__ import annotations

from data.model.profile import FixedUnit, Indicator, MonthSource, UnitSource
from data.profiles import Profile
from tests.data.profiles.plain import HEADER, PLAIN, WITHIN, applied, cells, organisation


def test_parents_by_column_and_rows_that_are_the_parent() -> None:
    unit = UnitSource(
        columns=("state", "district"),
        create=True,
        level="district",
        parent_columns=("state",),
        parent_level="state",
        parent="india",
        title_case=True,
    )
    profile = Profile(
        "p",
        "indicators",
        MonthSource(constant="2025-11"),
        unit,
        units=(FixedUnit("india", "India", "country"),),
        indicators=(Indicator("n", "n", ("n",)),),
    )
    units, staged = applied(
        profile, [["state", "district", "n"], ["tamil-nadu", "east district", 1], ["sikkim", "east district", 2]]
    )
    assert cells(units, "code", "name", "level", "parent") == [
        ("india", "India", "country", None),
        ("tamil-nadu", "Tamil Nadu", "state", "india"),
        ("sikkim", "Sikkim", "state", "india"),
        ("tamil-nadu/east district", "East District", "district", "tamil-nadu"),
        ("sikkim/east district", "East District", "district", "sikkim"),
    ]
    assert staged.units == ["sikkim/east district", "tamil-nadu/east district"]
    parent = Profile(
        "p",
        "indicators",
        MonthSource(constant="2025-11"),
        UnitSource(columns=("state",), create=True, level="state", parent="india"),
        units=profile.units,
        indicators=profile.indicators,
    )
    assert applied(parent, [["state", "n"], ["INDIA", 3], ["goa", 1]])[-1].units == ["goa", "india"]


def test_known_units_keep_what_an_analyst_made_of_them() -> None:
    stored = organisation(("ALL", "Everything", "nation", None), ("X1", "R1", "hospital", "ALL"))
    units, staged = applied(PLAIN, [HEADER, ["R1", "One", 10, 9], ["R9", "Nine", 1, 1]], stored)
    assert cells(units, "code", "name", "level") == [
        ("ALL", "Everything", "nation"),
        ("X1", "R1", "hospital"),
        ("R9", "R9", "trust"),
    ]
    assert staged.units == ["R9", "X1"]
    assert [finding.params["count"] for finding in staged.findings] == [1]


def test_without_leave_to_create_an_unknown_unit_is_a_finding() -> None:
    profile = Profile(
        "p", "indicators", MonthSource(constant="2025-11"), UnitSource(columns=("Code",)), indicators=(WITHIN,)
    )
    staged = applied(
        profile, [HEADER, ["R1", "One", 10, 9], ["Q7", "Seven", 1, 1]], organisation(("R1", "One", "trust", None))
    )
    assert len(staged) == 1
    errors = [finding for finding in staged[0].findings if finding.severity == "error"]
    assert [(finding.row, finding.cell, finding.value) for finding in errors] == [(3, "A3", "Q7")]
