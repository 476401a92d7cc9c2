"""One pack of the sample province's city, written once through the command line, and what `python -m metrics` says of
the same.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import run_module, run_process

MONTH, UNIT = "2025-11", "大洋"


@pytest.fixture(scope="session")
def pack_home(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample home: a pack pins its version."""
    return Path(shutil.copytree(sample_home, tmp_path_factory.mktemp("reports") / "home"))


@pytest.fixture(scope="session")
def pack(pack_home: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The manifest of the pack (pptx, xlsx, html), in Simplified Chinese."""
    out = tmp_path_factory.mktemp("packs")
    words = (
        "pack",
        "--unit",
        UNIT,
        "--month",
        MONTH,
        "--lang",
        "zh_Hans",
        "--out",
        str(out),
        "--only",
        "pptx,xlsx,html",
        "--json",
    )
    found = json.loads(run_process("reports", *words, home=pack_home).stdout)
    assert found["failed"] == {}
    return found["packs"][0]


@pytest.fixture(scope="session")
def card(pack_home: Path) -> dict[str, dict[str, Any]]:
    """`python -m metrics scorecard --json` of the same unit and month, by metric."""
    words = ("scorecard", "--unit", UNIT, "--month", MONTH, "--lang", "zh_Hans", "--json")
    found = json.loads(run_module("metrics", *words, home=pack_home).stdout)
    return {row["metric"]: row for row in found["metrics"] if row["value"] is not None}


@pytest.fixture(scope="session")
def names(pack_home: Path) -> dict[str, str]:
    """Metric code -> its Chinese name."""
    return {row["metric"]: row["name"] for row in _listed(pack_home)}


def _listed(home: Path) -> list[dict[str, str]]:
    found = json.loads(run_module("metrics", "list", "--lang", "zh_Hans", "--json", home=home).stdout)
    return [{"metric": row["metric"], "name": row["name"]} for row in found["metrics"]]


@pytest.fixture(scope="session")
def written(pack: dict[str, Any]) -> dict[str, Path]:
    """Ending -> file."""
    folder = Path(pack["folder"])
    return {Path(name).suffix: folder / name for name in pack["files"]}
