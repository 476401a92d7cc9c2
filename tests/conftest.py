"""Fixtures for all: homes loaded once per run through the real loader, copied for tests that write."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

pytest_plugins = ["tests.timing"]
# How long one example takes says how busy the machine is, not whether the code is right.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "data" / "samples"
REAL = ROOT.parent / "shared" / "real"


def run_module(module: str, *words: str, home: Path | None = None, status: int = 0) -> subprocess.CompletedProcess[str]:
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
    return done


def sample_files() -> list[str]:
    """The top-level sample exports: what `data/samples/*` means in a shell, without folders."""
    return [str(path) for path in sorted(SAMPLES.iterdir()) if path.is_file() and path.suffix != ".md"]


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A home with all samples loaded; shared by the workers of a run, so read only."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    home = shared / "sample_home"
    with FileLock(shared / "sample_home.lock"):
        if not (home / "ready").exists():
            run_module("data", "load", *sample_files(), home=home)
            (home / "ready").touch()
    return home


@pytest.fixture(scope="session")
def pack_homes(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> dict[str, Path]:
    """Homes with the samples of the hospital and the property pack; read only."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    homes = {name: shared / f"{name}_home" for name in ("hospital", "property")}
    with FileLock(shared / "pack_homes.lock"):
        for name, home in homes.items():
            if not (home / "ready").exists():
                run_module("data", "load", *map(str, sorted((SAMPLES / name).iterdir())), home=home)
                (home / "ready").touch()
    return homes


@pytest.fixture
def home_copy(sample_home: Path, tmp_path: Path) -> Path:
    """A private copy of the sample home, for a test that writes."""
    return Path(shutil.copytree(sample_home, tmp_path / "home"))


@pytest.fixture
def real_exports() -> Path:
    """The folder of real exports, or a visible skip where it is absent."""
    if not REAL.exists():
        pytest.skip("needs the real exports in ../shared/real")
    return REAL
