"""Files that were mangled in any way give a finding or a load: never a traceback, a hang, or a gigabyte of memory.

`make test` tries a few, `make soak` 2,000; what is done to them stands in tests/data/mutations.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from data.core.home import Home
from data.snapshots.reader import open_snapshot
from tests.data.mutations import Mangler
from tests.data.runner import Runner, running

FEW, MANY = 24, 2_000
SECONDS, MEGABYTES = 10, 1_024
# Every so many files that are accepted are loaded too, not only checked.
LOADED = 5


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    with running(tmp_path_factory.mktemp("runner")) as runner:
        yield runner


@pytest.fixture(scope="module")
def mangler() -> Mangler:
    return Mangler()


@pytest.mark.parametrize(
    "numbers",
    [range(FEW), *(pytest.param(range(n, n + 100), marks=pytest.mark.soak) for n in range(0, MANY, 100))],
    ids=lambda numbers: f"{numbers[0]}-{numbers[-1]}",
)
def test_mangled_files_give_a_finding_or_a_load(
    numbers: range, mangler: Callable[[int], tuple[str, bytes]], run: Runner, home_copy: Path, tmp_path: Path
) -> None:
    accepted = 0
    for number in numbers:
        name, content = mangler(number)
        path = tmp_path / name
        path.write_bytes(content)
        ended = run("check", path, "--json", "--home", home_copy, after=SECONDS * 6)
        assert ended.status in (0, 1), f"{path}: {ended.status}\n{ended.err[-3_000:]}"
        assert ended.computing < SECONDS, path
        assert ended.megabytes < MEGABYTES, path
        codes, rows = ended.codes, sum(sheet["rows"] for sheet in ended.json["files"][0]["sheets"])
        assert codes or rows, path
        if ended.status == 0:
            accepted += 1
            if accepted % LOADED == 1:
                loaded = run("load", path, "--json", "--home", home_copy, after=SECONDS * 6)
                assert loaded.status == 0, f"{path}: {loaded.err[-3_000:]}"
                assert open_snapshot(Home(home_copy)).version == loaded.json["version"]
        path.unlink()
