"""Tables edited whole: checked, versioned, undoable; a row left out no longer counts; nothing changes without a difference."""

from __future__ import annotations

import pandas as pd
import pytest

from data.batches import undo
from data.editing import edit
from data.errors import Busy, WrongUsage
from data.home import Home
from data.publishing import EDITABLE
from data.snapshot import current_version, open_snapshot

EVENTS = pd.DataFrame(
    [("2025-01", "新资费上线", None, "complaints_per_10k", "否", None), ("2025-02", "专家坐席", "A", None, "是", "=1+1")],
    columns=["month", "title", "unit", "metric", "new_phase", "remark"],
)  # fmt: skip
CUSTOMERS = "month unit customers"


def shown(home: Home) -> list[tuple[str, str, str | None]]:
    found = open_snapshot(home).events()
    return [(row["month"], row["label"], row["unit"] if isinstance(row["unit"], str) else None) for row in found.to_dict("records")]  # fmt: skip


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
        ("unknown_month", 3), ("unknown_unit", 3),
    }  # fmt: skip
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


def test_units_are_edited_as_they_are_shown(home: Home, loads) -> None:
    loads("before.csv", CUSTOMERS, ("2025-01", "A", 10))
    table = open_snapshot(home).table("units")
    table.loc[table["code"] == "A", "name"] = "大洋市"
    assert edit(home, "units", table).committed
    assert open_snapshot(home).organisation.name("A") == "大洋市"
    assert len(open_snapshot(home).organisation) == len(table)
