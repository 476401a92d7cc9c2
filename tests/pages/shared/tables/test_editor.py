"""The preview of an edited table says of which row each change is, in the words of the grid."""

from __future__ import annotations

import getpass
from pathlib import Path

import pandas as pd
import pytest

from tests.pages.test_pages import opened
from tests.pages.test_upload import rows_of


def test_each_change_names_its_row(sample_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("tables", sample_home, monkeypatch, table="targets", lang="en")
    draft = app.session_state["table_drafts"]["targets"]
    edited = draft.held.copy()
    assert edited.loc[[1, 2], "metric"].tolist() == ["complaints_per_10k"] * 2
    edited.loc[1, "target"] = 1.2
    new = pd.DataFrame([{"metric": "hall_composite", "period": "2026", "unit": "DY", "target": 90.0}])
    draft.edited, draft.drawn = pd.concat([edited.drop(index=2), new], ignore_index=True), ""
    app.run()
    assert not app.exception
    assert sorted(rows_of(app, "Concerns")[1:]) == [
        ["added", "48", "Hall composite score · 2026 · 大洋", "", "Target: 90"],
        ["changed", "2", "Complaints per 10,000 customers · 2025-01 · city", "Target: 1.5", "Target: 1.2"],
        ["removed", "", "Complaints per 10,000 customers · 2025-02 · city", "Target: 1.5", ""],
    ]


def test_a_unit_is_named_beside_its_code(sample_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("tables", sample_home, monkeypatch, table="units", lang="en")
    draft = app.session_state["table_drafts"]["units"]
    draft.edited = draft.held.assign(aliases=draft.held["aliases"].where(draft.held["code"] != "DY", "大洋分公司"))
    draft.drawn = ""
    app.run()
    assert [row[:3] for row in rows_of(app, "Concerns")[1:]] == [["changed", "2", "DY · 大洋"]]


def test_who_has_no_name_on_this_machine_can_edit(sample_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise OSError("No username set in the environment")

    app = opened("tables", sample_home, monkeypatch, table="units", lang="en")
    draft = app.session_state["table_drafts"]["units"]
    draft.edited, draft.drawn = draft.held.iloc[:-1], ""
    monkeypatch.setattr(getpass, "getuser", nobody)
    app.run()
    assert not app.exception


def test_a_unit_that_moves_is_asked_for_its_month(sample_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("tables", sample_home, monkeypatch, table="units", lang="en")
    draft = app.session_state["table_drafts"]["units"]
    cities = draft.held.loc[draft.held["level"] == "city", "code"].tolist()
    county = draft.held[draft.held["parent"] == cities[0]]["code"].iloc[0]
    draft.edited = draft.held.assign(parent=draft.held["parent"].where(draft.held["code"] != county, cities[1]))
    draft.drawn = ""
    app.run()
    assert not app.exception
    (asked,) = [one for one in app.selectbox if county in one.label]
    assert asked.value == str(pd.Timestamp.now().to_period("M"))
    assert [row[0] for row in rows_of(app, "Concerns")[1:]] == ["added"]
    asked.set_value("").run()
    assert [row[0] for row in rows_of(app, "Concerns")[1:]] == ["changed"]
