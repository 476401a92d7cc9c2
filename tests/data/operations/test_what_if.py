"""What an undo would do, tried on a copy: the home itself stays as it is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from data.core.home import Home
from data.model.errors import WrongUsage
from data.operations import undo as batches
from data.operations.what_if import what_if_undo
from data.snapshots.reader import current_version, open_snapshot


def test_an_undo_is_tried_on_a_copy(light_copy: Path) -> None:
    home = Home(light_copy)
    with what_if_undo(home, 1, undone=False) as after:
        assert len(after.organisation) == 0
    assert len(open_snapshot(home).organisation) == 594
    assert (current_version(home), batches.history(home)["undone"].any()) == (1, False)


def test_bringing_back_is_tried_on_a_copy(light_copy: Path) -> None:
    home = Home(light_copy)
    batches.undo(home, 1)
    with what_if_undo(home, 1, undone=True) as after:
        assert len(after.organisation) == 594
    assert len(open_snapshot(home).organisation) == 0


def test_what_a_crash_left_in_the_log_is_tried_too(light_copy: Path) -> None:
    home = Home(light_copy)
    crash = (
        f'import duckdb, os; c = duckdb.connect({str(home.warehouse)!r}); c.execute("UPDATE batch SET loaded_by '
        f"= '王敏'\"); os._exit(1)"
    )
    subprocess.run([sys.executable, "-c", crash], check=False)
    assert home.warehouse.with_suffix(".duckdb.wal").stat().st_size > 0
    with what_if_undo(home, 1, undone=False) as after:
        assert set(after.batches()["loaded_by"]) == {"王敏"}


def test_an_unknown_batch_is_refused_as_by_the_undo_itself(light_copy: Path) -> None:
    with pytest.raises(WrongUsage, match="99"), what_if_undo(Home(light_copy), 99, undone=False):
        pass
