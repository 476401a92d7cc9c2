"""What pages and metrics read: cells, segments, targets, indicators, lineage, freshness, coverage; from many threads at
once.
"""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from weakref import ref

import pandas as pd
import pytest

from data.core.home import Home
from data.loading.commit import load
from data.loading.plan import LoadOptions
from data.model.errors import NoData
from data.operations.undo import undo
from data.snapshots.reader import MOST_OPEN, Snapshot, coverage, current_version, open_snapshot

JANUARY = 2025 * 12
FILES = {
    "客户.csv": ["month,unit,customers", "2025-01,A,1000", "2025-02,A,1100", "2025-01,B,500"],
    "recharge.csv": [
        "month,unit,channel,transactions",
        "2025-01,A,app,6",
        "2025-01,A,web,3",
        "2025-01,A,agent,1",
        "2025-01,B,app,5",
    ],
    "indicators.csv": [
        "month,unit,indicator,value,numerator,denominator,target,name,better,scale",
        "2025-01,A,pass,,19,20,95,合格率,higher,100",
        "2025-02,A,pass,,18,20,,检查合格率,higher,100",
        "2025-01,A,visits,,7,,,,lower,",
        "2025-01,B,index,0.5,,,,,,",
    ],
    "targets.csv": [
        "metric,period,unit,level,target,weight",
        "m1,2025,A,,15,10",
        "m1,2025,,city,16,",
        "m1,2025-02,,,17,",
    ],
}


@pytest.fixture(scope="module")
def filled(units_loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The units (batch 1) and FILES (batches 2 to 5) in one step: version 2. Read only."""
    folder = tmp_path_factory.mktemp("filled")
    home = Home(Path(shutil.copytree(units_loaded, folder / "home")))
    for name, lines in FILES.items():
        (folder / name).write_text("\n".join(lines), encoding="utf-8")
    done = load(home, [folder / name for name in FILES], LoadOptions(who="Li Na"))
    assert done.committed
    assert not done.refused
    return home


@pytest.fixture
def snapshot(filled: Home) -> Snapshot:
    return open_snapshot(filled)


def rows(frame: pd.DataFrame, *columns: str) -> list[tuple]:
    """The frame's rows as tuples, sorted, None for missing."""
    frame = frame[list(columns)].astype("object")
    found = [
        tuple(None if value is None or value != value else value for value in row)
        for row in frame.itertuples(index=False)
    ]
    return sorted(found, key=str)


def test_cells_of_several_terms(snapshot: Snapshot) -> None:
    frame = snapshot.cells(
        [
            ("customers", "", ()),
            ("recharge_transactions", "channel", ("app", "web")),
            ("recharge_transactions", "channel", ("fax",)),
            ("nothing", "", ()),
        ]
    )
    assert rows(frame, "term", "unit", "month", "value") == [
        (0, "A", JANUARY, 1000.0),
        (0, "A", JANUARY + 1, 1100.0),
        (0, "B", JANUARY, 500.0),
        (1, "A", JANUARY, 9.0),
        (1, "B", JANUARY, 5.0),
    ]
    assert snapshot.cells([]).empty


def test_segments_and_how_a_measure_is_split(snapshot: Snapshot) -> None:
    assert snapshot.segment_kinds("recharge_transactions") == ["channel"]
    assert snapshot.segment_kinds("customers") == []
    assert rows(snapshot.segments("recharge_transactions", "channel"), "month", "unit", "segment", "value") == [
        (JANUARY, "A", "agent", 1.0),
        (JANUARY, "A", "app", 6.0),
        (JANUARY, "A", "web", 3.0),
        (JANUARY, "B", "app", 5.0),
    ]
    assert snapshot.segments("recharge_transactions", "nothing").empty


def test_months_measures_and_units(snapshot: Snapshot) -> None:
    assert snapshot.months() == ["2025-01", "2025-02"]
    measures = snapshot.measures().set_index("measure")
    assert measures.loc["customers", ["feed", "over_time", "additive"]].tolist() == ["customers", "stock", True]
    assert measures.loc["reported_score", "additive"] == False  # noqa: E712
    assert measures.index.is_unique
    assert snapshot.organisation.codes == ["P", "A", "B", "A1", "A2", "B1", "B2", "H1"]
    assert snapshot.organisation.parent("P") is None


def test_targets_of_units_levels_and_all_and_those_of_indicators(snapshot: Snapshot) -> None:
    assert rows(snapshot.targets(), "metric", "period", "unit", "level", "target", "weight") == [
        ("m1", "2025", "A", None, 15.0, 10.0),
        ("m1", "2025", "level:city", "city", 16.0, None),
        ("m1", "2025-02", "*", None, 17.0, None),
        ("pass", "2025-01", "A", None, 95.0, None),
    ]


def test_indicators_that_nobody_foresaw(snapshot: Snapshot) -> None:
    assert rows(snapshot.indicators(), "code", "name", "better", "scale", "kind") == [
        ("index", None, None, None, "reported"),
        ("pass", "检查合格率", "higher", 100.0, "ratio"),
        ("visits", None, "lower", None, "count"),
    ]


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        (
            {"feed": "customers"},
            [
                ("customers", "2025-01", "A", 2, "客户.csv", 1, 2, 2),
                ("customers", "2025-01", "B", 2, "客户.csv", 1, 4, 4),
                ("customers", "2025-02", "A", 2, "客户.csv", 1, 3, 3),
            ],
        ),
        (
            {"feed": "recharge", "month": "2025-01", "unit": "A"},
            [("recharge", "2025-01", "A", 3, "recharge.csv", 3, 2, 4)],
        ),
        ({"month": "2025-02", "unit": "B"}, []),
    ],
)
def test_lineage_leads_to_the_rows_of_the_file(snapshot: Snapshot, chosen: dict, found: list) -> None:
    frame = snapshot.lineage(**chosen)
    assert rows(frame, "feed", "month", "unit", "batch", "file", "rows", "first_row", "last_row") == found


def test_freshness_tells_the_newest_batch_that_counts(filled: Home, tmp_path: Path) -> None:
    home = Home(Path(shutil.copytree(filled.path, tmp_path / "home")))
    fresh = open_snapshot(home).freshness()
    assert (fresh["version"], fresh["last_month"], fresh["loaded_by"], fresh["file"]) == (
        2,
        "2025-02",
        "Li Na",
        "targets.csv",
    )
    assert abs((datetime.now() - fresh["loaded_at"]).total_seconds()) < 600
    undo(home, 5)
    assert open_snapshot(home).freshness()["file"] == "indicators.csv"


def test_coverage_counts_units_and_rows(filled: Home) -> None:
    assert coverage(filled).to_dict("records") == [
        {"feed": "customers", "month": "2025-01", "units": 2, "rows": 2, "batches": 1},
        {"feed": "customers", "month": "2025-02", "units": 1, "rows": 1, "batches": 1},
        {"feed": "indicators", "month": "2025-01", "units": 2, "rows": 3, "batches": 1},
        {"feed": "indicators", "month": "2025-02", "units": 1, "rows": 1, "batches": 1},
        {"feed": "recharge", "month": "2025-01", "units": 2, "rows": 4, "batches": 1},
    ]
    assert coverage(filled, version=1).empty


def test_eight_threads_read_one_snapshot_at_once(filled: Home) -> None:
    def read(turn: int) -> tuple:
        snapshot = open_snapshot(filled)
        measure, total = (("customers", 2600.0), ("recharge_transactions", 15.0))[turn % 2]
        frame = snapshot.cells([(measure, "", ()), (measure, "", ())])
        assert frame["value"].sum() == 2 * total
        return (
            len(snapshot.segments("recharge_transactions", "channel")),
            tuple(snapshot.months()),
            len(snapshot.organisation.codes),
            len(snapshot.lineage(unit="A")),
            len(snapshot.batches()),
        )

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(read, range(80))) == {(4, ("2025-01", "2025-02"), 8, 8, 5)}


def test_a_reader_keeps_its_version_while_others_are_published(home: Home, loads, figures) -> None:
    reader = open_snapshot(home)
    loads("a.csv", "month unit customers", ("2025-01", "A", 1))
    assert (reader.version, reader.months()) == (1, [])
    assert (current_version(home), open_snapshot(home).months()) == (2, ["2025-01"])
    assert figures(home, "customers", version=1) == {}


def test_more_snapshots_than_are_kept_open(home: Home) -> None:
    paths = [home.snapshots / f"{number:06d}.duckdb" for number in range(2, MOST_OPEN + 4)]
    for path in paths:
        shutil.copyfile(home.snapshots / "000001.duckdb", path)
    opened = [open_snapshot(home, number) for number in range(1, MOST_OPEN + 4)]
    assert [snapshot.version for snapshot in opened] == list(range(1, MOST_OPEN + 4))
    assert all(len(snapshot.organisation.codes) == 8 for snapshot in opened), "those no longer kept still answer"


def test_the_version_asked_for_last_is_kept_open_and_no_other(home: Home) -> None:
    shutil.copyfile(home.snapshots / "000001.duckdb", home.snapshots / "000002.duckdb")
    held = {number: ref(open_snapshot(home, number)) for number in (1, 2)}
    assert [number for number, snapshot in held.items() if snapshot() is None] == [1]
    held[1] = ref(open_snapshot(home, 1))
    assert [number for number, snapshot in held.items() if snapshot() is None] == [2]


@pytest.mark.parametrize("held", [False, True], ids=["nobody looks", "somebody looks at the former"])
def test_a_new_database_in_the_same_folder_shows_its_own_units(home: Home, write, held: bool) -> None:
    former = open_snapshot(home)
    assert "A" in former.organisation
    if not held:
        del former
    shutil.rmtree(home.path)
    load(home, [write("other.csv", "code name level parent", ("Z", "Zed", "province", ""))])
    assert (open_snapshot(home).version, open_snapshot(home).organisation.codes) == (1, ["Z"])
    assert open_snapshot(home) is open_snapshot(home)


@pytest.mark.parametrize("make", [lambda path: None, Path.mkdir, Path.touch], ids=["absent", "empty folder", "a file"])
def test_nothing_loaded_is_reported_in_a_sentence(tmp_path: Path, make) -> None:
    make(tmp_path / "home")
    with pytest.raises(NoData, match=r"Nothing has been loaded into .* yet\. Load the units"):
        open_snapshot(Home(tmp_path / "home"))
