"""The files of the catalogues themselves: what a reader of them would pass over without a word."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from tests.conftest import ROOT

CATALOGUES = sorted((ROOT / "locales").glob("zh_*/*.po"))


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_message_stands_once_with_one_translation(path: Path) -> None:
    """Two branches that are merged leave both of their translations; the first would count."""
    lines = [line for line in path.read_text("utf-8").split("\n") if line.startswith("msg")]
    words = [line.split(" ")[0] for line in lines]
    assert [line for line, (one, other) in zip(lines[1:], pairwise(words), strict=True) if one == other] == []
    messages = Counter(
        (before if before.startswith("msgctxt") else "", line)
        for before, line in pairwise(["", *lines])
        if line.startswith("msgid") and line != 'msgid ""'
    )
    assert [message for message, count in messages.items() if count > 1] == []
