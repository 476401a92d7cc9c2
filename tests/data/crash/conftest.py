"""A home before a load, the files of that load, and what is published before and after it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.core.home import Home
from data.loading.commit import load
from tests.data.runner import Runner, running


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    with running(tmp_path_factory.mktemp("runner")) as runner:
        yield runner


@pytest.fixture(scope="module")
def prepared(units_loaded: Path, write_to, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Path]]:
    """A home with a month of customers and tickets (version 3), and the next files: both again, revised, and a new
    month.
    """
    folder = tmp_path_factory.mktemp("crash")
    home = Home(Path(shutil.copytree(units_loaded, folder / "home")))
    header = ("ticket_id", "received_at", "unit", "category")

    def tickets(month: str, count: int) -> list[tuple]:
        places = ("A1", "A2", "B1", "H1")
        return [(f"T{month}{n}", f"{month}-{n % 28 + 1:02}", places[n % 4], f"c{n % 3}") for n in range(count)]

    customers = [("month", "unit", "customers"), ("2025-04", "A", 100), ("2025-04", "B", 200)]
    load(home, [write_to(folder / "c.csv", customers)])
    load(home, [write_to(folder / "t.csv", [header, *tickets("2025-04", 200)])])
    customers = [("month", "unit", "customers"), ("2025-04", "A", 111), ("2025-05", "A", 101), ("2025-05", "B", 201)]
    next_files = [
        write_to(folder / "next" / "c.csv", customers),
        write_to(folder / "next" / "t.xlsx", [header, *tickets("2025-04", 150), *tickets("2025-05", 300)]),
    ]
    return home.path, next_files


@pytest.fixture(scope="module")
def states(prepared: tuple[Path, list[Path]], cube, tmp_path_factory: pytest.TempPathFactory) -> list[dict]:
    """Every published cell before the load (version 3) and after it (version 4)."""
    home = Home(Path(shutil.copytree(prepared[0], tmp_path_factory.mktemp("after") / "home")))
    assert load(home, prepared[1]).version == 4
    before, after = cube(home, 3), cube(home, 4)
    assert before != after
    return [before, after]
