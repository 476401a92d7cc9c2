"""A layout that changed since its profile was saved: what is said, what is read, and what taking it over does for the
next month.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.__main__ import main
from data.core.home import Home
from data.loading.commit import load
from data.model.organisation import Organisation
from data.model.profile import FixedUnit, Header, Indicator, MonthSource, UnitSource
from data.model.sheet import Sheet
from data.profiles import (
    Profile,
    apply_profile,
    load_profile,
    match_score,
    matches,
    read_profile,
    save_profile,
    write_profile,
)
from data.profiles.drift import adopt_drift, find_drift
from data.profiles.header import find_header
from data.snapshots.reader import open_snapshot

KNOWN = ("Month", "Code", "Town", "Seen", "In time")
PROFILE = Profile(
    "waits", "indicators", MonthSource(column="Month"), UnitSource(("Code",), create=True, level="trust", parent="ALL"),
    header=Header(known=KNOWN), units=(FixedUnit("ALL", "All", "country"),),
    indicators=(Indicator("within", "Within", numerator=("In time",), denominator=("Seen",)),),
)  # fmt: skip


def sheet(*header: str) -> Sheet:
    cells = {"Month": "2025-10", "Code": "R1", "Town": "Leeds", "Seen": 10, "In time": 9}
    other = {"Month": "2025-10", "Code": "R2", "Town": "York", "Seen": 20, "In time": 15}
    meant = {"Seen by us": "Seen", "In  time": "In time", "In-time": "In time", "Location": "Town", "Month ": "Month"}
    rows = [[one.get(meant.get(name, name), 5) for name in header] for one in (cells, other)]
    return Sheet("S", [["Waits"], list(header), *rows])


def found(*header: str, profile: Profile = PROFILE) -> list[tuple[str, str]]:
    staged = apply_profile(profile, sheet(*header), "f.xlsx", Organisation.empty())[-1]
    return [
        (finding.severity, finding.code.removeprefix("profile_"))
        for finding in staged.findings
        if "since" in finding.params
    ]


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (KNOWN, []),
        (("Month", "Code", "Town", "Seen", "In-time"), [("error", "column_renamed")]),
        (("Month", "Code", "Location", "Seen", "In time"), [("warning", "other_column_renamed")]),
        (("Month", "Code", "Seen", "In time"), [("warning", "other_column_vanished")]),
        ((*KNOWN, "Left"), [("warning", "columns_new")]),
        (("Month", "Town", "Code", "Seen", "In time"), [("note", "columns_moved")]),
    ],
    ids=["as saved", "renamed", "another renamed", "another vanished", "new", "moved"],
)
def test_each_change_is_reported_once(header: tuple[str, ...], said: list) -> None:
    assert found(*header) == said


def test_a_renamed_column_is_named_with_its_month_and_still_read() -> None:
    renamed = apply_profile(PROFILE, sheet("Month", "Code", "Town", "Seen", "In-time"), "f.xlsx", Organisation.empty())[
        -1
    ]
    message = next(finding.message() for finding in renamed.findings if finding.code == "profile_column_renamed")
    assert message == "Since 2025-10 the column “In time”, which the profile waits reads, is called “In-time”."
    assert list(renamed.frame["numerator"]) == [9, 15], "the preview shows what would be loaded"
    assert renamed.adopted_profile is not None


def test_a_vanished_column_that_is_read_is_an_error() -> None:
    staged = apply_profile(PROFILE, sheet("Month", "Code", "Town", "Seen"), "f.xlsx", Organisation.empty())
    assert [finding.code for finding in staged[-1].findings] == ["profile_header_missing"]
    assert not matches(PROFILE, sheet("Month", "Code", "Town", "Seen"))


def test_taken_over_the_new_and_the_old_layout_are_both_known() -> None:
    new, old = sheet("Month", "Code", "Town", "Seen", "In-time"), sheet(*KNOWN)
    layout = find_header(PROFILE, new.rows)
    assert layout is not None
    assert not matches(PROFILE, new)
    assert match_score(PROFILE, new) == 0.75
    known = adopt_drift(PROFILE, find_drift(PROFILE, layout), layout)
    assert known.header.also == {"In time": ("In-time",)}
    assert read_profile(write_profile(known)) == known
    for one in (new, old):
        assert matches(known, one)
        assert not found(*one.rows[1], profile=known)


def test_a_sheet_that_is_something_else_is_not_near() -> None:
    assert match_score(PROFILE, Sheet("S", [["Month", "Colour", "Price"], ["2025-10", "red", 3]])) == 0
    assert match_score(replace(PROFILE, sheets=("T",)), sheet(*KNOWN)) == 0


@given(st.permutations(KNOWN))
def test_the_order_of_columns_changes_no_figure(header: list[str]) -> None:
    staged = apply_profile(PROFILE, sheet(*header), "f.xlsx", Organisation.empty())[-1]
    assert list(zip(staged.frame["key_unit"], staged.frame["numerator"], staged.frame["denominator"], strict=True)) == [
        ("R1", 9, 10),
        ("R2", 15, 20),
    ]
    assert not any(finding.severity != "note" for finding in staged.findings)


def test_last_month_by_profile_this_month_renamed_then_taken_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The whole way: recognised, drifted and refused with a proposal, taken over by a command, loaded."""
    home = Home(tmp_path / "home")
    save_profile(PROFILE, home.profiles)

    def export(name: str, header: str, month: str) -> Path:
        path = tmp_path / name
        path.write_text(f"{header}\n{month},R1,Leeds,10,9\n{month},R2,York,20,15\n", encoding="utf-8")
        return path

    assert load(home, [export("sep.csv", ",".join(KNOWN), "2025-09")]).committed
    october = export("oct.csv", "Month,Code,Town,Seen,In-time", "2025-10")
    refused = load(home, [october])
    assert (refused.committed, refused.refused) == (False, True)
    assert [one.code for one in refused.files[0].findings if one.severity == "error"] == ["profile_column_renamed"]
    assert main(["profile", "adopt", str(october), "--home", str(home.path)]) == 0
    assert "The profile waits takes the layout of oct.csv" in capsys.readouterr().out
    assert load_profile(home.profiles / "waits.toml").header.also == {"In time": ("In-time",)}
    assert load(home, [october]).committed
    assert open_snapshot(home).months() == ["2025-09", "2025-10"]
    assert main(["profile", "adopt", str(october), "--home", str(home.path)]) == 0
    assert "nothing was changed" in capsys.readouterr().out
