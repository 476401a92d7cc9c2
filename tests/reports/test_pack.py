"""Packs from the command line: pinned, restated, many units, one that fails, wrong words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from data.core.home import Home
from data.loading.commit import load
from data.model.errors import Damaged
from data.snapshots.publish import is_pinned
from data.snapshots.reader import open_snapshot
from metrics.engine.figures import Figures
from reports.file_names import file_name
from reports.pack import PackOptions, write_pack
from tests.conftest import run_module
from tests.metrics.conftest import FILES, loaded


@pytest.fixture
def small_home(tmp_path: Path) -> Home:
    """The small province of the metrics' tests."""
    return loaded(tmp_path, FILES)


def packs(home: Home, out: Path, *words: str, status: int = 0) -> dict[str, Any]:
    done = run_module(
        "reports",
        "pack",
        "--out",
        str(out),
        "--only",
        "pptx,xlsx,html",
        "--json",
        *words,
        home=home.path,
        status=status,
    )
    return json.loads(done.stdout)


def test_the_pack_is_pinned_and_carries_its_link(pack: dict[str, Any], pack_home: Path) -> None:
    assert is_pinned(Home(pack_home), pack["version"])
    assert f"version={pack['version']}" in pack["link"]
    assert pack["restated"] is None
    assert json.loads((Path(pack["folder"]) / "pack.json").read_text("utf-8")) == pack


def test_every_city_and_what_was_restated_since(small_home: Home, tmp_path: Path) -> None:
    first = packs(small_home, tmp_path / "out", "--all-cities")
    assert [pack["unit"] for pack in first["packs"]] == ["A", "B", "C"]
    changed = tmp_path / "again.csv"
    changed.write_text("month,unit,customers\n2025-01,A,40000\n", "utf-8")
    load(small_home, [changed])
    second = packs(small_home, tmp_path / "out", "--unit", "A")["packs"][0]
    assert second["version"] == first["packs"][0]["version"] + 1
    assert second["restated"] > 0
    assert second["rows"]["restated"] == second["restated"]
    assert packs(small_home, tmp_path / "out", "--unit", "B")["packs"][0]["restated"] == 0


def test_one_unit_that_fails_does_not_stop_the_others(small_home: Home, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / file_name("Beta_2025-02_en")).write_text("in the way")
    found = packs(small_home, tmp_path / "out", "--all-cities", "--month", "2025-02", status=1)
    assert [pack["unit"] for pack in found["packs"]] == ["A", "C"]
    assert list(found["failed"]) == ["B"]


def test_what_the_disk_refuses_is_told_in_a_sentence(small_home: Home, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file where the folder should be")
    with pytest.raises(Damaged, match=r"^The pack cannot be written \(.*out.*\)\. Make room on the disk"):
        write_pack(small_home, Figures(open_snapshot(small_home)), "A", PackOptions("2025-02", tmp_path / "out"))


@pytest.mark.parametrize(
    "words", [("--unit", "nowhere"), ("--month", "2025-13"), ("--only", "doc"), ("--version", "99")]
)
def test_wrong_words(small_home: Home, tmp_path: Path, words: tuple[str, ...]) -> None:
    done = run_module("reports", "pack", "--out", str(tmp_path / "out"), *words, home=small_home.path, status=2)
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr
