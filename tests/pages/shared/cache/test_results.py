"""What pages keep of a version: what is shown is of the database that is there now."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from data.core.home import Home
from data.loading.commit import load
from pages.shared.cache.results import cached, families_of, figures_of, freshness_of


@pytest.fixture
def units_of(tmp_path: Path):
    """units_of(code): a new database in the same folder, with this unit alone; the home."""

    def made(code: str) -> Home:
        home = Home(tmp_path / "home")
        shutil.rmtree(home.path, ignore_errors=True)
        (tmp_path / f"{code}.csv").write_text(f"code,name,level\n{code},{code},province\n", encoding="utf-8")
        assert load(home, [tmp_path / f"{code}.csv"]).version == 1
        return home

    return made


def test_a_new_database_in_the_same_folder_is_not_taken_for_the_former(units_of) -> None:
    seen = []
    for code in ("A", "Z"):
        home = units_of(code)
        chart = cached(("unit names", home, 1), lambda code=code: code)
        title = cached((home, 1, "en", "title"), lambda code=code: code)
        seen.append((list(figures_of(home, 1).axes.units), freshness_of(home, 1)["file"], chart, title))
    assert seen == [(["A"], "A.csv", "A", "A"), (["Z"], "Z.csv", "Z", "Z")]


def test_as_long_as_the_file_stands_it_is_read_once(units_of) -> None:
    home = units_of("A")
    assert figures_of(home, 1) is figures_of(home, 1)
    assert families_of(home, 1) is families_of(home, 1)
    assert cached((home, 1, "x"), lambda: "first") == cached((home, 1, "x"), lambda: "second") == "first"
