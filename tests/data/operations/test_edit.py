"""Tables edited whole: checked, versioned, undoable; a row left out no longer counts; nothing changes without a
difference.
"""

from __future__ import annotations

import pandas as pd
import pytest

from data.core.home import Home
from data.model.errors import Busy, WrongUsage
from data.operations.edit import edit, preview_edit
from data.operations.undo import undo
from data.snapshots.reader import current_version, open_snapshot
from data.snapshots.writer import EDITABLE

EVENTS = pd.DataFrame(
    [("2025-01", "新资费上线", None, "complaints_per_10k", "否", None), ("2025-02", "专家坐席", "A", None, "是", "=1+1")],
    columns=["month", "title", "unit", "metric", "new_phase", "remark"],
)  # fmt: skip
CUSTOMERS = "month unit customers"


def shown(home: Home) -> list[tuple[str, str, str | None]]:
    found = open_snapshot(home).events()
    return [
        (row["month"], row["label"], row["unit"] if isinstance(row["unit"], str) else None)
        for row in found.to_dict("records")
    ]


@pytest.fixture
def edited(home: Home, loads) -> Home:
    loads("before.csv", CUSTOMERS, ("2025-01", "A", 10))
    assert edit(home, "events", EVENTS, who="王敏").committed
    return home


def test_rows_are_there_with_their_types(edited: Home) -> None:
    found = open_snapshot(edited).events()
    assert shown(edited) == [("2025-01", "新资费上线", None), ("2025-02", "专家坐席", "A")]
    assert found["new_phase"].tolist() == [False, True]
    last = open_snapshot(edited).batches().iloc[-1]
    assert (last["feeds"], last["loaded_by"]) == ("events", "王敏")


def test_a_row_left_out_no_longer_counts_and_undo_brings_it_back(edited: Home) -> None:
    report = edit(edited, "events", EVENTS.iloc[1:])
    assert shown(edited) == [("2025-02", "专家坐席", "A")]
    undo(edited, int(report.files[0].batch or 0))
    assert len(shown(edited)) == 2


def test_all_rows_may_go(edited: Home) -> None:
    assert edit(edited, "events", EVENTS.iloc[:0]).committed
    assert shown(edited) == []


def test_no_difference_is_no_version(edited: Home) -> None:
    version = current_version(edited)
    assert not edit(edited, "events", EVENTS.iloc[::-1]).committed
    assert current_version(edited) == version


def test_a_bad_row_is_a_finding_and_nothing_changes(edited: Home) -> None:
    version = current_version(edited)
    report = edit(edited, "events", EVENTS.assign(month=["2025-01", "whenever"], unit=[None, "nowhere"]))
    assert not report.committed
    assert {(finding.code, finding.row) for finding in report.files[0].findings if finding.severity == "error"} == {
        ("unknown_month", 3),
        ("unknown_unit", 3),
    }
    assert current_version(edited) == version


def test_who_edits_an_old_table_is_told(edited: Home) -> None:
    with pytest.raises(Busy):
        edit(edited, "events", EVENTS.iloc[:1], version=1)


def test_only_tables_are_edited(home: Home) -> None:
    with pytest.raises(WrongUsage):
        edit(home, "customers", EVENTS)


@pytest.mark.parametrize(
    ("feed", "row", "column"),
    [
        ("targets", {"metric": "complaints_per_10k", "period": "2025", "unit": "A", "target": 15}, "target"),
        ("notes", {"month": "2025-01", "unit": "A", "note": "投诉集中在资费争议", "author": "王敏"}, "note"),
        ("actions", {"month": "2025-01", "unit": "大洋", "action": "专席", "due": "2025-02-28", "state": "已完成"}, "state"),
    ],
)  # fmt: skip
def test_the_other_tables(home: Home, loads, feed: str, row: dict, column: str) -> None:
    loads("before.csv", CUSTOMERS, ("2025-01", "A", 10))
    assert feed in EDITABLE
    assert edit(home, feed, pd.DataFrame([row])).committed
    found = open_snapshot(home).table(feed)
    assert len(found) == 1
    assert found[column].iloc[0] == {"已完成": "done"}.get(row[column], row[column])


def test_a_row_and_the_row_that_it_repeats_are_counted_alike(edited: Home) -> None:
    """As lines of the editor: the third one repeats the second. The file that is kept has a header above them."""
    found = preview_edit(open_snapshot(edited), "events", pd.concat([EVENTS, EVENTS.iloc[1:]]))
    assert [(one.row, one.cell, one.message().split(":")[0]) for one in found.findings] == [
        (3, None, "The row repeats the key of row 2")
    ]
    assert [(one.row, one.params["first"]) for one in found.staged.all_findings] == [(4, 3)]


@pytest.mark.parametrize("column", ["target", "base", "challenge", "weight"])
def test_a_target_below_nothing_is_refused_here_too(home: Home, loads, column: str) -> None:
    loads("before.csv", CUSTOMERS, ("2025-01", "A", 10))
    row = {"metric": "complaints_per_10k", "period": "2025", "unit": "A", "target": 15, column: -5}
    found = preview_edit(open_snapshot(home), "targets", pd.DataFrame([row])).staged.all_findings
    assert [(one.code, one.column, one.value) for one in found] == [("out_of_range", column, "-5")]
    assert found[0].message() == f"“-5” in “{column}” lies outside 0 to ∞."


def test_units_are_edited_as_they_are_shown(home: Home, loads) -> None:
    loads("before.csv", CUSTOMERS, ("2025-01", "A", 10))
    table = open_snapshot(home).table("units")
    table.loc[table["code"] == "A", "name"] = "大洋市"
    assert edit(home, "units", table).committed
    assert open_snapshot(home).organisation.name("A") == "大洋市"
    assert len(open_snapshot(home).organisation) == len(table)


def test_a_city_is_not_moved_below_a_county(home: Home, loads) -> None:
    loads("before.csv", CUSTOMERS, ("2025-01", "A", 10))
    table = open_snapshot(home).table("units")
    table.loc[table["code"] == "B", "parent"] = "A1"
    found = preview_edit(open_snapshot(home), "units", table)
    place = table.index[table["code"] == "B"][0] + 1
    assert [(one.code, one.row, one.column, one.value) for one in found.findings] == [
        ("parent_of_lower_level", place, "parent", "A1")
    ]
    assert not found.acceptable


def test_a_move_in_the_table_says_that_it_is_of_all_months(home: Home, loads) -> None:
    loads("before.csv", CUSTOMERS, ("2025-01", "A", 10))
    table = open_snapshot(home).table("units")
    moved = table.assign(parent=table["parent"].where(table["code"] != "A2", "B"))
    found = preview_edit(open_snapshot(home), "units", moved)
    assert [(one.code, one.row) for one in found.findings] == [("unit_moves_in_all_months", 5)]
    row = table[table["code"] == "A2"].assign(parent="B", since="2025-02")
    assert edit(home, "units", pd.concat([table.astype("object"), row.astype("object")])).committed
    organisation = open_snapshot(home).organisation
    assert (organisation.at("2025-01").parent("A2"), organisation.parent("A2")) == ("A", "B")
    # Taking the later row out again undoes the move, though figures of the unit are loaded.
    loads("figures.csv", CUSTOMERS, ("2025-02", "A2", 10))
    table = open_snapshot(home).table("units")
    assert edit(home, "units", table[table["since"].isna()]).committed
    assert open_snapshot(home).organisation.parent("A2") == "A"


def test_only_rows_that_differ_become_part_of_the_batch(edited: Home) -> None:
    """Two edits of different rows are undone independently."""
    first = edit(edited, "events", EVENTS.assign(remark=["x", "=1+1"])).files[0].batch
    second = edit(edited, "events", EVENTS.assign(remark=["x", "y"])).files[0].batch
    assert open_snapshot(edited).batches().set_index("batch").loc[[first, second], "rows"].tolist() == [1, 1]
    undo(edited, int(first or 0))
    assert open_snapshot(edited).table("events").set_index("month")["remark"].fillna("").tolist() == ["", "y"]


def test_other_peoples_loads_do_not_disturb_an_edit(edited: Home, loads) -> None:
    version = current_version(edited)
    loads("later.csv", CUSTOMERS, ("2025-02", "A", 11))
    assert edit(edited, "events", EVENTS.iloc[:1], version=version).committed
    with pytest.raises(Busy):
        edit(edited, "events", EVENTS, version=version)


def test_what_an_edit_would_change(edited: Home) -> None:
    rows = pd.concat([EVENTS.iloc[1:].assign(kind="network", remark=None), EVENTS.iloc[:1].assign(month="2099-01")])
    found = preview_edit(open_snapshot(edited), "events", rows)
    told = [(one.kind, one.row, one.before, one.after) for one in found.differences]
    assert found.acceptable
    assert told == [
        ("changed", 0, {"kind": "", "remark": "=1+1"}, {"kind": "network", "remark": ""}),
        (
            "added",
            1,
            {},
            {"month": "2099-01-01", "title": "新资费上线", "metric": "complaints_per_10k", "new_phase": "False"},
        ),
        (
            "removed",
            None,
            {"month": "2025-01-01", "title": "新资费上线", "metric": "complaints_per_10k", "new_phase": "False"},
            {},
        ),
    ]
    assert not preview_edit(open_snapshot(edited), "events", EVENTS).acceptable
    bad = preview_edit(open_snapshot(edited), "events", EVENTS.assign(title=["新资费上线", None]))
    assert not bad.acceptable
    assert [(one.code, one.row, one.column) for one in bad.staged.all_findings] == [("required_empty", 3, "title")]


def test_what_an_event_is_called_makes_it_no_total(edited: Home) -> None:
    for title in ("合计", "注：口径调整", "total", "month", "=cmd|' /C calc'!A0"):
        assert edit(edited, "events", EVENTS.iloc[:1].assign(title=title)).committed
        assert shown(edited) == [("2025-01", title, None)]


def test_a_unit_in_use_stays(home: Home, loads) -> None:
    loads("before.csv", CUSTOMERS, ("2025-01", "B2", 10))
    table = open_snapshot(home).table("units")
    report = edit(home, "units", table[table["code"] != "B2"])
    assert [finding.code for finding in report.files[0].findings] == ["unit_in_use"]
    parentless = edit(home, "units", table[~table["code"].isin(["B", "B2"])])
    assert {finding.code for finding in parentless.files[0].findings} == {"unknown_parent", "unit_in_use"}
    assert edit(home, "units", table[table["code"] != "H1"]).committed
    assert "H1" not in open_snapshot(home).organisation


def test_notes_of_two_people_stand_side_by_side(home: Home, loads) -> None:
    header = "month unit metric note author"
    for author in ("王敏", "李强"):
        loads(f"{author}.csv", header, ("2025-01", "A", "repeat_share", f"{author}的意见", author))
    loads("again.csv", header, ("2025-01", "A", "repeat_share", "更正", "李强"))
    found = open_snapshot(home).notes()
    assert set(found["note"]) == {"王敏的意见", "更正"}
