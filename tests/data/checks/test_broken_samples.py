"""Each broken sample is named after the finding it must give; nothing of it is loaded."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.conftest import SAMPLES, run_module

BROKEN = sorted((SAMPLES / "broken").iterdir())


def test_they_are_there() -> None:
    assert len(BROKEN) >= 15


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_the_finding_it_is_named_after(path: Path, sample_home: Path) -> None:
    code = re.sub(r"_\d+$", "", path.stem)
    done = run_module("data", "check", str(path), "--json", home=sample_home, status=1)
    report = json.loads(done.stdout)
    assert not report["committed"]
    found = [finding for file in report["files"] for sheet in file["sheets"] for finding in sheet["findings"]]
    named = [finding for finding in found if finding["code"] == code]
    assert named, [(finding["code"], finding["message"]) for finding in found]
    assert all(finding["message"] for finding in named)
