"""Packs by several workers: the same files as by one, in whatever order, and one bad unit does not stop the rest."""

from __future__ import annotations

import json
from pathlib import Path

from data.core.home import Home
from data.snapshots.reader import open_snapshot
from reports.pack import Pack, PackOptions
from reports.workers import PackJob, write_packs


def test_two_workers_write_what_one_writes(sample_home: Path, tmp_path: Path) -> None:
    home = Home(sample_home)
    version = open_snapshot(home).version
    units = ["DY", "nobody", "LJ"]
    told: dict[int, dict[str, Pack | str]] = {}
    heard: dict[int, list[float]] = {1: [], 2: []}
    for workers in (1, 2):
        order = PackJob(home, version, PackOptions("2025-11", tmp_path / str(workers), formats=("xlsx",)))
        told[workers] = dict(
            write_packs(order, units, lambda share, _, workers=workers: heard[workers].append(share), workers)
        )
    for done in told.values():
        assert isinstance(done["nobody"], str)
        assert "nobody" in done["nobody"]
        assert {unit for unit, pack in done.items() if isinstance(pack, Pack)} == {"DY", "LJ"}
    one, two = (told[workers]["DY"] for workers in (1, 2))
    assert isinstance(one, Pack)
    assert isinstance(two, Pack)
    assert (one.files, one.rows) == (two.files, two.rows)
    manifests = [json.loads((pack.folder / "pack.json").read_text("utf-8")) for pack in (one, two)]
    assert manifests[0]["version"] == manifests[1]["version"] == version
    assert heard[1] == sorted(heard[1])
    assert heard[2] == [1 / 3, 2 / 3, 1.0]
