"""What changed between two scorecards, from literals."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data.core.home import Home
from data.loading.commit import commit, load
from data.loading.plan import plan
from data.operations.what_if import what_if
from data.snapshots.reader import current_version, open_snapshot
from metrics.analyses.changes import scorecard_changes, version_changes
from metrics.engine.figures import Figures
from tests.metrics.conftest import FILES

STILL = {
    "metric": "m",
    "value": 1.0,
    "signal": "noise",
    "variation": "common",
    "listed": False,
    "met": 1.0,
    "rank_change": 0.0,
    "rank_moved": False,
}


def card(**changes: object) -> pd.DataFrame:
    return pd.DataFrame([STILL | changes])


WORSE = {"signal": "signal", "variation": "concerning", "listed": True}


@pytest.mark.parametrize(
    ("before", "now", "kind"),
    [
        ({}, WORSE, "turned_worse"),
        (WORSE, WORSE, None),
        (WORSE, {**WORSE, "variation": "improving"}, "turned_better"),
        ({}, {**WORSE, "variation": "neither_high"}, "turned"),
        ({}, {**WORSE, "listed": False}, None),
        (WORSE, {}, "ended"),
        ({}, {"met": 0.0}, "missed"),
        ({"met": 0.0}, {}, "met"),
        ({"met": 0.0}, {"met": 0.0}, None),
        ({}, {"met": 1.0}, None),
        ({"met": np.nan}, {}, None),
        ({}, {"rank_change": -2.0, "rank_moved": True}, "place"),
        ({}, {"rank_change": 1.0}, "noise"),
        ({}, {"rank_change": None}, None),
        ({}, {**WORSE, "met": 0.0, "rank_change": -5.0}, "turned_worse"),
    ],
)
def test_the_most_telling_change(before: dict, now: dict, kind: str | None) -> None:
    assert list(scorecard_changes(card(**now), card(**before))["change"]) == ([kind] if kind else [])


def test_a_first_value_is_no_change() -> None:
    assert scorecard_changes(card(**WORSE), card(value=None)).empty
    assert scorecard_changes(card(**WORSE), card(metric="other")).empty


def test_the_most_telling_stand_first() -> None:
    now = pd.DataFrame(
        [
            STILL | {"metric": "a", "rank_change": 1.0},
            STILL | {"metric": "b", "rank_change": -3.0},
            STILL | {"metric": "c"} | WORSE,
        ]
    )
    before = pd.DataFrame([STILL | {"metric": code} for code in "abc"])
    assert list(scorecard_changes(now, before)["metric"]) == ["c", "b", "a"]


def test_ranks_that_would_move(tmp_path: Path) -> None:
    for name, content in FILES.items():
        (tmp_path / f"{name}.csv").write_text(content, "utf-8")
    home = Home(tmp_path / "home")
    load(home, [tmp_path / f"{name}.csv" for name in FILES])
    before = Figures(open_snapshot(home))
    # Beta's complaints of February go from 30 to 10 of 20,000: 15 per 10,000 like Alpha and Gamma before, 5 now.
    changed = tmp_path / "february.csv"
    changed.write_text("month,unit,category,complaints\n2025-02,B1,billing,10\n", "utf-8")
    planned = plan(home, [changed])
    with what_if(home, planned) as snapshot:
        assert snapshot is not None
        found = version_changes(before, Figures(snapshot), "2025-02")
    assert current_version(home) == 1
    row = found[found["metric"] == "complaints_per_10k"].set_index("unit").loc["B"]
    assert (row["value_before"], row["value_after"]) == (15.0, 5.0)
    assert (row["rank_before"], row["rank_after"]) == (1.0, 1.0)
    others = found[found["metric"] == "complaints_per_10k"].set_index("unit")
    assert others.loc["A", "places"] == -1
    assert [finding.code for finding in planned.files[0].all_findings].count("parts_differ") == 0
    assert commit(home, planned).committed
    after = version_changes(before, Figures(open_snapshot(home)), "2025-02")
    assert after.equals(found)


def test_a_new_month_is_compared_with_the_last(tmp_path: Path) -> None:
    for name, content in FILES.items():
        (tmp_path / f"{name}.csv").write_text(content, "utf-8")
    home = Home(tmp_path / "home")
    load(home, [tmp_path / f"{name}.csv" for name in FILES])
    before = Figures(open_snapshot(home))
    (tmp_path / "march.csv").write_text("month,unit,customers,mid_high_end_customers\n2025-03,C,10000,9000\n", "utf-8")
    load(home, [tmp_path / "march.csv"])
    found = version_changes(before, Figures(open_snapshot(home)), "2025-03").set_index(["metric", "unit"])
    assert list(found.index) == [("mid_high_end_customers", "C")]
    row = found.loc[("mid_high_end_customers", "C")]
    assert (row["month_before"], row["value_before"], row["value_after"]) == ("2025-02", 1000, 9000)
    assert (row["rank_before"], row["rank_after"], row["places"]) == (3, 1, 2)


def test_nothing_to_load_is_no_version(tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text("month,unit,customers\n2025-01,nowhere,1\n", "utf-8")
    home = Home(tmp_path / "home")
    with what_if(home, plan(home, [tmp_path / "bad.csv"])) as snapshot:
        assert snapshot is None
