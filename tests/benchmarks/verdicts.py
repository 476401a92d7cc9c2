"""Scorecard with verdicts, and the full league table, against plain DuckDB aggregations of the same cube.

The league table is every hall x every metric, with target, rank, plausible ranks, interval, the signal of a control
chart over 36 months and the verdict in words.
"""

from __future__ import annotations

import duckdb
import numpy as np

from data.core.home import Home
from data.snapshots.reader import open_snapshot
from metrics.analyses.scorecard import scorecard
from metrics.assessment.records import records
from metrics.assessment.signals import signals
from metrics.assessment.standing import standing
from metrics.engine.figures import Figures
from metrics.model.periods import window
from tests.benchmarks.measuring import loaded_home, median_seconds, report

QUERY = "SELECT month, unit, measure, sum(value) FROM cube WHERE segment_kind = '' GROUP BY ALL"
SCORECARD_GOAL, LEAGUE_GOAL = 5, 20
RUNS = 5


def run() -> None:
    """Prints cold figures (snapshot to result) and warm ones (figures of the version already in memory)."""
    with loaded_home() as folder:
        home = Home(folder)
        snapshot = open_snapshot(home)
        unit, month = snapshot.organisation.find("大洋")[0], snapshot.months()[-1]
        halls = len(snapshot.organisation.at_level("hall"))
        plain = duckdb.connect(str(max(home.snapshots.glob("[0-9]*.duckdb"))), read_only=True)
        baseline = median_seconds(lambda: plain.execute(QUERY).fetchnumpy(), RUNS)

        def card(figures: Figures) -> None:
            scorecard(figures, unit, month)

        def league(figures: Figures) -> None:
            covered = window(month)
            found = standing(figures, covered, "month", figures.axes.peers("hall"))
            rows, columns = (place.ravel() for place in np.indices(found.value.shape))
            records(figures, found, signals(figures, found, covered), rows, columns)

        name = "month, unit, measure, sum(value) by DuckDB"
        warm = Figures(snapshot)
        for what, action, goal in (
            ("scorecard with verdicts", card, SCORECARD_GOAL),
            (f"league table, {halls} halls x {len(warm.axes.metrics)} metrics x 36 months", league, LEAGUE_GOAL),
        ):
            action(warm)
            cold_seconds = median_seconds(lambda: action(Figures(snapshot)), RUNS)  # noqa: B023
            report(f"{what}, cold", cold_seconds, name, baseline, goal)
            report(f"{what}, warm", median_seconds(lambda: action(warm), RUNS), name, baseline, goal)  # noqa: B023
