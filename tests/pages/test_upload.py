"""What the steps of an upload say of the files: what changes, what is new, where an unknown unit may belong."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data.core.home import Home
from data.loading.commit import load
from data.loading.plan import LoadOptions
from data.model.profile import Condition, LeaveOut
from data.profiles import load_profile
from data.snapshots.reader import open_snapshot
from tests.conftest import SAMPLES
from tests.data.conftest import UNITS
from tests.data.small_books import COMPLAINTS
from tests.pages.shared.upload.test_questions import BY_CATEGORY, workbook
from tests.pages.test_pages import opened, shown

Rows = list[list[object]]
Drop = Callable[..., AppTest]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """The units, and the complaints of two months by category."""
    found = Home(tmp_path / "home")
    units, figures = tmp_path / "units.csv", tmp_path / "figures.xlsx"
    units.write_text("\n".join(",".join(row) for row in UNITS), "utf-8")
    rows = [
        ["2025-10", "大洋", "资费", 9],
        ["2025-11", "大洋", "资费", 10],
        ["2025-11", "大洋", "网络", 5],
        ["2025-11", "海湖", "资费", 3],
    ]
    figures.write_bytes(workbook({"表": [BY_CATEGORY, *rows]}))
    assert load(found, [units, figures], LoadOptions(who="tester")).committed
    return found


@pytest.fixture
def drop(home: Home, monkeypatch: pytest.MonkeyPatch) -> Drop:
    """Drops a workbook of these rows, or a file of these bytes, on the page."""

    def dropped(content: Rows | bytes, name: str = "表.xlsx", lang: str = "en") -> AppTest:
        app = opened("upload", home.path, monkeypatch, lang=lang)
        told = content if isinstance(content, bytes) else workbook({"表": content})
        app.file_uploader[0].set_value([(name, told, "application/octet-stream")]).run()
        assert not app.exception
        return app

    return dropped


def tables_of(app: AppTest) -> list[list[list[str]]]:
    """The cells of every table."""
    return [
        [
            [unescape(re.sub("<[^>]*>", "", cell)) for cell in re.findall(r"<t[hd]\b.*?</t[hd]>", row, re.DOTALL)]
            for row in re.findall(r"<tr.*?</tr>", part, re.DOTALL)
        ]
        for part in re.findall(r"<table.*?</table>", shown(app), re.DOTALL)
    ]


def rows_of(app: AppTest, header: str) -> list[list[str]]:
    """The cells of the first table that has this column."""
    return next(rows for rows in tables_of(app) if any(header in cell for cell in rows[0]))


def test_rows_that_stop_counting_are_among_the_changes(drop: Drop) -> None:
    app = drop([BY_CATEGORY, ["2025-11", "大洋", "资费", 10], ["2025-11", "大洋", "投诉处理", 1]])
    assert rows_of(app, "Replaced rows") == [
        ["Type", "Months", "New rows", "Changed rows", "Unchanged rows", "Replaced rows", "No longer mentioned"],
        ["Complaints (monthly)", "2025-11", "1", "0", "1", "1", "1"],
    ]


def test_a_file_that_is_loaded_already_cannot_be_loaded_again(drop: Drop, home: Home) -> None:
    same = next(path for path in home.originals.rglob("*.xlsx")).read_bytes()
    app = drop(same, "figures.xlsx")
    button = next(one for one in app.button if one.label == "Load the file")
    assert (button.disabled, button.help) == (True, "Nothing of it is new.")


@pytest.mark.parametrize("name", ["memo.csv", "memo.xlsx"])
def test_a_file_without_a_table_is_not_to_be_described(name: str, drop: Drop) -> None:
    note = b"today we meet\nin the hall\n" if name.endswith("csv") else workbook({"a": [["today"], ["we meet"]]})
    app = drop(note, name)
    assert [box.proto.expanded for box in app.expander if "import profile" in box.label] == [False]
    assert not app.error


def test_a_new_unit_belongs_where_most_of_its_file_does(drop: Drop) -> None:
    app = drop([COMPLAINTS, ["2025-11", "东县", 1], ["2025-11", "西县", 2], ["2025-11", "完全陌生", 3]])
    level, above = (next(box for box in app.selectbox if box.label == label) for label in ("Level", "Belongs to"))
    assert (level.value, above.value) == ("county", "A")


def test_of_units_of_several_parents_only_the_level_is_guessed(drop: Drop) -> None:
    app = drop([COMPLAINTS, ["2025-11", "东县", 1], ["2025-11", "南县", 2], ["2025-11", "完全陌生", 3]])
    level, above = (next(box for box in app.selectbox if box.label == label) for label in ("Level", "Belongs to"))
    assert (level.value, above.value) == ("county", None)


def test_of_a_file_of_unknown_units_no_place_is_guessed(drop: Drop) -> None:
    app = drop([COMPLAINTS, ["2025-11", "完全陌生", 3]])
    level, above = (next(box for box in app.selectbox if box.label == label) for label in ("Level", "Belongs to"))
    assert (level.value, above.value) == (None, None)
    assert next(one for one in app.button if one.label == "Create the unit").disabled


def test_ranks_of_a_new_month_say_what_they_are_compared_with(
    sample_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened("upload", sample_home, monkeypatch, lang="en")
    path = SAMPLES / "next_month" / "客户规模_2025年12月.xlsx"
    complaints = SAMPLES / "next_month" / "投诉月报_2025年12月.xlsx"
    app.file_uploader[0].set_value(
        [(one.name, one.read_bytes(), "application/octet-stream") for one in (path, complaints)]
    ).run()
    app.toggle(key="upload_ranks").set_value(True).run()
    assert "2025-11 → 2025-12" in rows_of(app, "Movement")[0][2]
    assert "compared with 2025-11" in "\n".join(one.value for one in app.caption)


def test_the_page_names_every_kind_that_is_read(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "xlsx, xlsm, xls, xlsb, ods, csv, tsv, txt, csv.gz" in (
        page := shown(opened("upload", home.path, monkeypatch, lang="en"))
    )
    assert "tsv.zst, zip" in page


def named(app: AppTest, label: str) -> Any:
    return next(one for one in app.button if one.label == label)


MONTH = [BY_CATEGORY, ["2025-11", "大洋", "资费", 10], ["2025-11", "大洋", "网络", 6]]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", ("Once it is loaded", "Complaints (monthly)", "Complaints")),
        ("zh_Hans", ("导入后", "投诉月报", "投诉量")),
        ("zh_Hant", ("匯入後", "投訴月報", "投訴量")),
    ],
)
def test_cells_that_change_and_totals_are_told_before(lang: str, said: tuple[str, ...], drop: Drop) -> None:
    app = drop(MONTH, lang=lang)
    after, feed, column = said
    cells, totals = (rows for rows in tables_of(app) if after in rows[0])
    assert cells[1:] == [[feed, "2025-11", "大洋", "网络", column, "5", "6", "3"]]
    assert totals[1][-2:] == ["15", "16"]


def test_single_cells_leave_the_rest_of_the_month(drop: Drop, home: Home) -> None:
    app = drop([BY_CATEGORY, ["2025-11", "大洋", "网络", 6]])
    assert rows_of(app, "Replaced rows")[1][5] == "1", "as the month it takes 资费 away"
    app.radio[0].set_value(True).run()
    assert rows_of(app, "Replaced rows")[1][2:] == ["0", "1", "0", "0", "0"]
    named(app, "Load the file").click().run()
    batch = next(row for row in rows_of(app, "State") if row[0] == "3")
    assert "single cells in batch 2" in batch[2]
    app.selectbox(key="undo_batch_").set_value(2).run()
    assert named(app, "Undo").disabled
    assert any("Single cells of batch 3 stand in its rows" in unescape(one.value) for one in app.caption)


def test_two_who_look_at_one_month_do_not_both_confirm_unasked(drop: Drop, home: Home, tmp_path: Path) -> None:
    app = drop(MONTH)
    theirs = tmp_path / "theirs.xlsx"
    theirs.write_bytes(workbook({"表": [BY_CATEGORY, ["2025-11", "大洋", "资费", 99]]}))
    assert load(home, [theirs], LoadOptions(who="Li Na")).version == 2
    named(app, "Load the file").click().run()
    assert open_snapshot(home).version == 2, "the click was of another preview"
    assert "have changed since you looked" in app.warning[0].value
    assert rows_of(app, "What was done")[1] == ["2", "loaded", "3", "theirs.xlsx", "2025-11", "Li Na"]
    assert "99" in [row[5] for row in rows_of(app, "Once it is loaded")], "what it would change now"
    named(app, "Load the file").click().run()
    assert open_snapshot(home).version == 3
    assert not app.warning


def test_files_survive_a_walk_to_another_page(drop: Drop, home: Home) -> None:
    app = drop(MONTH)
    app.switch_page("pages/methods.py").run()
    assert not [one for one in app.button if one.label == "Load the file"]
    app.switch_page("pages/upload.py").run()
    assert any("表" in one.value and "Dropped before" in one.value for one in app.caption)
    assert rows_of(app, "Replaced rows")[1][3] == "1"
    app.switch_page("pages/methods.py").run()
    app.switch_page("pages/upload.py").run()
    named(app, "Load the file").click().run()
    assert open_snapshot(home).version == 2
    app.switch_page("pages/methods.py").run()
    app.switch_page("pages/upload.py").run()
    assert not any("Dropped before" in one.value for one in app.caption), "what is loaded is not there again"


def test_files_of_an_earlier_visit_can_be_taken_away(drop: Drop) -> None:
    app = drop(MONTH)
    app.switch_page("pages/methods.py").run()
    app.switch_page("pages/upload.py").run()
    named(app, "Take them away").click().run()
    assert not [one for one in app.button if one.label == "Load the file"]


def test_a_question_of_months_is_answered_by_a_button(drop: Drop, home: Home) -> None:
    """ "Nov-24" typed into Excel is 24 November of the year of typing."""
    typed = [
        ["月份", "单位", "投诉类别", "投诉量"],
        *([datetime(2025, month, 24), "大洋", "资费", 1] for month in (9, 10)),
    ]
    app = drop(typed)
    assert named(app, "Load the file").disabled
    answers = [one for one in app.button if "24" in one.label]
    assert len(answers) == 2, [one.label for one in app.button]
    next(one for one in answers if "is the year" in one.label).click().run()
    named(app, "Load the file").click().run()
    assert "2024-09 – 2024-10" in [row[4] for row in rows_of(app, "State")]


FOREIGN = [
    ["Waits at the counter"],
    ["Office", "Month", "Seen", "Late"],
    ["Leeds", "2025-10", 100, 10],
    ["York", "2025-10", 200, 20],
    ["Everybody", "2025-10", 300, 30],
]


def point(app: AppTest, row: int, column: str, part: str) -> AppTest:
    """Picks a cell of the sheet that is shown and says what stands there."""
    key = f"profile_sheet_{app.session_state['profile_round']}"
    app.session_state[key] = {"selection": {"rows": [], "columns": [], "cells": [(row, column)]}}
    app.run()
    next(one for one in app.button if one.label == part).click().run()
    assert not app.exception
    return app


def test_the_sheet_is_pointed_at_and_what_would_load_is_reconciled(drop: Drop, home: Home) -> None:
    app = drop(FOREIGN)
    assert rows_of(app, "In the sheet") == [
        ["Column of the file", "In the sheet", "Loaded", "Left out"],
        ["Seen", "600", "600", "0"],
        ["Late", "60", "60", "0"],
    ]
    point(app, 4, "A", "A total")
    point(app, 1, "D", "A figure (again: none)")
    assert rows_of(app, "In the sheet")[1:] == [["Seen", "600", "300", "300"]]
    next(one for one in app.button if one.label == "Save the profile").click().run()
    (saved,) = home.profiles.glob("*.toml")
    profile = load_profile(saved)
    assert [one.code for one in profile.indicators] == ["seen"]
    assert profile.leave_out == (LeaveOut((Condition("Office", any_of=("Everybody",)),), total=True),)
