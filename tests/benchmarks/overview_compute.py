"""The Overview's computing for one unit, against one plain DuckDB GROUP BY over the same cube."""

from __future__ import annotations

import duckdb

from data.core.home import Home
from data.snapshots.reader import open_snapshot
from metrics.analyses.scorecard import scorecard
from metrics.engine.figures import Figures
from tests.benchmarks.measuring import loaded_home, median_seconds, report

QUERY = "SELECT month, unit, measure, segment_kind, segment, sum(value) FROM cube GROUP BY ALL"


def run() -> None:
    """Prints the cold figure (snapshot to scorecard) and the warm one (figures cached by version)."""
    with loaded_home() as folder:
        home = Home(folder)
        snapshot = open_snapshot(home)
        unit = snapshot.organisation.find("大洋")[0]
        month = snapshot.months()[-1]
        plain = duckdb.connect(str(max(home.snapshots.glob("[0-9]*.duckdb"))), read_only=True)
        baseline = median_seconds(lambda: plain.execute(QUERY).fetchnumpy(), 7)
        cold = median_seconds(lambda: scorecard(Figures(snapshot), unit, month, "ytd"), 7)
        figures = Figures(snapshot)
        scorecard(figures, unit, month, "ytd")
        warm = median_seconds(lambda: scorecard(figures, unit, month, "ytd"), 7)
        report("overview computing, cold", cold, "one GROUP BY over the cube", baseline, None)
        report("overview computing, warm", warm, "one GROUP BY over the cube", baseline, None)
