"""The states of the coverage grid on histories written out by hand."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.core.home import Home
from data.loading.commit import load
from data.model.organisation import UNIT_COLUMNS, Organisation
from data.operations.undo import undo
from data.snapshots.coverage import COLUMNS, STATES, coverage_states, worst_state
from data.snapshots.reader import held_units, open_snapshot

MONTHS = [f"2025-{month:02d}" for month in range(1, 10)]
ORGANISATION = Organisation(
    pd.DataFrame(
        [
            ("P", "全省", "province", None),
            ("A", "大洋", "city", "P"),
            ("A1", "东县", "county", "A"),
            ("A2", "西县", "county", "A"),
            ("B", "海湖", "city", "P"),
            ("B1", "南县", "county", "B"),
        ],
        columns=["code", "name", "level", "parent"],
    ).assign(
        kind=None,
        aliases=None,
        opened=pd.NaT,
        closed=[pd.NaT, pd.NaT, pd.NaT, pd.Timestamp("2025-08-01"), pd.NaT, pd.NaT],
    )[list(UNIT_COLUMNS)]
)


def history(*lines: str, feed: str = "customers") -> pd.DataFrame:
    """Rows from lines "unit: x.x!..." with a sign for each month: x there, ! there and restated, . not."""
    rows = []
    for line in lines:
        unit, signs = line.split(": ")
        rows += [
            (feed, "", month, unit, sign == "!") for month, sign in zip(MONTHS, signs, strict=False) if sign in "x!"
        ]
    return pd.DataFrame(rows, columns=["feed", "part", "month", "unit", "restated"])


def told(found: pd.DataFrame, branch: str = "A", feed: str = "customers") -> str:
    """A letter for each month: L loaded, R restated, P partial, M missing, T late, . nothing waited for."""
    letters = {"loaded": "L", "restated": "R", "partial": "P", "missing": "M", "late": "T"}
    by_month = found[(found["branch"] == branch) & (found["feed"] == feed)].set_index("month")["state"]
    return "".join(letters[by_month[month]] if month in by_month.index else "." for month in MONTHS)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["A1: xxxxxxxxx"], "LLLLLLLLL"),
        (["A1: xxxx!xxxx"], "LLLLRLLLL"),
        (["A1: xxxx.xxxx"], "LLLLMLLLL"),
        (["A1: xxxxxxxxx", "A2: xxxx.xxxx"], "LLLLPLLLL"),
        (["A1: xxxxxxxxx", "A2: xxxxxxx.."], "LLLLLLLPL"),
        (["A1: xxxxxxxxx", "A2: x..x.x..x"], "LLLLLLLLL"),
        (["A1: ..xxxxxxx"], "..LLLLLLL"),
        (["A1: xxxxxxxx.", "B1: xxxxxxxxx"], "LLLLLLLLT"),
        (["A1: xxxx.....", "B1: xxxxxxxxx"], "LLLLTTT.."),
    ],
    ids=[
        "whole",
        "restated",
        "a gap",
        "one unit absent",
        "absent, then closed",
        "an irregular unit",
        "a late start",
        "not yet",
        "ended",
    ],
)
def test_states(lines: list[str], said: str) -> None:
    assert told(coverage_states(history(*lines), ORGANISATION)) == said


def test_a_quarterly_type_is_waited_for_once_a_quarter() -> None:
    quarterly, monthly = history("A1: ..x..x..."), history("A1: xxxxxxxxx", feed="hotline")
    found = coverage_states(pd.concat([quarterly, monthly]), ORGANISATION)
    assert told(found) == "..L..L..T"
    assert told(found, feed="hotline") == "LLLLLLLLL"


def test_no_events_in_a_unit_are_no_gap() -> None:
    lines = ["A1: xxxxxxxxx", "A2: xxxx.xx.."]
    assert (
        told(coverage_states(history(*lines, feed="complaints_tickets"), ORGANISATION), feed="complaints_tickets")
        == "LLLLLLLLL"
    )


def test_who_is_absent_is_named_and_counted() -> None:
    found = coverage_states(history("A1: xxxxxxxxx", "A2: xxxx.xxxx"), ORGANISATION)
    line = found[found["month"] == "2025-05"].iloc[0]
    assert (line["units"], line["expected"], line["absent"]) == (1, 2, ["A2"])


def test_a_part_that_did_not_come_makes_the_month_partial() -> None:
    one, other = history("A1: xxxxxxxxx"), history("A1: xxxxxxxx.").assign(part="brand")
    assert told(coverage_states(pd.concat([one, other]), ORGANISATION)) == "LLLLLLLLP"


@given(st.lists(st.text("x!.", min_size=9, max_size=9), min_size=1, max_size=3), st.randoms())
def test_order_does_not_matter_and_what_is_there_is_never_missing(signs: list[str], chance) -> None:
    lines = [f"{unit}: {line}" for unit, line in zip(("A1", "A2", "B1"), signs, strict=False)]
    frame = history(*lines)
    found = coverage_states(frame, ORGANISATION)
    order = list(range(len(frame)))
    chance.shuffle(order)
    pd.testing.assert_frame_equal(coverage_states(frame.iloc[order], ORGANISATION), found)
    assert list(found.columns) == list(COLUMNS)
    branches = {"A1": "A", "A2": "A", "B1": "B"}
    there = {(branches[unit], month) for unit, month in zip(frame["unit"], frame["month"], strict=True)}
    empty = found[found["state"].isin(["missing", "late"])]
    assert there.isdisjoint(zip(empty["branch"], empty["month"], strict=True))
    assert there <= set(zip(found["branch"], found["month"], strict=True))


def test_worst() -> None:
    assert [worst_state(STATES[: place + 1]) for place in range(len(STATES))] == list(STATES)


def test_a_correction_is_restated_until_it_is_undone(units_loaded: Path, write_to, tmp_path: Path) -> None:
    """Only keys whose rows say something else: the same figures in another file are none."""
    import shutil

    home = Home(Path(shutil.copytree(units_loaded, tmp_path / "home")))
    header = ("month", "unit", "customers")

    def file(name: str, *rows: tuple) -> Path:
        return write_to(tmp_path / name, [header, *rows])

    def restated() -> list[tuple]:
        frame = held_units(home)
        return list(frame.loc[frame["restated"], ["month", "unit"]].itertuples(index=False, name=None))

    load(home, [file("1.csv", ("2025-01", "A", 100), ("2025-01", "B", 200))])
    assert restated() == []
    load(home, [file("2.csv", ("2025-01", "A", 100), ("2025-01", "B", 201), ("2025-02", "B", 5))])
    assert restated() == [("2025-01", "B")]
    found = coverage_states(held_units(home), open_snapshot(home).organisation)
    assert list(found[["branch", "month", "state"]].itertuples(index=False, name=None)) == [
        ("A", "2025-01", "loaded"),
        ("A", "2025-02", "late"),
        ("B", "2025-01", "restated"),
        ("B", "2025-02", "loaded"),
    ]
    undo(home, 3)
    assert restated() == []
