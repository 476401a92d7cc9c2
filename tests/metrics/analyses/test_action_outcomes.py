"""Actions come back with what happened to their metric since; figures of the small province."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from data.core.home import Home
from data.loading.commit import load
from data.operations.edit import edit
from data.snapshots.reader import open_snapshot
from metrics.analyses.action_outcomes import action_outcomes
from metrics.engine.figures import Figures
from tests.metrics.conftest import FILES

ACTIONS = pd.DataFrame(
    [
        ("2025-01", "A", "complaints_per_10k", "desk", "Li", "2025-01-31", "open"),
        ("2025-01", "A", None, "training", "Wang", "2025-06-30", "done"),
        ("2024-02", "A", "complaints_per_10k", "old and done", "Li", "2024-03-31", "done"),
        ("2025-02", "B", "complaints_per_10k", "another unit", "Li", None, "open"),
    ],
    columns=["month", "unit", "metric", "action", "owner", "due", "state"],
)


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    folder: Path = tmp_path_factory.mktemp("followed")
    for name, content in FILES.items():
        (folder / f"{name}.csv").write_text(content, "utf-8")
    home = Home(folder / "home")
    load(home, [folder / f"{name}.csv" for name in FILES])
    assert edit(home, "actions", ACTIONS).committed
    return Figures(open_snapshot(home))


def test_then_and_now(figures: Figures) -> None:
    found = action_outcomes(figures, "A", "2025-02").set_index("action")
    assert list(found.index) == ["desk", "training"]
    desk = found.loc["desk"]
    # January: 55 complaints of 50,000 customers; February: 75 of 50,000.
    assert (desk["value_then"], desk["value_now"], desk["change"]) == pytest.approx((11.0, 15.0, 100 * 4 / 11))
    assert bool(desk["overdue"])
    assert pd.isna(action_outcomes(figures, "A", "2025-01").set_index("action").loc["desk", "change"]), (
        "agreed this month"
    )
    assert list(found["effect"]) == ["too early to tell", ""]
    assert pd.isna(found.loc["training", "value_then"])
    assert not bool(found.loc["training", "overdue"])


def test_before_the_action_there_is_nothing(figures: Figures) -> None:
    assert list(action_outcomes(figures, "A", "2024-03")["action"]) == ["old and done"]
    assert action_outcomes(figures, "C", "2025-02").empty
