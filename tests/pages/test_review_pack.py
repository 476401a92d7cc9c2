"""The review pack's page leaves no folder behind; its files say their language."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from tests.pages.test_pages import opened, shown


def test_a_pack_leaves_no_folder_and_its_files_say_the_language(
    home_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    app = opened("review_pack", home_copy, monkeypatch, lang="zh_Hant", unit="DY")
    app.get("button_group")[0].set_value(["xlsx", "html"]).run()
    next(button for button in app.button if "評審" in button.label or "审" in button.label).click().run()
    assert not app.exception
    names = [button.label.replace("\\", "") for button in app.get("download_button")]
    assert names[1:] == ["大洋_2025-11_zh_Hant.xlsx", "大洋_2025-11_zh_Hant.html"]
    assert not list(tmp_path.glob("pack-*"))


def test_the_comparison_that_the_pack_does_not_follow_is_not_offered(
    sample_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered = '<select data-choice="compare"'
    assert offered not in shown(opened("review_pack", sample_home, monkeypatch, lang="en"))
    assert offered in shown(opened("overview", sample_home, monkeypatch, lang="en"))
