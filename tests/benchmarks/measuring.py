"""How a benchmark measures and prints: medians of wall time, and the ratio to its baseline against the goal."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "data" / "samples"


def median_seconds(action: Callable[[], object], runs: int) -> float:
    """The median wall time of `runs` calls, in seconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def report(name: str, seconds: float, baseline: str, baseline_seconds: float, goal: float | None) -> None:
    """Prints one line: what, its time, the baseline's time, the ratio and the goal."""
    ratio = seconds / baseline_seconds
    verdict = "" if goal is None else f"  goal <= {goal:g}: {'met' if ratio <= goal else 'NOT MET'}"
    print(
        f"{name}: {seconds:.3f} s  against {baseline}: {baseline_seconds:.3f} s  ratio {ratio:.2f}{verdict}", flush=True
    )


@contextmanager
def loaded_home() -> Iterator[Path]:
    """A temporary home with the samples loaded."""
    from data.core.home import Home
    from data.loading.commit import load

    with TemporaryDirectory() as folder:
        home = Home(Path(folder))
        files = [path for path in sorted(SAMPLES.iterdir()) if path.is_file() and path.suffix != ".md"]
        load(home, files)
        yield home.path
