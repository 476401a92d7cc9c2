"""What a pack gathers: the rankings that cities share, and the files its figures rest on."""

from __future__ import annotations

from pathlib import Path

from data.snapshots.reader import open_snapshot
from metrics.engine.figures import Figures
from reports.content import _RANKINGS, MOST_RANKINGS, _ranking, gather_content
from tests.metrics.conftest import FILES, CountingAxes, loaded


def test_the_lineage_is_of_the_unit_and_of_what_is_above_and_below_it(tmp_path: Path) -> None:
    home = loaded(tmp_path, FILES)
    figures = Figures(open_snapshot(home))
    figures.axes = counting = CountingAxes(figures.snapshot)
    assert set(gather_content(figures, "A", "2025-02").lineage["unit"]) == {"A1", "A2"}
    assert counting.asked == 1
    assert set(gather_content(figures, "P", "2025-02").lineage["unit"]) >= {"A1", "A2", "B", "B1", "C"}


def test_rankings_are_shared_and_bounded(tmp_path: Path) -> None:
    figures = Figures(open_snapshot(loaded(tmp_path, FILES)))
    asked = ("complaints_per_10k", "2025-02", "month", "city", "en")
    assert _ranking(figures, *asked) is _ranking(figures, *asked)
    for number in range(MOST_RANKINGS + 1):
        _ranking(figures, "complaints_per_10k", f"{1900 + number}-01", "month", "city", "en")
    assert len(_RANKINGS[figures]) == MOST_RANKINGS
    assert _ranking(figures, *asked)["unit"].tolist() == ["A", "B", "C"]
