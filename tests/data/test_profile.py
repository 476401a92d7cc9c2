"""Import profiles on small sheets written out by hand: what is found where, what comes out, and what is said when it does not fit."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.errors import Refused, WrongUsage
from data.organisation import UNIT_COLUMNS, Organisation
from data.profile import (
    Profile,
    all_profiles,
    apply,
    load_profile,
    matches,
    profile_named,
    read_profile,
    save_profile,
    write_profile,
)
from data.profile.header import find_layout, header_labels
from data.profile.months import months_of
from data.profile.record import Condition, FixedUnit, Header, Indicator, LeaveOut, MonthSource, UnitSource, Unpivot
from data.profile.source import rows_below
from data.reading import Sheet
from data.staged import StagedSheet

UNITS = UnitSource(columns=("Code",), create=True, level="trust", parent="ALL")
ROOT = (FixedUnit("ALL", "All trusts", "country"),)
WITHIN = Indicator("within", "Within", numerator=("In time",), denominator=("Seen",))
PLAIN = Profile("plain", "indicators", MonthSource(constant="2025-11"), UNITS, units=ROOT, indicators=(WITHIN,))
HEADER = ["Code", "Name", "Seen", "In time"]


def organisation(*rows: tuple) -> Organisation:
    """Units from (code, name, level, parent)."""
    return Organisation(pd.DataFrame([(*row, None, None, pd.NaT, pd.NaT) for row in rows], columns=list(UNIT_COLUMNS)))


def applied(
    profile: Profile,
    rows: list[list],
    stored: Organisation | None = None,
    first_row: int = 1,
    file: str = "f.xlsx",
    name: str = "S",
) -> list[StagedSheet]:
    return apply(profile, Sheet(name, rows, first_row), file, stored or Organisation.empty())


def cells(staged: StagedSheet, *columns: str) -> list[tuple]:
    """The rows of a staged sheet as tuples, None for missing."""
    frame = staged.frame[list(columns)].astype("object")
    return [
        tuple(None if value is None or value != value else value for value in row)
        for row in frame.itertuples(index=False)
    ]


def codes(staged: StagedSheet) -> list[str]:
    return [finding.code for finding in staged.findings]


@pytest.mark.parametrize("profile", all_profiles(), ids=lambda profile: profile.name)
def test_ready_profiles_survive_being_written(profile: Profile) -> None:
    assert read_profile(write_profile(profile)) == profile


def test_saved_profile_is_found_by_name_before_a_ready_one(tmp_path) -> None:
    path = save_profile(PLAIN, tmp_path)
    assert load_profile(path) == PLAIN
    assert profile_named("plain", [tmp_path]) == PLAIN
    assert profile_named(path) == PLAIN
    assert profile_named("nhs-ae-provider", [tmp_path]).feed == "indicators"
    with pytest.raises(WrongUsage, match="nhs-ae-provider"):
        profile_named("nobody", [tmp_path])


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


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("feed = 3", "must be a str"),
        ("", "needs an entry 'feed'"),
        ("feed = 'indicators'\ncolour = 1", "no entry called 'colour'"),
        ("feed = 'indicators'\n[month]\ncolum = 'x'", "month has no entry called 'colum'"),
        (
            "feed = 'indicators'\n[[indicators]]\ncode='a'\nname='a'\nbetter='up'",
            "must be one of higher, lower, neither",
        ),
        ("feed = 'indicators'\n[columns]\nmonth = 1", "columns.month is 1"),
        ("feed = ", "not valid TOML"),
    ],
)
def test_a_wrong_entry_is_named(text: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        read_profile(text)


def test_header_labels_of_merged_rows() -> None:
    rows = [["", "", "Seen", "", "In time", ""], ["Code", "Name", "Major", "Minor", "Major", "Minor"]]
    assert header_labels(rows, 1, 2) == [
        "Code",
        "Name",
        "Seen / Major",
        "Seen / Minor",
        "In time / Major",
        "In time / Minor",
    ]
    three = [["", "Same sex", "", "All", ""], ["", "Yes", "No", "Yes", ""], ["", "no.", "no.", "no.", "%"]]
    assert header_labels(three, 2, 3)[1:] == [
        "Same sex / Yes / no.",
        "Same sex / No / no.",
        "All / Yes / no.",
        "All / Yes / %",
    ]


@pytest.mark.parametrize(
    ("label", "column"), [("Major", 2), ("Major#2", 4), ("in TIME / minor", 5), ("Seen/Minor", 3), ("Code", 0)]
)
def test_columns_are_addressed(label: str, column: int) -> None:
    rows = [
        ["Title"],
        [],
        ["", "", "Seen", "", "In time", ""],
        ["Code", "Name", "Major", "Minor", "Major", "Minor"],
        ["a", "b", 1, 2, 3, 4],
    ]
    layout = find_layout(Profile("p", "indicators", unit=UnitSource(columns=(label,)), header=Header(rows=2)), rows)
    assert layout is not None
    assert (layout.header, layout.columns[label]) == (3, column)


TITLED = [["Title:", "Attendances 2024年3月"], ["Period:", None, "November  2024"], HEADER, ["R1", "One", 10, 9]]


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        (MonthSource(label="Period:", formats=("%B %Y",)), "2024-11"),
        (MonthSource(title=r"(\d{4})年(\d{1,2})月"), "2024-03"),
        (MonthSource(sheet=r"(\d{4})-(\d\d)"), "2023-07"),
        (MonthSource(file=r"([A-Z][a-z]+-\d{4})", formats=("%B-%Y",)), "2022-05"),
        (MonthSource(constant="2021-06"), "2021-06"),
        (MonthSource(label="Time:"), None),
    ],
)
def test_month_of_a_sheet(month: MonthSource, expected: str | None) -> None:
    sheet = Sheet("data 2023-07", TITLED, 1)
    profile = Profile("p", "indicators", month, UNITS, indicators=(WITHIN,))
    layout = find_layout(profile, sheet.rows)
    assert layout is not None
    found = months_of(month, sheet, rows_below(sheet, layout), "AE-May-2022-x.xls")
    assert [None if value is pd.NaT else value.strftime("%Y-%m") for value in found] == [expected]


@pytest.mark.parametrize(
    ("source", "header", "rows", "expected"),
    [
        (
            MonthSource(year="y", quarter="q"),
            ["y", "q"],
            [[2018, 1], ["2018", "Q4"], ["2018年", "第2季度"], [2018, 5]],
            ["2018-03", "2018-12", "2018-06", None],
        ),
        (MonthSource(year="y", month="m"), ["y", "m"], [[2018.0, 12.0], ["2018", "1月"]], ["2018-12", "2018-01"]),
        (
            MonthSource(column="d"),
            ["d", "x"],
            [["2025年11月", 1], [datetime(2025, 3, 9), 1], ["202501", 1]],
            ["2025-11", "2025-03", "2025-01"],
        ),
        (
            MonthSource(column="d", formats=("%b %Y",)),
            ["d", "x"],
            [["Nov  2025", 1], ["Dec 2025", 1]],
            ["2025-11", "2025-12"],
        ),
    ],
)
def test_month_in_columns(source: MonthSource, header: list[str], rows: list[list], expected: list[str | None]) -> None:
    sheet = Sheet("S", [header, *rows], 1)
    layout = find_layout(Profile("p", "indicators", source), sheet.rows)
    assert layout is not None
    found = months_of(source, sheet, rows_below(sheet, layout), "f.csv")
    assert [None if value is pd.NaT else value.strftime("%Y-%m") for value in found] == expected


def test_rows_keep_the_spreadsheets_own_numbers() -> None:
    rows = [["A title"], [], HEADER, ["ALL", "All", 30, 20], [], ["R1", "One", 10, "-"], ["R2", "Two", "20", 18.0]]
    units, staged = applied(PLAIN, rows, first_row=5)
    assert staged.header_row == 7
    assert cells(staged, "row", "key_unit", "key_part", "numerator", "denominator") == [
        (8, "ALL", "within", 20.0, 30.0),
        (10, "R1", "within", None, 10.0),
        (11, "R2", "within", 18.0, 20.0),
    ]
    assert cells(units, "code", "name", "level", "parent", "row") == [
        ("ALL", "All trusts", "country", None, 8),
        ("R1", "R1", "trust", "ALL", 10),
        ("R2", "R2", "trust", "ALL", 11),
    ]
    assert staged.months == ["2025-11"]
    assert codes(staged) == ["profile_new_units"]


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


def test_total_row_is_left_out_and_compared() -> None:
    profile = Profile(
        "p",
        "indicators",
        MonthSource(constant="2025-11"),
        UNITS,
        indicators=(WITHIN,),
        leave_out=(
            LeaveOut((Condition("Name", any_of=("England",)),), True),
            LeaveOut((Condition("Name", any_of=("",)),)),
        ),
    )
    rows = [
        HEADER,
        ["-", "England", 40, 18],
        ["R1", "One", 20, "-"],
        ["R2", "Two", 20, 18],
        ["Note: R1 does not report"],
    ]
    staged = applied(profile, rows)[-1]
    assert staged.units == ["R1", "R2"]
    assert codes(staged) == ["profile_rows_left_out", "profile_total_differs", "profile_new_units"]
    differs = staged.findings[1]
    assert (differs.row, differs.cell, differs.severity) == (2, "D2", "warning")
    assert "45" in differs.message()
    assert "90" in differs.message()


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


def test_wide_columns_constants_translations_and_numbers_as_text() -> None:
    profile = Profile(
        "p", "satisfaction_responses", MonthSource(constant="2022-06"), UnitSource(columns=("tier",), rename={"": "none"}),
        columns={"response_id": "id"}, constants={"survey": "standard", "scale_top": 10},
        unpivot=Unpivot("touchpoint", "rating", {"all": "overall", "signal": "network"}),
        units=(FixedUnit("t", "Tiers", "survey"), FixedUnit("g", "gold", "tier", "t"), FixedUnit("n", "none", "tier", "t")),
    )  # fmt: skip
    staged = applied(profile, [["id", "tier", "all", "signal"], [1.0, "gold", "10", 6.0], [2.0, None, 4.0, None]])[-1]
    assert cells(staged, "row", "key_month", "unit", "survey", "touchpoint", "rating", "scale_top") == [
        (2, pd.Timestamp("2022-06-01"), "g", "standard", "overall", 10.0, 10.0),
        (2, pd.Timestamp("2022-06-01"), "g", "standard", "network", 6.0, 10.0),
        (3, pd.Timestamp("2022-06-01"), "n", "standard", "overall", 4.0, 10.0),
    ]


def test_a_cell_that_is_no_number_is_a_finding_at_its_place() -> None:
    staged = applied(PLAIN, [["x", "y"], HEADER, ["R1", "One", "ten", 9]])[-1]
    errors = [finding for finding in staged.findings if finding.severity == "error"]
    assert [(finding.row, finding.column, finding.cell, finding.value) for finding in errors] == [
        (3, "Seen", "C3", "ten")
    ]


@pytest.mark.parametrize(
    ("sheets", "name", "header", "expected"),
    [
        ((), "any", HEADER, True),
        (("Provider*",), "provider level data", HEADER, True),
        (("Provider*",), "System level data", HEADER, False),
        ((), "any", ["Code", "Name", "Seen"], False),
    ],
)
def test_profile_is_recognised_by_its_header(
    sheets: tuple[str, ...], name: str, header: list[str], expected: bool
) -> None:
    profile = Profile("p", "indicators", MonthSource(constant="2025-11"), UNITS, sheets=sheets, indicators=(WITHIN,))
    assert matches(profile, Sheet(name, [["title"], header, ["R1", "One", 10, 9]], 1)) is expected


def test_a_missing_column_and_a_missing_month_are_errors() -> None:
    staged = applied(PLAIN, [["Code", "Name", "Seen"], ["R1", "One", 10]])[-1]
    assert codes(staged) == ["profile_header_missing"]
    assert "In time" in staged.findings[0].message()
    unlabelled = Profile("p", "indicators", MonthSource(label="Period:"), UNITS, indicators=(WITHIN,))
    assert "profile_month_missing" in codes(applied(unlabelled, [HEADER, ["R1", "One", 10, 9]])[-1])


@pytest.mark.parametrize(
    ("rows", "sum_rows", "said"),
    [
        ([["R1", "One", 10, 9], ["R2", "Two", 10, 9]], False, []),
        ([["R1", "One", 10, 9], ["R1", "One", 10, 9]], False, [("profile_row_repeated", 3), ("profile_rows_added_up", None)]),
        ([["R1", "One", 10, 9], ["R1", "Annex", 4, 3]], False, [("profile_rows_added_up", None)]),
        ([["R1", "One", 10, 9], ["R1", "One", 10, 9]], True, []),
    ],
    ids=["each once", "cell by cell", "parts", "crumbs"],
)  # fmt: skip
def test_rows_of_one_unit_and_month_are_added_up_but_no_row_counts_twice(
    rows: list[list], sum_rows: bool, said: list[tuple]
) -> None:
    staged = applied(replace(PLAIN, sum_rows=sum_rows), [HEADER, *rows])[-1]
    found = [(finding.code, finding.row) for finding in staged.findings if finding.code != "profile_new_units"]
    assert found == said


def test_a_ready_made_figure_cannot_stand_twice() -> None:
    rate = Indicator("rate", "Rate", value="Seen")
    staged = applied(replace(PLAIN, indicators=(rate,)), [HEADER, ["R1", "One", 90, 1], ["R1", "Annex", 80, 1]])[-1]
    errors = [finding for finding in staged.findings if finding.severity == "error"]
    assert [(one.code, one.cell, one.params["first"]) for one in errors] == [("profile_value_repeated", "C3", 2)]


def test_a_subtotal_in_a_column_that_is_not_read_is_refused_where_rows_are_added_up() -> None:
    header = [*HEADER, "Kind"]
    rows = [["R1", "One", 10, 9, "Major"], ["R1", "One", 4, 3, "Minor"], ["R1", "One", 14, 12, "Total"]]
    errors = [one for one in applied(PLAIN, [header, *rows])[-1].findings if one.severity == "error"]
    assert [(one.code, one.cell, one.value) for one in errors] == [("profile_subtotal_added", "E4", "Total")]
    only = replace(WITHIN, rows=(Condition("Kind", any_of=("Total",)),))
    alone = applied(replace(PLAIN, indicators=(only,)), [header, *rows])[-1]
    assert cells(alone, "row", "numerator") == [(4, 12)]
    assert "profile_subtotal_added" not in codes(alone)


def test_a_constant_that_cannot_be_is_refused() -> None:
    profile = Profile(
        "p", "satisfaction_scores", MonthSource(constant="2025-11"), UnitSource(constant="t"), constants={"survey": "nothing we know"},
        unpivot=Unpivot("touchpoint", "score", {"all": "overall", "more": "everything"}), units=(FixedUnit("t", "Tiers", "survey"),),
    )  # fmt: skip
    errors = [one for one in applied(profile, [["all", "more"], [90, 80]])[-1].findings if one.severity == "error"]
    assert [(one.code, one.value) for one in errors] == [("unknown_choice", "nothing we know"), ("unknown_choice", "everything")]  # fmt: skip
    assert "“everything” is not known in “Touchpoint”." in [one.message() for one in errors]
