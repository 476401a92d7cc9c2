"""The preview of a units file lists every published figure and unit that it would change."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.core.home import Home
from data.loading.commit import load
from data.loading.plan import LoadOptions
from pages.shared.session.markup import escape_markdown
from tests.data.conftest import UNITS
from tests.pages.shared.upload.test_questions import workbook
from tests.pages.test_pages import opened, shown


def test_what_a_move_changes_is_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Home(tmp_path / "home")
    units, figures = tmp_path / "units.csv", tmp_path / "calls.csv"
    units.write_text("\n".join(",".join(row) for row in UNITS), "utf-8")
    rows = [
        "month,unit,calls,resolved_first_contact",
        "2025-10,A1,9000,900",
        "2025-10,A2,9000,1800",
        "2025-10,B1,9000,90",
    ]
    figures.write_text("\n".join(rows), "utf-8")
    assert load(home, [units, figures], LoadOptions(who="tester")).committed
    app = opened("upload", home.path, monkeypatch, lang="en")
    moved = workbook({"单位": [["编码", "名称", "层级", "上级单位"], ["A1", "东县", "county", "B"]]})
    app.file_uploader[0].set_value([("单位.xlsx", moved, "application/octet-stream")]).run()
    app.toggle(key="upload_published").set_value(True).run()
    assert not app.exception
    said = [caption.value for caption in app.caption]
    assert "Units that change: 1" in said
    assert "Published values and ranks that change: 0" in said
    assert "A → B" in shown(app)
    label = "Units that move always stood there: change the published months too"
    next(button for button in app.button if button.label == escape_markdown(label)).click().run()
    assert not app.exception
    # The calls settled at first contact of both cities.
    assert "Published values and ranks that change: 2" in [caption.value for caption in app.caption]
    assert "15.0% → 20.0%" in shown(app)
