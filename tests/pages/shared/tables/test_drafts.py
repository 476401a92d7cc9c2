"""What was typed into a table is kept over a table that somebody changed in the meantime."""

from __future__ import annotations

import pandas as pd

from pages.shared.tables.drafts import rebase_edits

KEY = ("metric", "period")


def targets(*rows: tuple[str, str, float | None]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["metric", "period", "target"])
    return frame.astype({"metric": "object", "period": "object", "target": "float64"})


def test_what_was_typed_is_carried_over_a_table_that_changed() -> None:
    held = targets(("a", "2025", 1), ("b", "2025", 2), ("c", "2025", None), ("d", "2025", 4))
    typed = targets(("a", "2025", 10), ("b", "2025", 2), ("c", "2025", None), ("e", "2025", 5))
    now = targets(("a", "2025", 1), ("b", "2025", 20), ("c", "2025", None), ("d", "2025", 4), ("f", "2025", 6))
    assert sorted(rebase_edits(held, typed, now, KEY).fillna(0).values.tolist()) == [
        ["a", "2025", 10.0],  # typed
        ["b", "2025", 20.0],  # changed by somebody else
        ["c", "2025", 0.0],  # nobody touched it
        # d was removed by hand
        ["e", "2025", 5.0],  # added by hand
        ["f", "2025", 6.0],  # added by somebody else
    ]


def test_of_a_row_that_both_changed_what_was_typed_counts() -> None:
    held, typed, now = (targets(("a", "2025", number)) for number in (1, 10, 3))
    assert rebase_edits(held, typed, now, KEY).values.tolist() == [["a", "2025", 10.0]]


def test_what_was_typed_survives_a_table_that_is_empty_now() -> None:
    held, typed = targets(("a", "2025", 1), ("b", "2025", 2)), targets(("a", "2025", 10), ("b", "2025", 2))
    assert rebase_edits(held, typed, held.iloc[:0], KEY).values.tolist() == [["a", "2025", 10.0]]
