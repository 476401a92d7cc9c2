"""Pictures: every chart under a name that says what it shows, pages as the dashboard draws them, and a clear word where
no browser is.
"""

from __future__ import annotations

import json
import os
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from data.core.home import Home
from reports.screenshots import BrowserPage, run_dashboard
from tests.conftest import ROOT, run_module
from tests.reports.conftest import MONTH, UNIT

needs_chromium = pytest.mark.skipif(
    not (shutil.which("chromium") or shutil.which("chromium-browser")), reason="needs Chromium"
)


def size(picture: bytes) -> tuple[int, int]:
    """Width and height that a PNG's header states."""
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    wide, tall = struct.unpack(">II", picture[16:24])
    return wide, tall


@needs_chromium
def test_every_chart_by_name(pack_home: Path, tmp_path: Path) -> None:
    words = (
        "pictures",
        "--unit",
        UNIT,
        "--month",
        MONTH,
        "--lang",
        "zh_Hant",
        "--only",
        "charts",
        "--out",
        str(tmp_path),
    )
    paths = [
        Path(path) for path in json.loads(run_module("reports", *words, "--json", home=pack_home).stdout)["pictures"]
    ]
    assert {path.parent.name for path in paths} == {"charts"}
    names = [path.stem for path in paths]
    assert any("投訴" in name for name in names)
    assert any(name.endswith("_ranking_2025-11_v1") for name in names)
    assert len(set(names)) == len(names) > 10
    assert {size(path.read_bytes()) for path in paths} == {(2560, 1440)}


@needs_chromium
@pytest.mark.browser
def test_a_page_as_the_dashboard_draws_it(pack_home: Path) -> None:
    with BrowserPage() as browser_page, run_dashboard(Home(pack_home)) as address:
        browser_page.open(f"{address}/complaints?unit=DY&month={MONTH}&lang=zh_Hant&present=1")
        words = browser_page.evaluate("document.body.innerText")
        wide, tall = size(browser_page.screenshot())
    assert "大洋" in words
    assert "投訴" in words
    assert wide == 1920
    assert tall >= 1080


def test_a_clear_word_where_no_browser_is(pack_home: Path, tmp_path: Path) -> None:
    words = [
        sys.executable,
        "-m",
        "reports",
        "pictures",
        "--unit",
        UNIT,
        "--out",
        str(tmp_path),
        "--home",
        str(pack_home),
    ]
    environment = {**os.environ, "PATH": str(tmp_path), "SERVICE_QUALITY_CHROMIUM": ""}
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode != 0
    assert "Chromium" in done.stderr
    assert "Traceback" not in done.stderr
