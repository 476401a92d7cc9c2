"""Figures of the program's own samples are known to be invented; others are not taken for them."""

from __future__ import annotations

from pathlib import Path

from data.core.home import Home
from data.loading.commit import load
from data.snapshots.reader import open_snapshot
from data.synthetic.shipped import shipped_hashes


def test_samples_are_known_by_their_bytes(sample_home: Path) -> None:
    held = open_snapshot(Home(sample_home)).file_hashes()
    assert held
    assert held <= shipped_hashes()


def test_a_file_of_ones_own_is_none_of_them(tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_text("code,name,level,parent\nP,P,province,\n", encoding="utf-8")
    home = Home(tmp_path / "home")
    assert load(home, [tmp_path / "units.csv"]).committed
    assert shipped_hashes().isdisjoint(open_snapshot(home).file_hashes())
