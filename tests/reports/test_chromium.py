"""Where Chromium cannot draw, each reason has its own sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from filelock import FileLock

from charts.theme import empty_figure
from reports import chromium
from reports.chromium import NoBrowser, write_pdf, write_pictures


@pytest.fixture
def fake_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that passes for Chromium; nobody else waits for its lock."""
    monkeypatch.setenv(chromium.VARIABLE, str(tmp_path / "chromium"))
    monkeypatch.setattr(chromium, "LOCK", tmp_path / "lock")
    (tmp_path / "chromium").write_text("#!/bin/sh\nexec sleep 30\n")
    return tmp_path / "chromium"


def test_it_cannot_be_started(fake_browser: Path, tmp_path: Path) -> None:
    with pytest.raises(NoBrowser, match=r"^Chromium cannot be started \(.*Permission denied"):
        write_pdf(tmp_path / "page.html", tmp_path / "page.pdf")


def test_it_does_not_answer(fake_browser: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_browser.chmod(0o700)
    monkeypatch.setattr(chromium, "SECONDS", 0.2)
    with pytest.raises(NoBrowser, match=r"^Chromium did not answer within 0\.2 seconds"):
        write_pdf(tmp_path / "page.html", tmp_path / "page.pdf")


def test_another_pack_keeps_it_busy(fake_browser: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chromium, "PATIENCE", 0.2)
    with (
        FileLock(tmp_path / "lock"),
        pytest.raises(NoBrowser, match=r"^Another pack kept Chromium busy for 0\.2 seconds"),
    ):
        write_pictures({"one": empty_figure("light", 300)}, tmp_path / "charts")
