"""Many packs at once; a pack that fails does not stop the others.

Each worker is a process that holds the version's figures.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context

from data.core.home import Home
from data.model.errors import ServiceQualityError
from data.snapshots.reader import open_snapshot
from metrics.engine.figures import Figures
from reports.pack import Pack, PackOptions, write_pack

MOST = 4
"""Workers at most: each holds the figures of a whole version."""
_figures: list[Figures] = []


@dataclass(frozen=True)
class PackJob:
    """The pack of many units: of which data and version, and how each is written."""

    home: Home
    version: int
    options: PackOptions


def write_packs(
    job: PackJob, units: Sequence[str], progress: Callable[[float, str], None], workers: int | None = None
) -> Iterator[tuple[str, Pack | str]]:
    """(unit, its pack or why there is none) of each unit, as they are done.

    progress: is told the share done and the unit's name.
    workers: processes at most; None = one for every core, up to MOST.
    """
    crew = min(len(units), workers or min(os.cpu_count() or 1, MOST))
    if crew < 2:
        _prepare(job)
        for place, unit in enumerate(units):

            def tell(share: float, name: str, place: int = place) -> None:
                progress((place + share) / len(units), name)

            yield unit, _one(job, unit, tell)
        return
    # A fork would share the parent's open database; a spawned process opens its own.
    with ProcessPoolExecutor(crew, get_context("spawn"), _prepare, (job,)) as pool:
        waiting: dict[Future[Pack | str], str] = {pool.submit(_one, job, unit): unit for unit in units}
        for done, future in enumerate(as_completed(waiting), start=1):
            pack = future.result()
            progress(done / len(units), pack.unit_name if isinstance(pack, Pack) else waiting[future])
            yield waiting[future], pack


def _prepare(job: PackJob) -> None:
    _figures[:] = [Figures(open_snapshot(job.home, job.version))]


def _one(job: PackJob, unit: str, progress: Callable[[float, str], None] | None = None) -> Pack | str:
    try:
        return write_pack(job.home, _figures[0], unit, job.options, progress)
    except ServiceQualityError as problem:
        return str(problem)
