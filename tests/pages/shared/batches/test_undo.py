"""What an undo does is said before it is done; where units with figures would go, it is asked."""

from __future__ import annotations

import getpass
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.core.home import Home
from data.operations import undo as batches
from data.operations.fixes import create_units
from data.snapshots.reader import open_snapshot
from tests.pages.test_pages import opened, shown

# The batch of the hotline in the light home.
HOTLINE = 3


def pressed(app: AppTest, label: str) -> AppTest:
    app = next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def undone(home: Home) -> list[int]:
    history = batches.history(home)
    return history.loc[history["undone"], "batch"].tolist()


def captions(app: AppTest) -> str:
    return "\n".join(str(one.value) for one in app.caption).replace("\\", "")


def test_an_undo_that_takes_units_with_figures_is_asked_first(
    light_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(light_copy)
    app = opened("upload", light_copy, monkeypatch, lang="en")
    app.selectbox(key="undo_batch_").set_value(1).run()
    assert "(rows: 594 · units: 594)" in captions(app)
    app = pressed(app, "Undo")
    assert "Of 594 units 594 would go" in app.warning[0].value.replace("\\", "")
    assert "2022-12 – 2025-11" in app.warning[0].value.replace("\\", "")
    assert undone(home) == []
    app = pressed(app, "Leave it as it is")
    assert (list(app.warning), undone(home)) == ([], [])
    app = pressed(pressed(app, "Undo"), "Undo all the same")
    assert undone(home) == [1]
    app.run()
    assert app.selectbox(key="undo_batch_").value == 1, "the box stays on the batch that was turned"
    pressed(app, "Bring back")
    assert (undone(home), len(open_snapshot(home).organisation)) == ([], 594)


def test_an_undo_that_takes_no_figures_away_is_one_click(light_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Home(light_copy)
    create_units(home, ["新县"], "county", "DY")
    app = pressed(opened("upload", light_copy, monkeypatch, lang="en"), "Undo")
    assert "新县" not in open_snapshot(home).organisation
    newest = max(undone(home))
    app.selectbox(key="undo_batch_").set_value(HOTLINE).run()
    assert "(rows: 396 · units: 11 · months: 2022-12 – 2025-11)" in captions(app)
    pressed(app, "Undo")
    assert undone(home) == [HOTLINE, newest]


def test_more_batches_than_the_table_shows_are_counted(home_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Home(home_copy)
    assert "batches; the list below" not in captions(opened("upload", home_copy, monkeypatch, lang="en"))
    create_units(home, ["新县"], "county", "DY")
    app = opened("upload", home_copy, monkeypatch, lang="en")
    assert "The newest 20 of 21 batches" in captions(app)
    assert "年度目标.xlsx" in shown(app)


def test_who_has_no_name_on_this_machine_can_undo(light_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a container the user's number may stand for nobody."""

    def nobody() -> str:
        raise OSError("No username set in the environment")

    home = Home(light_copy)
    create_units(home, ["新县"], "county", "DY")
    app = opened("upload", light_copy, monkeypatch, lang="en")
    monkeypatch.setattr(getpass, "getuser", nobody)
    pressed(app, "Undo")
    assert len(undone(home)) == 1
