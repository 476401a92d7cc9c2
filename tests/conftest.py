"""Fixtures for all: homes loaded once per run through the real loader, copied for tests that write."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pytest
from filelock import FileLock
from hypothesis import settings

pytest_plugins = ["tests.timing"]
# How long one example takes says how busy the machine is, not whether the code is right.
settings.register_profile("unhurried", deadline=None, max_examples=int(os.environ.get("EXAMPLES", "40")))
settings.load_profile("unhurried")
ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "data" / "samples"
REAL = ROOT.parent / "shared" / "real"


# Cases that share nothing costly: dealt out one by one at the end, so that all workers end together.
SINGLE = ("tests/pages/test_pages.py", "tests/metrics/statistics/")


def _turn_and_group(item: pytest.Item) -> tuple[int, str | None]:
    """When a test's turn comes, and the group that one worker runs as a whole, making what it shares once."""
    file = item.path.relative_to(ROOT).as_posix()
    if file.startswith("tests/browser/"):
        return 0, "browser"  # the longest, so the first; one server and one Chromium, beside two workers that compute
    if file.startswith("tests/reports/"):
        return 2, "reports"  # one pack
    return (3, None) if file.startswith(SINGLE) else (1, file)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Deals the tests out to the workers."""
    items.sort(key=lambda item: _turn_and_group(item)[0])
    for item in items:
        group = _turn_and_group(item)[1]
        if group and item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(group))


def pytest_collection_finish(session: pytest.Session) -> None:
    """Stops where groups do not hold: each worker would make what is shared again, unsaid, in twice the time."""
    if getattr(session.config.option, "loadgroup", False):
        grouped = [item.nodeid for item in session.items if item.get_closest_marker("xdist_group")]
        if not all("@" in nodeid for nodeid in grouped):
            raise pytest.UsageError("pytest-xdist does not group tests with this pytest: see requirements-dev.in")


class Printed(NamedTuple):
    """What a command printed on its two streams."""

    stdout: str
    stderr: str


def run_process(module: str, *words: str, home: Path | None = None, status: int = 0) -> Printed:
    """`python -m module words...` as a user would; asserts the exit status and returns what was printed."""
    environment = {**os.environ, "PYTHONUTF8": "1", **({"SERVICE_QUALITY_HOME": str(home)} if home else {})}
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == status, f"exit {done.returncode}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return Printed(done.stdout, done.stderr)


def run_module(module: str, *words: str, home: Path | None = None, status: int = 0) -> Printed:
    """The same inside the test's process, which has the imports of seconds behind it; for all that is not of the
    process.
    """
    main = import_module(f"{module}.__main__").main
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        if home:
            patch.setenv("SERVICE_QUALITY_HOME", str(home))
        try:
            ended = main(list(words))
        except SystemExit as ending:  # argparse
            ended = ending.code
    printed = Printed(out.getvalue(), err.getvalue())
    assert ended == status, f"exit {ended}\n{printed.stdout[-3000:]}\n{printed.stderr[-3000:]}"
    return printed


def sample_files() -> list[str]:
    """The top-level sample exports: what `data/samples/*` means in a shell, without folders."""
    return [str(path) for path in sorted(SAMPLES.iterdir()) if path.is_file() and path.suffix != ".md"]


# The units, and some small files of figures, targets and notes.
LIGHT = ("组织机构", "客户规模", "熱線服務", "年度目标", "大事记", "点评与措施")


def loaded_once(name: str, files: Sequence[Path | str], factory: pytest.TempPathFactory, worker: str) -> Path:
    """The home `name` of this run with these files loaded, by whichever worker asks for it first; read only."""
    base = factory.getbasetemp()
    shared = base if worker == "master" else base.parent
    home = shared / f"{name}_home"
    with FileLock(shared / f"{name}_home.lock"):
        if not (home / "ready").exists():
            run_process("data", "load", *map(str, files), home=home)
            (home / "ready").touch()
    return home


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A home with all samples loaded; shared by the workers of a run, so read only."""
    return loaded_once("sample", sample_files(), tmp_path_factory, worker_id)


@pytest.fixture(scope="session")
def light_home(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A home with all units and few figures, published in a tenth of the time; read only."""
    return loaded_once("light", [SAMPLES / f"{name}.xlsx" for name in LIGHT], tmp_path_factory, worker_id)


@pytest.fixture(scope="session")
def pack_homes(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> dict[str, Path]:
    """Homes with the samples of the hospital and the property pack; read only."""
    return {
        name: loaded_once(name, sorted((SAMPLES / name).iterdir()), tmp_path_factory, worker_id)
        for name in ("hospital", "property")
    }


UNFINISHED_UNITS = "code,name,level,parent\nP,Province,province,\nA,Alpha,city,P\nB,Beta,city,P\n"


@pytest.fixture(scope="session")
def unfinished_home(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A home with ten months of calls of two cities, and the first half of November; read only."""
    folder = tmp_path_factory.mktemp("unfinished")
    header = "month,unit,calls,resolved_first_contact"
    whole = [f"2025-{month:02d},{unit},{1000 + month},{800 + month}" for month in range(1, 11) for unit in "AB"]
    half = [f"2025-11,{unit},{500},{300}" for unit in "AB"]
    files = {"units.csv": UNFINISHED_UNITS.splitlines(), "whole.csv": [header, *whole]}
    files |= {"hotline 11.1-11.15.csv": [header, *half]}
    for name, lines in files.items():
        (folder / name).write_text("\n".join(lines), encoding="utf-8")
    return loaded_once("unfinished", [folder / name for name in files], tmp_path_factory, worker_id)


@pytest.fixture
def home_copy(sample_home: Path, tmp_path: Path) -> Path:
    """A private copy of the sample home, for a test that writes."""
    return Path(shutil.copytree(sample_home, tmp_path / "home"))


@pytest.fixture
def light_copy(light_home: Path, tmp_path: Path) -> Path:
    """A private copy of the light home, for a test that writes and needs no more."""
    return Path(shutil.copytree(light_home, tmp_path / "home"))


@pytest.fixture
def real_exports() -> Path:
    """The folder of real exports, or a visible skip where it is absent."""
    if not REAL.exists():
        pytest.skip("needs the real exports in ../shared/real")
    return REAL
