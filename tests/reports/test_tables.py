"""The tables of a pack: what their words and colours say of a row."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.core.home import Home
from data.snapshots.reader import current_version, open_snapshot
from metrics.engine.figures import Figures
from reports.content import PackContent, gather_content
from reports.tables import rank_with_range, signal_words, trend_table
from tests.reports.conftest import MONTH

VALUE, KIND = 1, 8
TONES = {
    "higher": {
        "outside_high": "better",
        "shift_high": "better",
        "outside_low": "worse",
        "shift_low": "worse",
        "two_of_three_low": "worse",
        "common": "",
    },
    "lower": {
        "outside_high": "worse",
        "shift_high": "worse",
        "outside_low": "better",
        "shift_low": "better",
        "two_of_three_low": "better",
        "common": "",
    },
}


@pytest.fixture(scope="module")
def content(sample_home: Path) -> PackContent:
    home = Home(sample_home)
    version = current_version(home)
    assert version is not None
    return gather_content(Figures(open_snapshot(home, version)), "DY", MONTH, "month", "en")


def test_a_month_has_the_colour_of_its_point(content: PackContent) -> None:
    """The words beside a value and its point on the chart speak of the whole series, and so does its colour."""
    seen = set()
    for code in content.trends:
        metric = content.metric(code)
        if metric.better == "neither":
            continue
        tones = {signal_words(kind, "en"): tone for kind, tone in TONES[metric.better].items()}
        for row in trend_table(content, code).rows:
            if row[KIND].value in tones:
                assert row[VALUE].tone == tones[str(row[KIND].value)], (code, row[0].value)
                seen.add((metric.better, row[VALUE].tone))
    assert len(seen) > 4


@pytest.mark.parametrize(
    ("rank", "peers", "low", "high", "shown"),
    [
        (1, 11, 1, 10, "1 of 11 (1–10)"),
        (3, 11, 3, 3, "3 of 11 (3)"),
        (3, 11, None, None, "3 of 11"),
        (1, 1, 1, 1, "–"),
        (None, 11, None, None, "–"),
    ],
)
def test_places(rank: int | None, peers: int, low: int | None, high: int | None, shown: str) -> None:
    assert rank_with_range({"rank": rank, "peers": peers, "rank_low": low, "rank_high": high}, "en") == shown
